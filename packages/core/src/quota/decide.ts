/** Whether an account may have a deep review now, and on whose account: the one decision behind every review. */
import type { QueueName, Tier } from "../review/wire.ts";
import { tiers } from "../tiers.ts";
import type { LocalDay } from "./local-day.ts";
import { type Bucket, fullBucket, take } from "./token-bucket.ts";

export type QuotaRequest = {
  tier: Tier;
  lifeSafety: boolean;
  /** Claims by "daily" in the quota day, whatever became of them; not those by "life-safety". */
  grantedToday: number;
  /** How many of those were refunded. */
  refundedToday: number;
  /** Null for an account that has never had one: it starts full. */
  bucket: Bucket | null;
  now: Date;
  /** The quota day that holds `now`; see calendar.ts. */
  day: Pick<LocalDay, "start" | "end">;
};

/** What a granted review was charged to. */
export type GrantedBy = "daily" | "bucket" | "overflow" | "life-safety";

export type Granted = {
  kind: "granted";
  by: GrantedBy;
  queue: QueueName;
  /** The bucket after the claim; present exactly when `by` is "bucket". Store it with the claim. */
  bucket?: Bucket;
};
export type Refused = {
  kind: "refused";
  code: "tier-excludes" | "quota-exceeded";
  resetsAt?: Date;
  /** What is the matter and what to do about it. */
  detail: string;
};
export type QuotaDecision = Granted | Refused;

/**
 * Decides from what the database says under the account's lock; the caller records the claim in that transaction.
 *
 * Life-safety passes every limit of a tier that has deep reviews at all. `lite` has none: its life-safety events get
 * their assessment and alert at once, and no review.
 */
export function decide(request: QuotaRequest): QuotaDecision {
  const { allowance, queue } = tiers[request.tier];
  if (allowance.kind === "none") {
    return {
      kind: "refused",
      code: "tier-excludes",
      detail: `The ${request.tier} tier assesses every event but has no deep reviews; move the account to guardian or pro to get them.`,
    };
  }
  if (request.lifeSafety) return { kind: "granted", by: "life-safety", queue: "priority" };
  if (allowance.kind === "daily") return decideDaily(request, allowance.reviewsPerDay, queue);
  const { bucket: rules } = allowance;
  const taken = take(request.bucket ?? fullBucket(rules, request.now), rules, request.now);
  return taken
    ? { kind: "granted", by: "bucket", queue, bucket: taken }
    : { kind: "granted", by: "overflow", queue: "standard" };
}

function decideDaily(
  { grantedToday, refundedToday, day }: QuotaRequest,
  reviewsPerDay: number,
  queue: QueueName,
): QuotaDecision {
  const used = grantedToday - refundedToday;
  if (used < reviewsPerDay) return { kind: "granted", by: "daily", queue };
  return {
    kind: "refused",
    code: "quota-exceeded",
    resetsAt: day.end,
    detail: `All ${reviewsPerDay} deep reviews of the account's day are used (${used} of ${reviewsPerDay}); ask again from ${day.end.toISOString()}, or move the account to pro, which is never refused.`,
  };
}
