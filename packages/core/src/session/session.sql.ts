import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, real, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import type { Assessment } from "../assessment/wire.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { site } from "../site/site.sql.ts";
import type { SessionState } from "./wire.ts";

export const session = pgTable(
  "session",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    siteId: text("site_id").notNull(),
    state: text("state").$type<SessionState>().notNull(),
    firstEventAt: instant("first_event_at").notNull(),
    lastEventAt: instant("last_event_at").notNull(),
    openedAt: instant("opened_at").notNull(),
    lastReceivedAt: instant("last_received_at").notNull(),
    /** When it is due to close unless another event comes. */
    closesAt: instant("closes_at").notNull(),
    closedAt: instant("closed_at"),
    /** The session that this one has become part of; null: it stands by itself. */
    mergedInto: text("merged_into"),
    levelRank: integer("level_rank").notNull(),
    score: real("score").notNull(),
    assessment: jsonb("assessment").$type<Assessment>().notNull(),
    /** Of the request that opened it: what comes of the session belongs to its trace (platform/trace-context.ts). */
    traceparent: text("traceparent"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.siteId], site),
    withinAccount([table.accountId, table.mergedInto], table),
    uniqueIndex("session_by_account").on(table.accountId, table.id),
    index("session_by_account_and_time").on(table.accountId, table.firstEventAt, table.id),
    index("session_by_site_and_time").on(table.siteId, table.lastEventAt),
    index("session_due").on(table.closesAt).where(sql`state = 'open'`),
  ],
);
