import { jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { site } from "../site/site.sql.ts";
import type { Clock } from "./clock.ts";

export const device = pgTable(
  "device",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    siteId: text("site_id").notNull(),
    name: text("name").notNull(),
    /** Where it stands, for events that do not say. */
    zone: text("zone"),
    /** What is known of its clock; see clock.ts. */
    clock: jsonb("skew").$type<Clock>(),
    createdAt: instant("created_at").notNull().defaultNow(),
    removedAt: instant("removed_at"),
  },
  (table) => [
    ownRows(),
    uniqueIndex("device_by_account").on(table.accountId, table.id),
    withinAccount([table.accountId, table.siteId], site),
  ],
);
