/** By how much the content of a frame has moved, in cells: later(x, y) = earlier(x + shift.x, y + shift.y). */
export type Shift = { x: number; y: number };

/** `explained`: which share (0..1) of the squared difference between the frames the shift takes away. */
export type ShiftEstimate = Shift & { explained: number };

type Cells = Uint8Array | Float32Array;
type Size = { columns: number; rows: number };

/** Cells that a first estimate leaves different by more (in levels) have changed, not moved. */
const outlierLevels = 24;
/** Two unknowns, thousands of equations: a first estimate takes every fourth row, a better one every second. */
const rowStepFirst = 4;
const rowStepThen = 2;

/**
 * One shift for the whole frame, by least squares over the brightness gradients; good for shifts below a cell.
 * Source: Lucas and Kanade, "An Iterative Image Registration Technique" (1981), with the frame as a single window.
 * A difference of mean brightness is taken out first. No shift when the frame has too few edges to say, or when a
 * first estimate explains less than `explainedMin` of the difference.
 */
export function estimateShift(earlier: Cells, later: Cells, size: Size, explainedMin: number): ShiftEstimate {
  const brighter = meanDifference(earlier, later);
  const first = solve(earlier, later, size, { brighter, rowStep: rowStepFirst });
  if (first.explained < explainedMin) return { x: 0, y: 0, explained: first.explained };
  return solve(earlier, later, size, { brighter, rowStep: rowStepThen, known: first });
}

type Round = { brighter: number; rowStep: number; known?: Shift };

/** `known` serves only to tell outliers. */
function solve(
  earlier: Cells,
  later: Cells,
  { columns, rows }: Size,
  { brighter, rowStep, known }: Round,
): ShiftEstimate {
  let [xx, xy, yy, xt, yt, tt] = [0, 0, 0, 0, 0, 0];
  for (let row = 1; row < rows - 1; row += rowStep) {
    for (let cell = row * columns + 1; cell < (row + 1) * columns - 1; cell += 1) {
      const gradientX = (at(earlier, cell + 1) - at(earlier, cell - 1)) / 2;
      const gradientY = (at(earlier, cell + columns) - at(earlier, cell - columns)) / 2;
      const change = at(later, cell) - at(earlier, cell) - brighter;
      if (known && Math.abs(change - known.x * gradientX - known.y * gradientY) > outlierLevels) continue;
      xx += gradientX * gradientX;
      xy += gradientX * gradientY;
      yy += gradientY * gradientY;
      xt += gradientX * change;
      yt += gradientY * change;
      tt += change * change;
    }
  }
  const determinant = xx * yy - xy * xy;
  if (determinant < 1 || tt === 0) return { x: 0, y: 0, explained: 0 };
  const x = (yy * xt - xy * yt) / determinant;
  const y = (xx * yt - xy * xt) / determinant;
  return { x, y, explained: (x * xt + y * yt) / tt };
}

function meanDifference(earlier: Cells, later: Cells): number {
  let sum = 0;
  for (let cell = 0; cell < later.length; cell += 1) sum += at(later, cell) - at(earlier, cell);
  return sum / later.length;
}

/** Every index here lies inside: the outermost cells are left out. */
function at(values: Cells, index: number): number {
  return values[index] as number;
}
