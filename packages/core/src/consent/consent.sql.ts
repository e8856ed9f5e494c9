import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { site } from "../site/site.sql.ts";
import type { ConsentKind, WithdrawnCounts } from "./wire.ts";

/**
 * An owner's consent, from when it was given until what was stored under it has gone. Rows stay, so that it can be shown who
 * gave it and when; of a kind of a site one at most has not ended.
 */
export const consent = pgTable(
  "consent",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    siteId: text("site_id").notNull(),
    kind: text("kind").$type<ConsentKind>().notNull(),
    state: text("state").$type<"given" | "withdrawn" | "erased">().notNull(),
    /** Null: nobody gave it, and something may have been stored before anybody was asked. */
    givenBy: text("given_by"),
    givenAt: instant("given_at"),
    withdrawnBy: text("withdrawn_by"),
    withdrawnAt: instant("withdrawn_at"),
    /** While `withdrawn`: nothing is done before then, for somebody is at it. */
    nextAt: instant("next_at"),
    /** While `withdrawn`: the last review whose findings have gone. */
    place: text("place"),
    counts: jsonb("counts").$type<WithdrawnCounts>().notNull(),
    erasedAt: instant("erased_at"),
    /** The receipt, signed. */
    note: text("note"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.siteId], site),
    index("consent_by_account").on(table.accountId, table.siteId, table.kind),
    uniqueIndex("consent_once_at_a_time").on(table.siteId, table.kind).where(sql`state <> 'erased'`),
    index("consent_to_erase").on(table.nextAt).where(sql`state = 'withdrawn'`),
  ],
);
