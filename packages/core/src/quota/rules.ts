/** The pure rules of quota: what a tier gets, when its day begins, whether a review is granted, and what is said of it. */

export { type Allowance, type BucketRules, type TierRules, tiers } from "../tiers.ts";
export { changeTimeZone, inTimeZone, type QuotaCalendar, quotaDay } from "./calendar.ts";
export {
  decide,
  type Granted,
  type GrantedBy,
  type QuotaDecision,
  type QuotaRequest,
  type Refused,
} from "./decide.ts";
export { type QuotaHeaders, rateLimitFields, rateLimitHeaders } from "./headers.ts";
export { isTimeZone, type LocalDay, localDay } from "./local-day.ts";
export { type ClaimState, claimAfter, claimTransitions, mayMove } from "./state.ts";
export { type Bucket, fullBucket, giveBack, refill, secondsToToken, take } from "./token-bucket.ts";
