/**
 * What an account's subscriptions amount to. Pure.
 *
 * The payment provider's events arrive twice, late and in any order, and their times are whole seconds. So each
 * subscription remembers the newest event that spoke of it; of two from the same second the one that came last counts,
 * unless it is the one that the subscription began with.
 * An ended subscription never comes back, so its end is news whenever it arrives, and nothing is news after it.
 */
import { Tier } from "../tiers.ts";

/** `paying` while it is to be served: paid, in its trial, or being dunned. `ended` is final. */
export const statuses = ["paying", "suspended", "ended"] as const;
export type SubscriptionStatus = (typeof statuses)[number];

export type PaidTier = { tier: Tier; status: SubscriptionStatus };
export type Said = PaidTier & { saidAt: Date };

/** Whether what was said now replaces what was known of this subscription; `isFirst`: the subscription began with it. */
export function isNews(known: Said | undefined, said: Said, { isFirst = false } = {}): boolean {
  if (!known) return true;
  if (known.status === "ended" || isFirst) return false;
  return said.status === "ended" || said.saidAt >= known.saidAt;
}

/** The best tier that is being paid for; `lite`, which costs nothing, where none is. */
export function tierOf(subscriptions: readonly PaidTier[]): Tier {
  return subscriptions
    .filter(({ status }) => status === "paying")
    .map(({ tier }) => tier)
    .reduce<Tier>((best, tier) => (rank(tier) > rank(best) ? tier : best), "lite");
}

function rank(tier: Tier): number {
  return Tier.options.indexOf(tier);
}
