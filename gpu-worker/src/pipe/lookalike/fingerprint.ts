import { freeNow } from "../../bounds/free-now.ts";
import { averageLuma, type Rgb } from "../pixels/index.ts";

/**
 * What is kept of a frame to find others that are nearly identical: two small grey copies and a hash.
 *
 * A cell is the mean of 4 x 4 pixels. A person who fills 1.5 % of the height of a 640-pixel frame stands some seven
 * pixels high and three wide, and so changes one or two cells; the noise of a sensor, averaged over 16 pixels and
 * three colours, changes a cell by a few of 256 levels.
 */
export type Fingerprint = {
  /** Size of `cells`. */
  columns: number;
  rows: number;
  /** [rows, columns], mean luma of 4 x 4 pixels, 0..255. */
  cells: Uint8Array<ArrayBuffer>;
  /** [2 x rows, 2 x columns], mean luma of 2 x 2 pixels: fine enough to undo a shift of less than a cell. */
  quarters: Uint8Array<ArrayBuffer>;
  /** Difference hash of 8 x 8 bits in two halves of 32: whether each patch is clearly darker than the next. */
  hash: readonly [number, number];
};

const cellPixels = 4;
const hashSide = 8;
/** Patches of a flat sky differ by less, and by chance. */
const hashLevels = 2;

/** What does not fill a whole cell at the right and lower edges is left out. */
export function fingerprint(picture: Rgb): Fingerprint {
  const columns = Math.floor(picture.width / cellPixels);
  const rows = Math.floor(picture.height / cellPixels);
  const quarters = averageLuma({ ...picture, width: columns * cellPixels, height: rows * cellPixels });
  const cells = averagePairs(quarters, columns, rows);
  return { columns, rows, cells, quarters, hash: differenceHash(cells, columns, rows) };
}

/** Nobody compares with it any more; if somebody did, it would be like nothing. */
export function freeFingerprint({ cells, quarters }: Fingerprint): void {
  freeNow(cells);
  freeNow(quarters);
}

/** Halves both sides. */
function averagePairs(values: Uint8Array, columns: number, rows: number): Uint8Array<ArrayBuffer> {
  const means = new Uint8Array(columns * rows);
  for (let row = 0, to = 0; row < rows; row += 1) {
    let upper = row * 4 * columns;
    for (let column = 0; column < columns; column += 1, to += 1, upper += 2) {
      const lower = upper + 2 * columns;
      const sum = at(values, upper) + at(values, upper + 1) + at(values, lower) + at(values, lower + 1);
      means[to] = (sum + 2) >> 2;
    }
  }
  return means;
}

/** Source: N. Krawetz, "Kind of Like That" (dHash): rows of 9 patches give 8 comparisons each. */
function differenceHash(cells: Uint8Array, columns: number, rows: number): readonly [number, number] {
  const halves: [number, number] = [0, 0];
  for (let line = 0; line < hashSide; line += 1) {
    let left = patchMean(cells, columns, rows, 0, line);
    for (let patch = 0; patch < hashSide; patch += 1) {
      const right = patchMean(cells, columns, rows, patch + 1, line);
      if (right - left > hashLevels) {
        halves[line >> 2] = (halves[line >> 2] ?? 0) | (1 << ((line & 3) * hashSide + patch));
      }
      left = right;
    }
  }
  return halves;
}

function patchMean(cells: Uint8Array, columns: number, rows: number, patch: number, line: number): number {
  const left = Math.floor((patch * columns) / (hashSide + 1));
  const right = Math.max(left + 1, Math.floor(((patch + 1) * columns) / (hashSide + 1)));
  const top = Math.floor((line * rows) / hashSide);
  const bottom = Math.max(top + 1, Math.floor(((line + 1) * rows) / hashSide));
  let sum = 0;
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) sum += at(cells, row * columns + column);
  }
  return sum / ((right - left) * (bottom - top));
}

/** Every index here lies inside by construction. Only bytes come here, so that the engine reads them without a check of type. */
function at(values: Uint8Array, index: number): number {
  return values[index] as number;
}
