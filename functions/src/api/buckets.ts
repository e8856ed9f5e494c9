/**
 * Token buckets by name, such as a key's hash: each holds `max`, and refills within the window. Every process counts by
 * itself. The name that was used longest ago is forgotten first.
 */
import type { Clock } from "@vigil/core/platform/clock";

export type Bucket = {
  left: number;
  /** Until there is one more to take. */
  secondsToNext: number;
};

export type Buckets = {
  /** Takes one where there is one. @returns what was there before */
  take(name: string): Bucket;
  read(name: string): Bucket;
};

export function createBuckets(
  clock: Clock,
  { max, windowMs, namesMax }: { max: number; windowMs: number; namesMax: number },
): Buckets {
  const refillPerMs = max / windowMs;
  /** The one that was used last at the end. */
  const known = new Map<string, { left: number; atMs: number }>();

  function refilled(name: string) {
    const nowMs = clock.now().getTime();
    const before = known.get(name) ?? { left: max, atMs: nowMs };
    const left = Math.min(max, before.left + Math.max(0, nowMs - before.atMs) * refillPerMs);
    const bucket = { left, atMs: nowMs };
    known.delete(name);
    known.set(name, bucket);
    const [oldest] = known.keys();
    if (known.size > namesMax && oldest !== undefined) known.delete(oldest);
    return bucket;
  }

  const shown = (left: number): Bucket => ({
    left,
    secondsToNext: Math.max(1, Math.ceil((1 - left) / refillPerMs / 1000)),
  });

  return {
    take(name) {
      const bucket = refilled(name);
      const before = shown(bucket.left);
      bucket.left = Math.max(0, bucket.left - 1);
      return before;
    },
    read: (name) => shown(refilled(name).left),
  };
}
