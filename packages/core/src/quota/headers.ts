/**
 * The `RateLimit-Policy` and `RateLimit` fields, structured-field lists as in draft-ietf-httpapi-ratelimit-headers:
 * `q` the quota, `w` its window in seconds, `r` what remains, `t` seconds until more becomes available.
 */

import { tiers } from "../tiers.ts";
import type { QuotaRequest } from "./decide.ts";
import { fullBucket, refill, secondsToToken } from "./token-bucket.ts";

export type QuotaHeaders = { "RateLimit-Policy": string; RateLimit: string };

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.ceil((to.getTime() - from.getTime()) / 1000));
}

/** @param seconds until more becomes available */
export function rateLimitFields(limit: {
  name: string;
  quota: number;
  windowSeconds: number;
  remaining: number;
  seconds: number;
}): QuotaHeaders {
  const { name, quota, windowSeconds, remaining, seconds } = limit;
  return {
    "RateLimit-Policy": `"${name}";q=${quota};w=${windowSeconds}`,
    RateLimit: `"${name}";r=${remaining};t=${seconds}`,
  };
}

function daily(quota: number, used: number, { day, now }: Pick<QuotaRequest, "day" | "now">): QuotaHeaders {
  const remaining = Math.max(0, quota - used);
  return rateLimitFields({
    name: "daily",
    quota,
    windowSeconds: secondsBetween(day.start, day.end),
    remaining,
    seconds: secondsBetween(now, day.end),
  });
}

/**
 * The two fields for an account as it stands after the decision that they go with: pass the counts and the bucket with
 * the claim already in them. A quota day's window is its true length, so 82,800 or 90,000 seconds when clocks change.
 */
export function rateLimitHeaders(usage: Omit<QuotaRequest, "lifeSafety">): QuotaHeaders {
  const { allowance } = tiers[usage.tier];
  if (allowance.kind === "none") return daily(0, 0, usage);
  if (allowance.kind === "daily") {
    return daily(allowance.reviewsPerDay, usage.grantedToday - usage.refundedToday, usage);
  }
  const { bucket: rules } = allowance;
  const bucket = refill(usage.bucket ?? fullBucket(rules, usage.now), rules, usage.now);
  return rateLimitFields({
    name: "priority",
    quota: rules.capacity,
    windowSeconds: Math.ceil((rules.capacity / rules.refillPerHour) * 3600),
    remaining: Math.floor(bucket.tokens),
    seconds: secondsToToken(bucket, rules, usage.now),
  });
}
