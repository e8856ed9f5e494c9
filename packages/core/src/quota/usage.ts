/** What an account has used of its tier, in the numbers that members read. */
import type { Usage } from "../account/wire.ts";
import { tiers } from "../tiers.ts";
import type { QuotaRequest } from "./decide.ts";
import { fullBucket, refill } from "./token-bucket.ts";

export function usageOf({
  tier,
  grantedToday,
  refundedToday,
  bucket,
  now,
  day,
}: Omit<QuotaRequest, "lifeSafety">): Usage {
  const { allowance } = tiers[tier];
  const used = grantedToday - refundedToday;
  switch (allowance.kind) {
    case "none":
      return { tier, reviews: { limit: 0, used: 0, left: 0, refunded: 0 } };
    case "daily":
      return {
        tier,
        reviews: {
          limit: allowance.reviewsPerDay,
          used,
          left: Math.max(0, allowance.reviewsPerDay - used),
          refunded: refundedToday,
          resetsAt: day.end.toISOString(),
        },
      };
    case "bucket": {
      const { tokens } = refill(bucket ?? fullBucket(allowance.bucket, now), allowance.bucket, now);
      return {
        tier,
        reviews: {
          used,
          refunded: refundedToday,
          resetsAt: day.end.toISOString(),
          tokens: Math.floor(tokens * 100) / 100,
          tokensMax: allowance.bucket.capacity,
        },
      };
    }
  }
}
