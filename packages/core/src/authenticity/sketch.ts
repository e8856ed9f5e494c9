/**
 * Sketches: small grey copies of a fixed camera's pictures, by which one that was encoded anew is known again. What always
 * stands there looks the same in all of them, so only what moves counts: the difference from the **backdrop**, which is the
 * middle of the pictures that were taken around it, in the same light.
 */
import { fitLevels, type Prepared } from "./fit-levels.ts";
import { sketch as size } from "./wire.ts";

/** Grey levels of [36, 64] cells. */
export type Sketch = Uint8Array;
/** How a picture differs from a backdrop. */
export type Difference = {
  /** By how many grey levels each cell does; 0: not more than noise, or it has lost what it showed. */
  by: Int8Array;
  /** How many cells differ, and how many of them clearly. */
  moving: number;
  clear: number;
  /** Sum of the squares of `by`. */
  squares: number;
};
/** What moves in a picture: the cells that differ, and by how much, three bytes each. */
export type Motion = Uint8Array;

/** What noise, compression and leaves change in a cell. */
const noiseLevels = 6;
/** A cell that differs by so much more shows something. */
const clearLevels = 10;
/** Less says too little about itself to be known again. */
const clearCellsMin = 12;
/** When more than this differs, it is not something that moves, but the light or the camera. */
const movingCellsMax = Math.round(size.cells * 0.3);

/** The middle of each cell over all of them. */
export function backdropOf(sketches: readonly Sketch[]): Sketch {
  const backdrop = new Uint8Array(size.cells);
  const levels = new Uint8Array(sketches.length);
  for (let cell = 0; cell < size.cells; cell += 1) {
    for (const [index, one] of sketches.entries()) levels[index] = one[cell] as number;
    levels.sort();
    backdrop[cell] = levels[levels.length >> 1] as number;
  }
  return backdrop;
}

export function differenceOf(picture: Prepared, backdrop: Sketch): Difference {
  const fitted = fitLevels(picture, backdrop);
  const difference = { by: new Int8Array(size.cells), moving: 0, clear: 0, squares: 0 };
  for (let cell = 0; cell < size.cells; cell += 1) {
    if (picture.lost[cell] === 1) continue;
    const off = (fitted[cell] as number) - (backdrop[cell] as number);
    const beyond = Math.min(127, Math.round(Math.abs(off) - noiseLevels));
    if (beyond <= 0) continue;
    difference.by[cell] = Math.sign(off) * beyond;
    difference.moving += 1;
    difference.clear += Number(beyond > clearLevels);
    difference.squares += beyond * beyond;
  }
  return difference;
}

/** Undefined when too little moves, or so much that it is not something that moves. */
export function motionIn({ by, moving, clear }: Difference): Motion | undefined {
  if (moving > movingCellsMax || clear < clearCellsMin) return undefined;
  const motion = new Uint8Array(moving * 3);
  let byte = 0;
  for (const [cell, off] of by.entries()) {
    if (off === 0) continue;
    motion.set([cell >> 8, cell & 255, off & 255], byte);
    byte += 3;
  }
  return motion;
}

/** Whether hardly anything differs from the backdrop. */
export function isEmpty({ clear }: Difference): boolean {
  return clear < clearCellsMin;
}

/** Whether the picture shows the backdrop's scene in the backdrop's light. */
export function fits({ moving }: Difference): boolean {
  return moving <= movingCellsMax / 2;
}

/** How alike a picture is to what moved before the same backdrop. */
export type Comparison = {
  /** Their correlation over the cells in which the picture has lost nothing: -1..1. */
  likeness: number;
  /** How much of what moved is there at all: 0..1, or more where it is clearer. */
  share: number;
};

export function compare(
  motion: Motion,
  { lost }: Pick<Prepared, "lost">,
  { by, squares }: Difference,
): Comparison {
  let [products, motionSquares] = [0, 0];
  for (let byte = 0; byte + 2 < motion.length; byte += 3) {
    const cell = ((motion[byte] as number) << 8) | (motion[byte + 1] as number);
    if (cell >= size.cells || lost[cell] === 1) continue;
    const moved = ((motion[byte + 2] as number) << 24) >> 24;
    products += moved * (by[cell] as number);
    motionSquares += moved * moved;
  }
  if (motionSquares === 0 || squares === 0) return { likeness: 0, share: 0 };
  return { likeness: products / Math.sqrt(motionSquares * squares), share: products / motionSquares };
}
