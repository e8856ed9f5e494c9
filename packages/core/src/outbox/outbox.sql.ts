import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { review } from "../review/review.sql.ts";
import type { QueueName } from "../review/wire.ts";

/**
 * Jobs that are owed to the queue. A row is written in the transaction that creates its review, sent after the commit,
 * and settled when the review's part has ended. It holds no URL: those are minted when the job is sent.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    reviewId: text("review_id").notNull(),
    part: integer("part").notNull(),
    queue: text("queue").$type<QueueName>().notNull(),
    /** 3 for critical to 0 for low; 4 for life-safety: higher goes first. */
    urgency: integer("urgency").notNull(),
    /** The cost of the job, in moments. */
    moments: integer("moments").notNull(),
    createdAt: instant("created_at").notNull(),
    /** When the scheduler last gave it a position in the queue: what an account was given lately is counted by this. */
    admittedAt: instant("admitted_at"),
    /** A publisher holds the row until then; after a crash another takes it up. */
    leasedUntil: instant("claimed_until"),
    sentAt: instant("sent_at"),
    settledAt: instant("settled_at"),
    sends: integer("sends").notNull().default(0),
    /** Which trace it belongs to. */
    traceparent: text("traceparent"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.reviewId], review),
    uniqueIndex("outbox_once_per_part").on(table.reviewId, table.part),
    index("outbox_waiting")
      .on(table.accountId, table.queue, table.urgency.desc().nullsFirst(), table.createdAt)
      .where(sql`sent_at is null and settled_at is null`),
    index("outbox_unsettled").on(table.queue, table.createdAt).where(sql`settled_at is null`),
    index("outbox_under_way")
      .on(table.accountId, table.queue)
      .where(sql`settled_at is null and admitted_at is not null`),
    index("outbox_admitted").on(table.accountId, table.admittedAt),
  ],
);

/**
 * How many jobs of an account's queue have not ended, and the moments in them: kept by a trigger of `outbox` in the
 * transaction that adds or ends a job, so that whoever asks how much waits need not count it.
 */
export const backlog = pgTable(
  "backlog",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    queue: text("queue").$type<QueueName>().notNull(),
    jobs: integer("jobs").notNull(),
    moments: integer("moments").notNull(),
  },
  (table) => [
    ownRows(),
    primaryKey({ columns: [table.accountId, table.queue] }),
    check("backlog_is_possible", sql`jobs >= 0 and moments >= 0`),
    index("backlog_waiting").on(table.queue).where(sql`jobs > 0`),
  ],
);
