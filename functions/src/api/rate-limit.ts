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
import { type Bucket, createBuckets } from "./buckets.ts";

export type RateLimit = {
  /** @returns the fields that say what is left @throws `rate-limited` */
  take(key: string, event: Pick<EventInput, "type" | "mode">): Record<string, string>;
  /** The same fields, without taking. */
  headers(key: string): Record<string, string>;
};

export function createRateLimit(clock: Clock): RateLimit {
  const buckets = createBuckets(clock, {
    max: rate.eventsMax,
    windowMs: rate.windowMs,
    namesMax: rate.keysMax,
  });
  return {
    take(key, event) {
      const name = nameOf(key);
      const { left, secondsToNext } = buckets.take(name);
      if (left < 1 && !isLifeSafety(event)) {
        throw problem(
          "rate-limited",
          `expected at most ${rate.eventsMax} events of one key in ${rate.windowMs / 1000} s`,
          { headers: fieldsOf(buckets.read(name)), retryAfterSeconds: secondsToNext },
        );
      }
      return fieldsOf(buckets.read(name));
    },
    headers: (key) => fieldsOf(buckets.read(nameOf(key))),
  };
}

function fieldsOf({ left, secondsToNext }: Bucket): Record<string, string> {
  return {
    ...rateLimitFields({
      name: "events",
      quota: rate.eventsMax,
      windowSeconds: rate.windowMs / 1000,
      remaining: Math.floor(left),
      seconds: secondsToNext,
    }),
  };
}

/** A key itself is not kept in memory. */
function nameOf(key: string): string {
  return Buffer.from(hash(key)).toString("base64");
}
