import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { ownRows } from "../db/tenant.ts";
import type { LedgerNoun } from "./wire.ts";

/**
 * What triggers wrote of rows that came, moved or went, in the transaction that did it: one line a noun and state. Only
 * added to, so that nobody waits for anybody's count; the sweep folds the lines into `ledger_count`.
 */
export const ledgerEntry = pgTable(
  "ledger_entry",
  {
    accountId: text("account_id").notNull(),
    noun: text("noun").$type<LedgerNoun>().notNull(),
    /** `accepted` counts rows that came, whatever became of them; everything else is where rows stand now. */
    state: text("state").notNull(),
    change: integer("change").notNull(),
  },
  (table) => [ownRows(), index("ledger_entry_by_account").on(table.accountId)],
);

/** The sums of the lines that were folded. Ledger = these and the lines that were not yet. */
export const ledgerCount = pgTable(
  "ledger_count",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    noun: text("noun").$type<LedgerNoun>().notNull(),
    state: text("state").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (table) => [ownRows(), primaryKey({ columns: [table.accountId, table.noun, table.state] })],
);
