import { sql } from "drizzle-orm";
import { bigint, boolean, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import type { Detection } from "../digest/wire.ts";
import { moment } from "../evidence/evidence.sql.ts";
import { experiment } from "../experiment/experiment.sql.ts";
import type { PairOutcome } from "../experiment/wire.ts";
import { review } from "../review/review.sql.ts";

/** What the challenger of an experiment saw in one picture of a live review, beside what was reported of it. No digest reads it. */
export const shadowResult = pgTable(
  "shadow_result",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    experimentId: text("experiment_id")
      .notNull()
      .references(() => experiment.id),
    reviewId: text("review_id").notNull(),
    momentId: text("moment_id").notNull(),
    /** In the order in which they came: pairs of an experiment keep it. */
    no: bigint("no", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    /** Emptied once the pair is counted, as is the challenger's. */
    champion: jsonb("champion").$type<Detection[]>().notNull(),
    challenger: jsonb("challenger").$type<Detection[]>().notNull(),
    /** Of what only one of them saw; none: they agree. */
    kinds: jsonb("kinds").$type<string[]>().notNull(),
    slices: jsonb("slices").$type<string[]>().notNull(),
    /** The challenger's; null while nobody has said who is right. */
    outcome: text("outcome").$type<PairOutcome>(),
    /** Whether it is a pair of its experiment by now. */
    counted: boolean("counted").notNull().default(false),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.reviewId], review),
    withinAccount([table.accountId, table.momentId], moment),
    primaryKey({ columns: [table.experimentId, table.reviewId] }),
    index("shadow_result_by_account").on(table.accountId, table.reviewId),
    index("shadow_result_uncounted").on(table.experimentId, table.no).where(sql`not counted`),
  ],
).enableRLS();
