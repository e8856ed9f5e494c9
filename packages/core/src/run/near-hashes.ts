/**
 * Which of many hashes of 64 bits differ from one in few bits: multi-index hashing (M. Norouzi, A. Punjani, D. J. Fleet,
 * "Fast Search in Hamming Space with Multi-Index Hashing", 2012).
 *
 * A hash is cut into parts. Hashes that differ in r bits at most differ in r / parts at most in one of them, so that a few
 * hundred look-ups in tables of parts find all of them.
 */

/** Bits 63..32 and 31..0. */
export type Hashes = { high: Int32Array; low: Int32Array };

/** @param texts 16 hexadecimal digits each */
export function hashesOf(texts: readonly string[]): Hashes {
  const high = Int32Array.from(texts, (text) => Number.parseInt(text.slice(0, 8), 16) | 0);
  const low = Int32Array.from(texts, (text) => Number.parseInt(text.slice(8), 16) | 0);
  return { high, low };
}

/** Bits of the parts, from the most significant on. The tables of few hashes fit into a processor's cache. */
export const partWidths = { few: [16, 16, 16, 16], many: [21, 21, 22] } as const;
const fewMax = 50_000;

type Table = {
  width: number;
  keyOf: (index: number) => number;
  starts: Int32Array;
  indexes: Int32Array;
  flips: Int32Array;
};

/**
 * @param widths of the parts, in bits; what suits their number when absent
 * @returns tells, in no order, each index whose hash differs in `distanceMax` bits at most from that of `index`, once, itself
 *   included
 */
export function createNearHashes(
  { high, low }: Hashes,
  distanceMax: number,
  widths: readonly number[] = high.length <= fewMax ? partWidths.few : partWidths.many,
): (index: number, tell: (other: number, distance: number) => void) => void {
  const count = high.length;
  const partDistanceMax = Math.floor(distanceMax / widths.length);
  const tables = widths.map((width, part) => {
    const offset = widths.slice(0, part).reduce((sum, before) => sum + before, 0);
    return tableOf({ width, keyOf: partOf({ high, low }, offset, width), count, partDistanceMax });
  });
  /** By which question an index was told last, so that it is told once. */
  const told = new Int32Array(count);
  let question = 0;

  return (index, tell) => {
    question += 1;
    const [ownHigh, ownLow] = [at(high, index), at(low, index)];
    for (const { keyOf, starts, indexes, flips } of tables) {
      const key = keyOf(index);
      for (let flip = 0; flip < flips.length; flip += 1) {
        const bucket = key ^ at(flips, flip);
        const end = at(starts, bucket + 1);
        for (let place = at(starts, bucket); place < end; place += 1) {
          const other = at(indexes, place);
          if (told[other] === question) continue;
          told[other] = question;
          const distance = bitCount(ownHigh ^ at(high, other)) + bitCount(ownLow ^ at(low, other));
          if (distance <= distanceMax) tell(other, distance);
        }
      }
    }
  };
}

/** The part of a hash that is `width` bits wide and begins `offset` bits after the most significant one. */
function partOf({ high, low }: Hashes, offset: number, width: number): (index: number) => number {
  const [mask, shift] = [2 ** width - 1, 64 - offset - width];
  if (shift >= 32) return (index) => (at(high, index) >>> (shift - 32)) & mask;
  if (offset >= 32) return (index) => (at(low, index) >>> shift) & mask;
  return (index) => ((at(high, index) << (32 - shift)) | (at(low, index) >>> shift)) & mask;
}

/** Indexes sorted by their part (counting sort): those of one part lie together. */
function tableOf({
  width,
  keyOf,
  count,
  partDistanceMax,
}: {
  width: number;
  keyOf: (index: number) => number;
  count: number;
  partDistanceMax: number;
}): Table {
  const starts = new Int32Array(2 ** width + 1);
  for (let index = 0; index < count; index += 1) {
    const key = keyOf(index);
    starts[key + 1] = (starts[key + 1] as number) + 1;
  }
  for (let key = 0; key < 2 ** width; key += 1) {
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  }
  const next = starts.slice(0, -1);
  const indexes = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    const key = keyOf(index);
    const place = next[key] as number;
    indexes[place] = index;
    next[key] = place + 1;
  }
  return { width, keyOf, starts, indexes, flips: Int32Array.from(flipsOf(width, partDistanceMax)) };
}

/** Every pattern of `width` bits of which `bitsMax` at most are set. */
function flipsOf(width: number, bitsMax: number): number[] {
  let level = [{ pattern: 0, next: 0 }];
  const patterns = [0];
  for (let bits = 1; bits <= bitsMax; bits += 1) {
    level = level.flatMap(({ pattern, next }) =>
      Array.from({ length: width - next }, (_, offset) => ({
        pattern: pattern | (1 << (next + offset)),
        next: next + offset + 1,
      })),
    );
    patterns.push(...level.map(({ pattern }) => pattern));
  }
  return patterns;
}

/** Every index here lies inside by construction. */
function at(values: Int32Array, index: number): number {
  return values[index] as number;
}

/** Population count of 32 bits. Source: H. S. Warren, "Hacker's Delight", 5-1. */
export function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
