import { estimateShift, type Shift } from "./estimate-shift.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { hasNovelty } from "./has-novelty.ts";
import { shifted } from "./shifted.ts";

/** Frames of another scene differ in about half of the 64 bits; sensor noise flips a few where a scene is flat. */
const hashDistanceMax = 16;
/** A sliver of an image says too little about itself. */
const cellsMin = 256;
/** In cells of 4 pixels. Below, nothing has moved; above, the camera has turned. */
const shiftMin = 0.04;
const shiftMax = 1;
const shiftRounds = 3;
/** A frame that has moved as a whole differs mostly by that. */
const explainedMin = 0.4;

/**
 * Whether a later frame of the same fixed camera shows nothing that the earlier one does not, so that the earlier
 * one's detections hold for it too.
 *
 * Tolerated: sensor noise, JPEG quality, a slightly brighter or darker exposure, and a shift of the whole frame by a
 * pixel or two. Not tolerated: a change of even one cell beyond what noise explains, such as a distant person who
 * has come, gone or moved. In doubt the answer is no, and the frame is looked at.
 */
export function isLookalike(earlier: Fingerprint, later: Fingerprint): boolean {
  if (earlier.columns !== later.columns || earlier.rows !== later.rows) return false;
  if (earlier.cells.length < cellsMin) return false;
  if (hashDistance(earlier, later) > hashDistanceMax) return false;
  if (!hasNovelty(earlier.cells, later.cells, earlier, { isShifted: false })) return true;
  const moved = followShift(earlier, later);
  return moved !== undefined && !hasNovelty(moved, later.cells, earlier, { isShifted: true });
}

/**
 * The earlier frame's cells moved to where the later frame has them, or undefined when no small shift explains the
 * difference. Each round measures what the last one left.
 */
function followShift(earlier: Fingerprint, later: Fingerprint): Float32Array | undefined {
  let shift: Shift = { x: 0, y: 0 };
  let moved: Float32Array | undefined;
  for (let round = 0; round < shiftRounds; round += 1) {
    const rest = estimateShift(moved ?? earlier.cells, later.cells, earlier, round === 0 ? explainedMin : 0);
    shift = { x: shift.x + rest.x, y: shift.y + rest.y };
    const length = Math.hypot(shift.x, shift.y);
    if (length < shiftMin || length > shiftMax) return undefined;
    moved = shifted(earlier, shift);
  }
  return moved;
}

function hashDistance({ hash: [a, b] }: Fingerprint, { hash: [c, d] }: Fingerprint): number {
  return bitCount(a ^ c) + bitCount(b ^ d);
}

/** Population count of 32 bits. Source: H. S. Warren, "Hacker's Delight", 5-1. */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
