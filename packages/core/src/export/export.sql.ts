import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import type { ExportState } from "./state.ts";

/** How far the writing has come: the source that is under way, and what of it was taken last; null: nothing of it yet. */
export type Place = { source: string; after: string | null };
/** Of each source, a table or a kind of object: how many rows or objects were taken. */
export type Counts = Record<string, number>;
export type Volume = { key: string; bytes: number; sha256: string; files: number };

/** Everything of an account, written into archives that its owner fetches. */
export const accountExport = pgTable(
  "account_export",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    state: text("state").$type<ExportState>().notNull(),
    askedBy: text("asked_by").notNull(),
    askedAt: instant("asked_at").notNull(),
    /** Until then nobody else writes it. */
    leasedUntil: instant("leased_until"),
    /** How often somebody began to write a volume; whoever was not the last to do so writes nothing any more. */
    turns: integer("turns").notNull().default(0),
    /** How often in a row a turn came to nothing. */
    failures: integer("failures").notNull().default(0),
    /** Where the last of its archives ended, and what was taken until there. */
    place: jsonb("place").$type<Place>(),
    counts: jsonb("counts").$type<Counts>().notNull().default({}),
    /** What was taken by now, the archive that is being written included. */
    progress: jsonb("progress").$type<Counts>().notNull().default({}),
    volumes: jsonb("volumes").$type<Volume[]>().notNull().default([]),
    readyAt: instant("ready_at"),
    /** When its archives are deleted. */
    expiresAt: instant("expires_at"),
  },
  (table) => [
    ownRows(),
    index("account_export_by_account").on(table.accountId, table.id),
    index("account_export_open").on(table.state, table.askedAt),
  ],
);
