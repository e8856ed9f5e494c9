import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { review } from "../review/review.sql.ts";
import type { DeadLetterSource } from "./wire.ts";

/** Jobs that nobody could finish, one row for each part of a review, until an operator sends it once more. */
export const deadLetter = pgTable(
  "dead_letter",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    reviewId: text("review_id").notNull(),
    part: integer("part").notNull(),
    source: text("source").$type<DeadLetterSource>().notNull(),
    reason: text("reason").notNull(),
    diedAt: instant("died_at").notNull(),
    /** Null while nobody has sent it once more since it died last. */
    redrivenAt: instant("redriven_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.reviewId], review),
    primaryKey({ columns: [table.reviewId, table.part] }),
    index("dead_letter_by_account").on(table.accountId, table.reviewId, table.part),
    index("dead_letter_open").on(table.diedAt, table.reviewId, table.part).where(sql`redriven_at is null`),
  ],
);
