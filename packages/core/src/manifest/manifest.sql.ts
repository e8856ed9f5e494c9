import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { run } from "../run/run.sql.ts";

/** A segment of a manifest's leaves: a file in the object store that is named by its hash. */
export type Segment = { name: string; leaves: number; root: string };

/** The versions of what is sealed of a source. Appended, never changed. */
export const manifest = pgTable(
  "manifest",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    source: text("source").notNull(),
    version: integer("version").notNull(),
    /** The run that it was made for. */
    runId: text("run_id").notNull(),
    kind: text("kind").$type<"seal" | "roll-back">().notNull(),
    segments: jsonb("segments").$type<Segment[]>().notNull(),
    /** The signed checkpoint. */
    note: text("note").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.runId], run),
    primaryKey({ columns: [table.accountId, table.source, table.version] }),
  ],
);
