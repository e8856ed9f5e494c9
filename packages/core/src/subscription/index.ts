/** What accounts pay for, as the payment provider tells it: twice, late, and in any order. */
import { asc, desc, eq, isNotNull, ne, sql } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import type { Tier } from "../review/wire.ts";
import { isNews, type Said, tierOf } from "./status.ts";
import { checkout, subscription, subscriptionEvent } from "./subscription.sql.ts";

export { isNews, type PaidTier, type Said, type SubscriptionStatus, tierOf } from "./status.ts";

/** What else is known of a subscription, and changes no tier. */
export type Terms = {
  customerId: string | null;
  isPastDue: boolean;
  endsAt: Date | null;
  beganAt: Date | null;
};

export type Subscription = typeof subscription.$inferSelect;

/** One event of the provider about one subscription. */
export type Notice = Said &
  Terms & {
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
  const { customerId, isPastDue, endsAt, beganAt } = notice;
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
    .values({ accountId, id: subscriptionId, ...said, customerId, isPastDue, endsAt, beganAt })
    .onConflictDoUpdate({
      target: [subscription.accountId, subscription.id],
      set: { ...said, customerId, isPastDue, endsAt, beganAt },
    });
  const others = all.filter((row) => row.id !== subscriptionId);
  return { before: tierOf(all), after: tierOf([...others, said]) };
}

/** Those of the account that have not ended, the newest first. */
export async function listOpen(tx: Tx): Promise<Subscription[]> {
  return tx
    .select()
    .from(subscription)
    .where(ne(subscription.status, "ended"))
    .orderBy(desc(subscription.saidAt));
}

/**
 * Those that were bought although there was one: of several that are paid for, the one that began first stays. Somebody had
 * two pages open, or two owners bought at once.
 */
export async function listDoubled(tx: Tx): Promise<Subscription[]> {
  const open = await tx
    .select()
    .from(subscription)
    .where(eq(subscription.status, "paying"))
    .orderBy(asc(sql`coalesce(${subscription.beganAt}, 'epoch')`), asc(subscription.id));
  return open.slice(1);
}

/** The page where the account pays is this one from now on. @returns the one before, if it was another */
export async function replaceCheckout(
  tx: Tx,
  { accountId, id, at }: { accountId: string; id: string; at: Date },
): Promise<string | undefined> {
  const before = await findCheckout(tx);
  await tx
    .insert(checkout)
    .values({ accountId, id, openedAt: at })
    .onConflictDoUpdate({ target: checkout.accountId, set: { id, openedAt: at } });
  return before === id ? undefined : before;
}

export async function findCheckout(tx: Tx): Promise<string | undefined> {
  const [open] = await tx.select({ id: checkout.id }).from(checkout);
  return open?.id;
}

/** Who paid last, as the provider calls them. */
export async function findCustomer(tx: Tx): Promise<string | undefined> {
  const [row] = await tx
    .select({ customerId: subscription.customerId })
    .from(subscription)
    .where(isNotNull(subscription.customerId))
    .orderBy(desc(subscription.saidAt))
    .limit(1);
  return row?.customerId ?? undefined;
}

/** What was paid for, and the page to pay on: the provider has been told that all of it has ended. */
export async function forgetAll(tx: Tx): Promise<void> {
  await tx.delete(subscription);
  await tx.delete(checkout);
}
