import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import type { EntryKind } from "./wire.ts";

/**
 * What happened in an account, in one order: written by `append_stream_entry` alone, which takes the account's turn before
 * it takes a number, so that a higher number is never seen before a lower one.
 */
export const streamEntry = pgTable(
  "stream_entry",
  {
    number: bigint("number", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    kind: text("kind").$type<EntryKind>().notNull(),
    /** `dig_…`, `rev_…`, `ses_…`, `dev_…` */
    subject: text("subject").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [ownRows(), index("stream_entry_by_account").on(table.accountId, table.number)],
);
