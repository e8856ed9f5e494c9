import { boolean, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import type { Tier } from "../review/wire.ts";
import type { SubscriptionStatus } from "./status.ts";

/** What the payment provider last said of each subscription. An account may have several for a while. */
export const subscription = pgTable(
  "subscription",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** The provider's own id: `sub_…`. */
    id: text("id").notNull(),
    tier: text("tier").$type<Tier>().notNull(),
    status: text("status").$type<SubscriptionStatus>().notNull(),
    /** When the provider made the event that said so: what it said before is older news. */
    saidAt: instant("said_at").notNull(),
    /** Who pays, as the provider calls them: `cus_…`. Null for one that is known from before it was asked. */
    customerId: text("customer"),
    /** A payment has failed, and is tried again. */
    isPastDue: boolean("is_past_due").notNull().default(false),
    /** When it ends because it was cancelled. */
    endsAt: instant("ends_at"),
    /** When it began, as the provider says; null for one that is known from before it was asked. */
    beganAt: instant("began_at"),
  },
  (table) => [ownRows(), primaryKey({ columns: [table.accountId, table.id] })],
);

/** Events of the payment provider that were taken in: the same one twice changes nothing. */
export const subscriptionEvent = pgTable(
  "subscription_event",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** The provider's own id: `evt_…`. */
    id: text("id").notNull(),
    receivedAt: instant("received_at").notNull(),
  },
  (table) => [ownRows(), primaryKey({ columns: [table.accountId, table.id] })],
);

/** The page where the account may pay now: one at a time, so that nothing is bought twice. */
export const checkout = pgTable(
  "checkout",
  {
    accountId: text("account_id")
      .primaryKey()
      .references(() => account.id),
    /** The provider's own id: `cs_…`. */
    id: text("id").notNull(),
    openedAt: instant("opened_at").notNull(),
  },
  () => [ownRows()],
);
