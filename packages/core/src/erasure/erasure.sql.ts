import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import type { Language } from "../language/wire.ts";
import type { ErasureState } from "./state.ts";
import type { ErasedCounts } from "./wire.ts";

/**
 * An account is to be erased, is being erased, or was. In the end nothing of the account is left in the row but how much
 * there was of it, and when it went: the receipt.
 */
export const erasure = pgTable(
  "erasure",
  {
    id: text("id").primaryKey(),
    /** Null once the account is gone. */
    accountId: text("account_id").references(() => account.id, { onDelete: "set null" }),
    state: text("state").$type<ErasureState>().notNull(),
    /** Null once the account is gone. */
    askedBy: text("asked_by"),
    askedAt: instant("asked_at").notNull(),
    /** Until then an owner may call it off. */
    beginsAt: instant("begins_at").notNull(),
    /** When its owners were told that it is to be. */
    announcedAt: instant("announced_at"),
    /** When nobody could get in any more. */
    closedAt: instant("closed_at"),
    /** Nothing is done before then: somebody is at it, or it waits. */
    nextAt: instant("next_at").notNull(),
    counts: jsonb("counts").$type<ErasedCounts>().notNull(),
    /** The addresses that are to be told; null once they were. */
    tellTo: jsonb("tell_to").$type<string[]>(),
    /** In which language each of them is told, in the same order; null: in English. */
    tellIn: jsonb("tell_in").$type<Language[]>(),
    tellings: integer("tellings").notNull().default(0),
    doneAt: instant("done_at"),
    /** The receipt, signed. */
    note: text("note"),
  },
  (table) => [
    ownRows(),
    uniqueIndex("erasure_by_account").on(table.accountId),
    index("erasure_due").on(table.nextAt),
  ],
);
