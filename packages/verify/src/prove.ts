/** Proofs over a tree's leaves, for whoever keeps them all. {@link isIncluded} and {@link isContinued} check them. */
import { rootOf } from "./verify.ts";

const hashBytes = 32;

/**
 * The proof that leaf `index` belongs to the tree (RFC 6962 section 2.1.1), the nearest sibling first.
 *
 * @param hashes of all leaves, one behind the other
 */
export async function proveInclusion(hashes: Uint8Array, index: number): Promise<Uint8Array[]> {
  const size = hashes.length / hashBytes;
  if (!Number.isInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`there is no leaf ${index} of ${size}`);
  }
  if (size === 1) return [];
  const split = largestPowerBelow(size);
  const [left, right] = [hashes.subarray(0, split * hashBytes), hashes.subarray(split * hashBytes)];
  return index < split
    ? [...(await proveInclusion(left, index)), await rootOf(right)]
    : [...(await proveInclusion(right, index - split)), await rootOf(left)];
}

/** The proof that the tree goes on from its first `earlier` leaves (RFC 6962 section 2.1.2). */
export async function proveConsistency(hashes: Uint8Array, earlier: number): Promise<Uint8Array[]> {
  const size = hashes.length / hashBytes;
  if (!Number.isInteger(earlier) || earlier < 0 || earlier > size) {
    throw new RangeError(`a tree of ${size} leaves does not go on from ${earlier}`);
  }
  return earlier === 0 ? [] : await subproof(hashes, earlier, true);
}

async function subproof(hashes: Uint8Array, earlier: number, isKnown: boolean): Promise<Uint8Array[]> {
  const size = hashes.length / hashBytes;
  if (earlier === size) return isKnown ? [] : [await rootOf(hashes)];
  const split = largestPowerBelow(size);
  const [left, right] = [hashes.subarray(0, split * hashBytes), hashes.subarray(split * hashBytes)];
  return earlier <= split
    ? [...(await subproof(left, earlier, isKnown)), await rootOf(right)]
    : [...(await subproof(right, earlier - split, false)), await rootOf(left)];
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
