import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { moment } from "../evidence/evidence.sql.ts";
import { session } from "../session/session.sql.ts";
import type { QueueName, ReviewState } from "./wire.ts";

export const origins = ["session-closed", "life-safety", "member"] as const;
export type Origin = (typeof origins)[number];

export const review = pgTable(
  "review",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    sessionId: text("session_id").notNull(),
    state: text("state").$type<ReviewState>().notNull(),
    origin: text("origin").$type<Origin>().notNull(),
    queue: text("queue").$type<QueueName>().notNull(),
    k: integer("k").notNull(),
    /** Why K and the queue are what they are, in words. */
    reasons: jsonb("reasons").$type<string[]>().notNull(),
    /** Failures that workers reported. Not receive counts: a restarted worker costs one of those without a failure. */
    failures: integer("failures").notNull().default(0),
    failure: text("failure"),
    requestedAt: instant("requested_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.sessionId], session),
    uniqueIndex("review_by_account").on(table.accountId, table.id),
    index("review_under_way")
      .on(table.accountId, table.requestedAt)
      .where(sql`state in ('queued', 'running')`),
    // Empty while the ledger balances.
    index("review_out_of_order")
      .on(table.accountId)
      .where(sql`(state in ('queued', 'running')) = (finished_at is not null)`),
    // A session has one review at a time: asking twice finds the first.
    uniqueIndex("review_once_per_session")
      .on(table.sessionId)
      .where(sql`state in ('queued', 'running', 'completed')`),
  ],
);

/** The moments of a review. `part` 0 is the review itself; higher parts are addenda; null waits for one. */
export const reviewMoment = pgTable(
  "review_moment",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    reviewId: text("review_id").notNull(),
    momentId: text("moment_id").notNull(),
    part: integer("part"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.reviewId], review),
    withinAccount([table.accountId, table.momentId], moment),
    primaryKey({ columns: [table.reviewId, table.momentId] }),
    index("review_moment_by_account").on(table.accountId, table.reviewId, table.momentId),
    index("review_moment_deferred").on(table.reviewId).where(sql`part is null`),
  ],
);
