import { integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";

export const site = pgTable(
  "site",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    name: text("name").notNull(),
    /** Counts the sessions that were opened here: whoever opens one must have seen the count. */
    sessionsOpened: integer("sessions_opened").notNull().default(0),
    /** How many events a day are usual in each zone (empty: in none), and when that was measured; see traffic.ts. */
    traffic: jsonb("traffic").$type<Record<string, number>>(),
    trafficAt: instant("traffic_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [ownRows(), uniqueIndex("site_by_account").on(table.accountId, table.id)],
);
