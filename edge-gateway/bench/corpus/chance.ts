/** Chance that can be repeated: everything of a simulated device follows from its seed. */

export type Chance = {
  /** 0 up to, but not, 1. */
  share: () => number;
  between: (low: number, high: number) => number;
  whole: (low: number, high: number) => number;
  happens: (probability: number) => boolean;
  pick<T>(values: readonly [T, ...T[]]): T;
  /** Normally distributed, mean 0, deviation 1. */
  normal: () => number;
};

export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  function share(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (low: number, high: number) => low + share() * (high - low);
  return {
    share,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    happens: (probability) => share() < probability,
    pick: (values) => values[Math.floor(share() * values.length)] ?? values[0],
    normal: () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
  };
}
