/** How sure a share is that was counted. */

export type Interval = { low: number; high: number };

/** Of a normal distribution, 95 % lie within so many standard deviations. */
const deviations = 1.959964;

/**
 * Wilson's score interval of 95 % for a share of which `hits` of `count` were counted (Wilson 1927; Brown, Cai and DasGupta 2001
 * compare it with others). Of nothing it is all there is: 0 to 1.
 */
export function shareInterval(hits: number, count: number): Interval {
  if (count === 0) return { low: 0, high: 1 };
  const share = hits / count;
  const square = deviations ** 2;
  const centre = share + square / (2 * count);
  const spread = deviations * Math.sqrt((share * (1 - share)) / count + square / (4 * count ** 2));
  const whole = 1 + square / count;
  return { low: rounded((centre - spread) / whole), high: rounded((centre + spread) / whole) };
}

function rounded(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 10_000;
}
