/** What accounts pay for, as the payment provider tells it: twice, late, and in any order. */
import { eq } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import type { Tier } from "../review/wire.ts";
import { isNews, type Said, tierOf } from "./status.ts";
import { subscription, subscriptionEvent } from "./subscription.sql.ts";

export { isNews, type PaidTier, type Said, type SubscriptionStatus, tierOf } from "./status.ts";

/** One event of the provider about one subscription. */
export type Notice = Said & {
  eventId: string;
  accountId: string;
  subscriptionId: string;
  /** The event that the subscription began with: whatever else is known of it is newer, even within a second. */
  isFirst: boolean;
};

/**
 * Takes a notice in, inside a transaction that holds the account's lock. `known` came before, `stale` is older than what
 * is known; otherwise the tiers that the account's subscriptions amounted to before and amount to now.
 */
export async function take(
  tx: Tx,
  notice: Notice,
  receivedAt: Date,
): Promise<"known" | "stale" | { before: Tier; after: Tier }> {
  const { eventId, accountId, subscriptionId, isFirst, tier, status, saidAt } = notice;
  const fresh = await tx
    .insert(subscriptionEvent)
    .values({ accountId, id: eventId, receivedAt })
    .onConflictDoNothing()
    .returning({ id: subscriptionEvent.id });
  if (fresh.length === 0) return "known";
  const all = await tx.select().from(subscription).where(eq(subscription.accountId, accountId));
  const said = { tier, status, saidAt };
  const present = all.find((row) => row.id === subscriptionId);
  if (!isNews(present, said, { isFirst })) return "stale";
  await tx
    .insert(subscription)
    .values({ accountId, id: subscriptionId, ...said })
    .onConflictDoUpdate({ target: [subscription.accountId, subscription.id], set: said });
  const others = all.filter((row) => row.id !== subscriptionId);
  return { before: tierOf(all), after: tierOf([...others, said]) };
}
