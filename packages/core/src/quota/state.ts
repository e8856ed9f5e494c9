/**
 * A claim on an account's allowance: `claimed` when a review is granted, then `settled` when its digest is stored or
 * `refunded` when it failed or was cancelled. Both ends are final, so that a claim is charged or given back once,
 * whatever is retried: move it with `UPDATE … SET state = $to WHERE id = $id AND state = $from`, and give the token
 * or the day's count back only when that moved a row.
 *
 * A refund belongs to the quota day (or the bucket) that was charged, not to the day on which it happens.
 */
import type { ReviewState } from "../review/wire.ts";

export const claimTransitions = Object.freeze({
  claimed: ["settled", "refunded"],
  settled: [],
  refunded: [],
} as const);
export type ClaimState = keyof typeof claimTransitions;

export function mayMove(from: ClaimState, to: ClaimState): boolean {
  const targets: readonly ClaimState[] = claimTransitions[from];
  return targets.includes(to);
}

/** What the end of a review does to its claim; null while the review is still under way. */
export const claimAfter = Object.freeze({
  queued: null,
  running: null,
  completed: "settled",
  failed: "refunded",
  cancelled: "refunded",
}) satisfies Record<ReviewState, ClaimState | null>;
