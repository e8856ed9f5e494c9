/** Chance that a seed decides: each name has a stream of its own, so that what one draws changes nothing for the others. */
import { createHash } from "node:crypto";

export type Chance = {
  /** 0..1. */
  unit(): number;
  /** 0..`below` - 1. */
  below(below: number): number;
  /** True so often. */
  happens(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  bytes(count: number): Buffer;
};

/** xorshift128 (G. Marsaglia, "Xorshift RNGs", 2003), begun with a hash of the name. */
export function chanceOf(name: string): Chance {
  const begun = createHash("sha256").update(name).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => begun.readUInt32LE(at)) as [number, number, number, number];
  const next = () => {
    const mixed = (a ^ (a << 11)) >>> 0;
    [a, b, c] = [b, c, d];
    d = (d ^ (d >>> 19) ^ mixed ^ (mixed >>> 8)) >>> 0;
    return d;
  };
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
  return {
    unit: () => next() / 2 ** 32,
    below,
    happens: (share) => next() / 2 ** 32 < share,
    pick<T>(from: readonly T[]): T {
      const one = from[below(from.length)];
      if (one === undefined) throw new RangeError("expected a list that is not empty");
      return one;
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => next() & 0xff)),
  };
}
