import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import { endpoint } from "../endpoint/endpoint.sql.ts";
import type { DeliveryKind } from "../endpoint/wire.ts";
import type { Language } from "../language/wire.ts";
import type { Level } from "../level.ts";
import type { DeliveryState, Message } from "./wire.ts";

/**
 * One thing told to one endpoint: written in the transaction of what it tells, sent to the queue after the commit, attempted
 * until the endpoint has taken it or the schedule ends.
 */
export const delivery = pgTable(
  "delivery",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    endpointId: text("endpoint_id").notNull(),
    kind: text("kind").$type<DeliveryKind>().notNull(),
    /** What it tells, of which version: the same thing is told to an endpoint once. */
    topic: text("topic").notNull(),
    thread: text("thread").notNull(),
    level: text("level").$type<Level>().notNull(),
    /** Of the message, whatever language its endpoint is given later. */
    language: text("language").$type<Language>().notNull().default("en"),
    /** Rendered once, so that every attempt sends the same bytes. */
    message: jsonb("message").$type<Message>().notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    reason: text("reason"),
    attempts: integer("attempts").notNull().default(0),
    /** How many attempts were made before it was last asked to be told once more: the schedule began anew there. */
    attemptsBefore: integer("attempts_before").notNull().default(0),
    /** When the next attempt is due; null once it has ended. */
    nextAttemptAt: instant("next_attempt_at"),
    /** Its message lies in the queue, or an attempt is under way, until then; after a crash it is sent again. */
    leasedUntil: instant("claimed_until"),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
    /** Which trace it belongs to. */
    traceparent: text("traceparent"),
  },
  (table) => [
    ownRows(),
    foreignKey({
      name: "delivery_to_endpoint",
      columns: [table.accountId, table.endpointId],
      foreignColumns: [endpoint.accountId, endpoint.id],
    }),
    unique("delivery_of_account").on(table.accountId, table.id),
    uniqueIndex("delivery_once_per_topic").on(table.endpointId, table.topic),
    index("delivery_due").on(table.endpointId, table.nextAttemptAt).where(sql`state = 'pending'`),
    index("delivery_under_way")
      .on(table.endpointId, table.leasedUntil)
      .where(sql`state = 'pending' and claimed_until is not null`),
    index("delivery_by_thread").on(table.endpointId, table.thread),
    // Empty while the ledger balances.
    index("delivery_never_due")
      .on(table.accountId)
      .where(sql`(state = 'pending') = (next_attempt_at is null)`),
  ],
);

/** Every attempt, appended. */
export const deliveryAttempt = pgTable(
  "delivery_attempt",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    deliveryId: text("delivery_id").notNull(),
    number: integer("number").notNull(),
    at: instant("at").notNull(),
    status: integer("status"),
    milliseconds: integer("milliseconds").notNull(),
    error: text("error"),
  },
  (table) => [
    ownRows(),
    primaryKey({ columns: [table.deliveryId, table.number] }),
    index("delivery_attempt_by_account").on(table.accountId, table.deliveryId, table.number),
    foreignKey({
      name: "delivery_attempt_of_delivery",
      columns: [table.accountId, table.deliveryId],
      foreignColumns: [delivery.accountId, delivery.id],
    }),
  ],
);
