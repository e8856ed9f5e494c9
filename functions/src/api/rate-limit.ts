/**
 * How many events one key may send: a bucket of `rate.eventsMax` that refills within `rate.windowMs`. What threatens life is
 * counted and never refused.
 *
 * Every process counts by itself, so n processes let one key send n times as much: this bounds what one key can do to the
 * neighbours that its process serves. It is no allowance; those are rows (`quota/`).
 */
import { type EventInput, isLifeSafety } from "@vigil/core/event/wire";
import { hash } from "@vigil/core/key";
import { rate } from "@vigil/core/limits";
import type { Clock } from "@vigil/core/platform/clock";
import { problem } from "@vigil/core/problem";
import { rateLimitFields } from "@vigil/core/quota";

export type RateLimit = {
  /** @returns the fields that say what is left @throws `rate-limited` */
  take(key: string, event: Pick<EventInput, "type" | "mode">): Record<string, string>;
  /** The same fields, without taking. */
  headers(key: string): Record<string, string>;
};

type Bucket = { left: number; atMs: number };

const refillPerMs = rate.eventsMax / rate.windowMs;

export function createRateLimit(clock: Clock): RateLimit {
  /** By the hash of the key, the one that was used last at the end. */
  const buckets = new Map<string, Bucket>();

  function bucketOf(key: string): Bucket {
    const name = Buffer.from(hash(key)).toString("base64");
    const nowMs = clock.now().getTime();
    const known = buckets.get(name) ?? { left: rate.eventsMax, atMs: nowMs };
    const refilled = known.left + Math.max(0, nowMs - known.atMs) * refillPerMs;
    const bucket = { left: Math.min(rate.eventsMax, refilled), atMs: nowMs };
    buckets.delete(name);
    buckets.set(name, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > rate.keysMax && oldest !== undefined) buckets.delete(oldest);
    return bucket;
  }

  return {
    take(key, event) {
      const bucket = bucketOf(key);
      if (bucket.left < 1 && !isLifeSafety(event)) {
        throw problem(
          "rate-limited",
          `expected at most ${rate.eventsMax} events of one key in ${rate.windowMs / 1000} s`,
          {
            headers: fieldsOf(bucket),
            retryAfterSeconds: secondsToNext(bucket),
          },
        );
      }
      bucket.left = Math.max(0, bucket.left - 1);
      return fieldsOf(bucket);
    },
    headers: (key) => fieldsOf(bucketOf(key)),
  };
}

function secondsToNext({ left }: Bucket): number {
  return Math.max(1, Math.ceil((1 - left) / refillPerMs / 1000));
}

function fieldsOf(bucket: Bucket): Record<string, string> {
  return {
    ...rateLimitFields({
      name: "events",
      quota: rate.eventsMax,
      windowSeconds: rate.windowMs / 1000,
      remaining: Math.floor(bucket.left),
      seconds: secondsToNext(bucket),
    }),
  };
}
