/** What overload does to a review and to the worker's batches, and what idleness does. */
import { overload, review } from "../limits.ts";
import type { Tier } from "../review/wire.ts";
import { tiers } from "../tiers.ts";
import { heldFor, type Overload } from "./step.ts";

/** Nothing waits for this long before reviews grow, so that a pause between two bursts does not count. */
const idleMsMin = 30_000;

export function isIdle(state: Overload): boolean {
  return heldFor(state, state.idleSince, idleMsMin);
}

/** Moments that a review of this tier looks at now; 0 for a tier without deep reviews. */
export function kFor(state: Overload, { tier, idle }: { tier: Tier; idle: boolean }): number {
  const { k, kIdle } = tiers[tier];
  if (state.overloaded) return Math.min(k, Math.max(review.kMin, Math.floor(k / 2)));
  return idle ? kIdle : k;
}

/** How much longer than usual a worker waits for a batch to fill, in milliseconds: larger batches, more throughput. */
export function extraBatchWindowMs(state: Overload): number {
  return state.overloaded ? overload.extraBatchWindowMs : 0;
}
