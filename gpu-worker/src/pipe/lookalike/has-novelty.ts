type Cells = Uint8Array | Float32Array;
type Size = { columns: number; rows: number };

/** Levels of 256 by which a single cell may differ: the quietest and the noisiest sensor. */
const cellLevelsMin = 6;
const cellLevelsMax = 10;
/** How many times the frame's own noise a cell may differ. */
const noiseTimes = 5;
/** Means of 4 x 4 cells tell a large, faint object from noise. */
const patchCells = 4;
const patchLevels = 3;
/** An exposure may grow or shrink by this factor. */
const gainMax = 1.15;

/** After a shift, edges that fell between pixels come out otherwise: this share of the contrast around a cell is forgiven. */
const textureShare = 0.15;

export type Tolerance = {
  /** Whether `earlier` has been shifted: its outermost cells are then guesses, and its edges are uncertain. */
  isShifted: boolean;
};

/**
 * Whether `later` holds something that `earlier` does not: a cell that differs beyond noise, or a patch that differs
 * by little but throughout. The later frame's exposure is fitted first (gain and offset, least squares).
 */
export function hasNovelty(earlier: Cells, later: Cells, size: Size, { isShifted }: Tolerance): boolean {
  const exposure = fitExposure(earlier, later);
  if (exposure.gain > gainMax || exposure.gain < 1 / gainMax) return true;
  const noise = estimateNoise(earlier, later, exposure);
  const levels = Math.min(cellLevelsMax, Math.max(cellLevelsMin, noiseTimes * noise));
  const border = isShifted ? 1 : 0;
  for (let top = border; top < size.rows - border; top += patchCells) {
    for (let left = border; left < size.columns - border; left += patchCells) {
      let sum = 0;
      let count = 0;
      const bottom = Math.min(top + patchCells, size.rows - border);
      const right = Math.min(left + patchCells, size.columns - border);
      for (let row = top; row < bottom; row += 1) {
        for (let cell = row * size.columns + left; cell < row * size.columns + right; cell += 1) {
          const rest = residual(earlier, later, cell, exposure);
          sum += rest;
          count += 1;
          if (rest < levels && rest > -levels) continue;
          if (!isShifted) return true;
          if (Math.abs(rest) > levels + textureShare * contrastAround(earlier, cell, size.columns)) {
            return true;
          }
        }
      }
      if (Math.abs(sum) > patchLevels * count) return true;
    }
  }
  return false;
}

/** Largest minus smallest of a cell and its eight neighbours; the cell must not lie at the border. */
function contrastAround(cells: Cells, cell: number, columns: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = cell - columns; row <= cell + columns; row += columns) {
    for (let neighbour = row - 1; neighbour <= row + 1; neighbour += 1) {
      low = Math.min(low, at(cells, neighbour));
      high = Math.max(high, at(cells, neighbour));
    }
  }
  return high - low;
}

/** later = gain x earlier + offset. */
type Exposure = { gain: number; offset: number };

function fitExposure(earlier: Cells, later: Cells): Exposure {
  let [sumA, sumB, sumAA, sumAB] = [0, 0, 0, 0];
  const count = earlier.length;
  for (let cell = 0; cell < count; cell += 1) {
    const a = at(earlier, cell);
    const b = at(later, cell);
    sumA += a;
    sumB += b;
    sumAA += a * a;
    sumAB += a * b;
  }
  const variance = sumAA - (sumA * sumA) / count;
  // A frame without any contrast has no gain to fit.
  const gain = variance < count ? 1 : (sumAB - (sumA * sumB) / count) / variance;
  return { gain, offset: (sumB - gain * sumA) / count };
}

/** Bins of a quarter of a level; everything above 16 levels falls into the last one. */
const noiseBins = 64;
const binsPerLevel = 4;
const noiseSamples = 1_024;

/** Standard deviation of the differences, from the median of their sizes: what a small object changes does not count. */
function estimateNoise(earlier: Cells, later: Cells, exposure: Exposure): number {
  const step = Math.max(1, Math.floor(earlier.length / noiseSamples));
  const bins = new Uint16Array(noiseBins);
  let count = 0;
  for (let cell = 0; cell < earlier.length; cell += step) {
    const size = Math.abs(residual(earlier, later, cell, exposure)) * binsPerLevel;
    const bin = Math.min(noiseBins - 1, Math.floor(size));
    bins[bin] = (bins[bin] as number) + 1;
    count += 1;
  }
  let below = 0;
  const median = bins.findIndex((inBin) => {
    below += inBin;
    return below * 2 >= count;
  });
  // The median of a normal distribution's absolute values is its standard deviation divided by 1.4826.
  return (1.4826 * (median + 0.5)) / binsPerLevel;
}

function residual(earlier: Cells, later: Cells, cell: number, { gain, offset }: Exposure): number {
  return at(later, cell) - gain * at(earlier, cell) - offset;
}

function at(values: Cells, index: number): number {
  return values[index] as number;
}
