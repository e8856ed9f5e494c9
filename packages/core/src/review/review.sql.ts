import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
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
    sessionId: text("session_id")
      .notNull()
      .references(() => session.id),
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
    index("review_by_account").on(table.accountId, table.id.desc()),
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
    reviewId: text("review_id")
      .notNull()
      .references(() => review.id),
    momentId: text("moment_id")
      .notNull()
      .references(() => moment.id),
    part: integer("part"),
  },
  (table) => [
    ownRows(),
    primaryKey({ columns: [table.reviewId, table.momentId] }),
    index("review_moment_deferred").on(table.reviewId).where(sql`part is null`),
  ],
);
