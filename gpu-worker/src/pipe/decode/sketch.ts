import { sketch as size } from "@vigil/core/authenticity/wire";
import type { Fingerprint } from "../lookalike/index.ts";

/** Rows of the whole picture, of which the upper and lower eighth are left out. */
const wholeRows = 48;
const rowsLeftOut = (wholeRows - size.rows) / 2;

/** The picture as a sketch, in base64; undefined when it is smaller than one. Whatever its size, a cell is the mean of what it covers. */
export function sketchOf({ cells, columns, rows }: Fingerprint): string | undefined {
  if (columns < size.columns || rows < wholeRows) return undefined;
  // Columns first, which makes the rest small.
  const narrow = new Float64Array(size.columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < size.columns; column += 1) {
      const from = (column * columns) / size.columns;
      const until = ((column + 1) * columns) / size.columns;
      narrow[row * size.columns + column] = meanOf(cells, { start: row * columns, step: 1, from, until });
    }
  }
  const sketch = new Uint8Array(size.cells);
  for (let row = 0; row < size.rows; row += 1) {
    const from = ((row + rowsLeftOut) * rows) / wholeRows;
    const until = ((row + rowsLeftOut + 1) * rows) / wholeRows;
    for (let column = 0; column < size.columns; column += 1) {
      const line = { start: column, step: size.columns, from, until };
      sketch[row * size.columns + column] = Math.round(meanOf(narrow, line));
    }
  }
  return Buffer.from(sketch).toString("base64");
}

type Line = { start: number; step: number; from: number; until: number };

/** The mean of a line of values between two places, which may lie between values. */
function meanOf(values: Uint8Array | Float64Array, { start, step, from, until }: Line): number {
  let sum = 0;
  for (let place = Math.floor(from); place < until; place += 1) {
    const covered = Math.min(place + 1, until) - Math.max(place, from);
    sum += covered * (values[start + place * step] ?? 0);
  }
  return sum / (until - from);
}
