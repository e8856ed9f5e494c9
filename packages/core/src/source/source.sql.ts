import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import type { Share, SourceKind, SourceState } from "./wire.ts";

/** What is held against a giver of pictures. One that was never rated has no row, and is trusted. */
export const source = pgTable(
  "source",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    kind: text("kind").$type<SourceKind>().notNull(),
    /** The device's id, or the name that runs have. */
    key: text("key").notNull(),
    state: text("state").$type<SourceState>().notNull(),
    since: instant("since").notNull(),
    reasons: jsonb("reasons").$type<Share[]>().notNull(),
    itemsPerRun: integer("items_per_run"),
    itemsPerDay: integer("items_per_day"),
    overruledBy: text("overruled_by"),
    overruledReason: text("overruled_reason"),
    overruledAt: instant("overruled_at"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    unique("source_of_account").on(table.accountId, table.kind, table.key),
    index("source_by_account").on(table.accountId, table.id),
  ],
);
