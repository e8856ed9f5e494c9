import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows } from "../db/tenant.ts";
import type { EventType } from "../event/wire.ts";

/** How often an account called an assessment false, by type and zone ('' where the event had none). */
export const dismissal = pgTable(
  "dismissal",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    type: text("type").$type<EventType>().notNull(),
    zone: text("zone").notNull(),
    count: integer("count").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [ownRows(), primaryKey({ columns: [table.accountId, table.type, table.zone] })],
);
