import { sql } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { review } from "../review/review.sql.ts";
import type { GrantedBy } from "./decide.ts";
import type { ClaimState } from "./state.ts";

/** What a review took from its account's allowance, and whether it was given back. */
export const claim = pgTable(
  "quota_claim",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    reviewId: text("review_id").notNull(),
    basis: text("basis").$type<GrantedBy>().notNull(),
    state: text("state").$type<ClaimState>().notNull(),
    claimedAt: instant("claimed_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    ownRows(),
    // Looked at when the transaction commits: what a review is granted is claimed before the review is written.
    withinAccount([table.accountId, table.reviewId], review),
    uniqueIndex("quota_claim_once_per_review").on(table.reviewId),
    index("quota_claim_by_account_and_time").on(table.accountId, table.claimedAt),
    index("quota_claim_under_way").on(table.accountId, table.claimedAt).where(sql`state = 'claimed'`),
  ],
);
