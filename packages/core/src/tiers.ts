/** What each tier gets. The only table of its kind: every allowance, K and queue in the system is read from here. */
import * as z from "zod";
import { review } from "./limits.ts";
import { promises } from "./promises.ts";

/** From the least to the most that an account can pay for. */
export const Tier = z
  .enum(["lite", "guardian", "pro"])
  .meta({ id: "Tier", description: "What the account pays for." });
export type Tier = z.infer<typeof Tier>;
/** Those with deep reviews: each has a price, and a K that load changes. */
export type PaidTier = Exclude<Tier, "lite">;

export const QueueName = z
  .enum(["priority", "standard"])
  .meta({ id: "QueueName", description: "The two queues of deep-review jobs." });
export type QueueName = z.infer<typeof QueueName>;

export type BucketRules = { capacity: number; refillPerHour: number };

export type Allowance =
  | { kind: "none" }
  /** So many reviews in each quota day of the account. */
  | { kind: "daily"; reviewsPerDay: number }
  /** A token buys the priority queue; without one a review goes to the standard queue. Never a refusal. */
  | { kind: "bucket"; bucket: BucketRules };

export type TierRules = {
  allowance: Allowance;
  /** Moments of a review while the system is neither busy nor idle. */
  k: number;
  /** Moments of a review while the system is idle. */
  kIdle: number;
  /** For how many days its pictures are kept. */
  picturesDays: number;
  /** Points of a quota day for checks of authenticity. */
  checkPoints: number;
  /** Where a review goes that stays within the allowance. */
  queue: QueueName;
};

export const tiers: Readonly<Record<Tier, TierRules>> = Object.freeze({
  lite: { allowance: { kind: "none" }, k: 0, kIdle: 0, picturesDays: 7, checkPoints: 60, queue: "standard" },
  guardian: {
    allowance: { kind: "daily", reviewsPerDay: promises.guardianReviewsPerDay },
    k: review.kDefault,
    kIdle: review.kDefault,
    picturesDays: 30,
    checkPoints: 600,
    queue: "standard",
  },
  pro: {
    allowance: { kind: "bucket", bucket: { capacity: 30, refillPerHour: 10 } },
    k: review.kDefault,
    kIdle: review.kIdleMax,
    picturesDays: 90,
    checkPoints: 6_000,
    queue: "priority",
  },
});
