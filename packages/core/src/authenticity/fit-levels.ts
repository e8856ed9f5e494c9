/**
 * Brings a picture to the levels of a backdrop, as far as both show the same scene: one that was made brighter, flatter or
 * blurred is undone by a curve over its levels and by sharpening it. The weights are the least-squares fit; cells that it does
 * not explain show something else, and are left out of a second one.
 */
import { sketch as size } from "./wire.ts";

const weights = 4;
/**
 * What is corrected without need costs as much as this many cells that are off (ridge regression). A scene of many levels tells
 * its curve all the same; before a plain wall, no curve is bent until somebody before it looks like the wall.
 */
const ridge = [1e-3, 60, 30, 5] as const;
/** A cell that the first fit misses by so much shows something else. */
const elseLevels = 16;
/** Cells as dark or as bright as can be have lost what they showed. */
const isLost = (level: number) => level <= 1 || level >= 250;

/** What is the same for all backdrops. */
export type Prepared = {
  /** Four numbers a cell: 1, its level, the square of that, and how its neighbours differ from it. */
  features: Float64Array;
  sketch: Uint8Array;
  lost: Uint8Array;
  /** [4, 4], sums of the products of features over all cells that are not lost. */
  products: Float64Array;
};

export function prepare(sketch: Uint8Array): Prepared {
  const features = new Float64Array(size.cells * weights);
  const lost = new Uint8Array(size.cells);
  const products = new Float64Array(weights * weights);
  for (const [row, cost] of ridge.entries()) products[row * weights + row] = cost;
  for (let cell = 0; cell < size.cells; cell += 1) {
    const level = sketch[cell] as number;
    const centred = level / 128 - 1;
    features.set([1, centred, centred * centred, (aroundCell(sketch, cell) - level) / 32], cell * weights);
    lost[cell] = Number(isLost(level));
    if (!isLost(level)) addProducts(products, features, cell, 1);
  }
  return { features, sketch, lost, products };
}

/** The picture's cells at the backdrop's levels. */
export function fitLevels(picture: Prepared, backdrop: Uint8Array): Float64Array {
  const { features, sketch, lost, products } = picture;
  const sums = sumsWith(picture, backdrop);
  const first = correct(picture, solve(products, sums));
  const kept = Float64Array.from(products);
  for (let cell = 0; cell < size.cells; cell += 1) {
    const level = backdrop[cell] as number;
    if (lost[cell] === 1 || Math.abs((first[cell] as number) - level) < elseLevels) continue;
    addProducts(kept, features, cell, -1);
    for (let one = 0; one < weights; one += 1) {
      const off = level - (sketch[cell] as number);
      sums[one] = (sums[one] as number) - off * (features[cell * weights + one] as number);
    }
  }
  return correct(picture, solve(kept, sums));
}

function addProducts(products: Float64Array, features: Float64Array, cell: number, sign: 1 | -1): void {
  const from = cell * weights;
  for (let row = 0; row < weights; row += 1) {
    const value = sign * (features[from + row] as number);
    for (let column = 0; column < weights; column += 1) {
      const place = row * weights + column;
      products[place] = (products[place] as number) + value * (features[from + column] as number);
    }
  }
}

/** Of the features with how far the backdrop's levels are off: for each pair of pictures, so written out. */
function sumsWith({ features, sketch, lost }: Prepared, backdrop: Uint8Array): Float64Array {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let cell = 0, place = 0; cell < size.cells; cell += 1, place += weights) {
    if (lost[cell] === 1) continue;
    const off = (backdrop[cell] as number) - (sketch[cell] as number);
    a += off;
    b += off * (features[place + 1] as number);
    c += off * (features[place + 2] as number);
    d += off * (features[place + 3] as number);
  }
  return Float64Array.of(a, b, c, d);
}

function correct({ features, sketch }: Prepared, fitted: Float64Array): Float64Array {
  const [a, b, c, d] = fitted as unknown as [number, number, number, number];
  const cells = new Float64Array(size.cells);
  for (let cell = 0, place = 0; cell < size.cells; cell += 1, place += weights) {
    cells[cell] =
      (sketch[cell] as number) +
      a +
      b * (features[place + 1] as number) +
      c * (features[place + 2] as number) +
      d * (features[place + 3] as number);
  }
  return cells;
}

/** The mean of the cells beside it. */
function aroundCell(sketch: Uint8Array, cell: number): number {
  const column = cell % size.columns;
  let [sum, count] = [0, 0];
  const add = (isThere: boolean, other: number) => {
    if (!isThere) return;
    sum += sketch[other] as number;
    count += 1;
  };
  add(column > 0, cell - 1);
  add(column < size.columns - 1, cell + 1);
  add(cell >= size.columns, cell - size.columns);
  add(cell + size.columns < size.cells, cell + size.columns);
  return sum / count;
}

/** Gauss and Jordan, of a positive definite matrix; a direction in which nothing varies gets no weight. */
function solve(matrix: Float64Array, sums: Float64Array): Float64Array {
  const left = Float64Array.from(matrix);
  const right = Float64Array.from(sums);
  for (let pivot = 0; pivot < weights; pivot += 1) {
    const diagonal = left[pivot * weights + pivot] as number;
    for (let row = 0; row < weights; row += 1) {
      if (row === pivot || diagonal <= 0) continue;
      const by = (left[row * weights + pivot] as number) / diagonal;
      for (let column = 0; column < weights; column += 1) {
        const place = row * weights + column;
        left[place] = (left[place] as number) - by * (left[pivot * weights + column] as number);
      }
      right[row] = (right[row] as number) - by * (right[pivot] as number);
    }
  }
  return right.map((value, row) => {
    const own = left[row * weights + row] as number;
    return own <= 0 ? 0 : value / own;
  });
}
