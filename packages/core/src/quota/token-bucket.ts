/** A token bucket that refills continuously. Pure: the caller keeps the bucket and moves it with a compare-and-set. */
import type { BucketRules } from "../tiers.ts";

export type Bucket = {
  /** 0 to the capacity; fractions are tokens on their way. */
  tokens: number;
  /** The instant for which `tokens` holds. */
  at: Date;
};

const hourMs = 3_600_000;

export function fullBucket(rules: BucketRules, now: Date): Bucket {
  return { tokens: rules.capacity, at: now };
}

/** The bucket at `now`. A clock that went back adds nothing and takes nothing away. */
export function refill(bucket: Bucket, rules: BucketRules, now: Date): Bucket {
  const elapsedMs = now.getTime() - bucket.at.getTime();
  const tokens = Math.min(bucket.tokens, rules.capacity);
  if (elapsedMs <= 0) return { tokens, at: bucket.at };
  return { tokens: Math.min(rules.capacity, tokens + (elapsedMs / hourMs) * rules.refillPerHour), at: now };
}

/** Takes one whole token at `now`, or answers undefined when there is none. */
export function take(bucket: Bucket, rules: BucketRules, now: Date): Bucket | undefined {
  const filled = refill(bucket, rules, now);
  return filled.tokens < 1 ? undefined : { ...filled, tokens: filled.tokens - 1 };
}

/** Returns one token, never beyond the capacity. */
export function giveBack(bucket: Bucket, rules: BucketRules, now: Date): Bucket {
  const filled = refill(bucket, rules, now);
  return { ...filled, tokens: Math.min(rules.capacity, filled.tokens + 1) };
}

/** Seconds from `now` until there is a whole token; 0 when there is one. */
export function secondsToToken(bucket: Bucket, rules: BucketRules, now: Date): number {
  const { tokens } = refill(bucket, rules, now);
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / rules.refillPerHour) * 3600);
}
