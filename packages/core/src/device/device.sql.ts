import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { site } from "../site/site.sql.ts";
import type { Clock } from "./clock.ts";
import type { TroubleKind } from "./wire.ts";

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
    /** When its newest event was received; null before its first. */
    heardAt: instant("heard_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    removedAt: instant("removed_at"),
  },
  (table) => [
    ownRows(),
    uniqueIndex("device_by_account").on(table.accountId, table.id),
    withinAccount([table.accountId, table.siteId], site),
  ],
);

/** What is wrong with a device, or with a sensor that a gateway speaks for, and what was: one row for each kind of it. */
export const deviceTrouble = pgTable(
  "device_trouble",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    deviceId: text("device_id").notNull(),
    kind: text("kind").$type<TroubleKind>().notNull(),
    /** The sensor, as its gateway names it; empty: the device itself. */
    part: text("part").notNull(),
    /** When it began last. */
    since: instant("since").notNull(),
    /** Null while it lasts. */
    endedAt: instant("ended_at"),
    /** How often it has begun. */
    times: integer("times").notNull().default(1),
    /** What comes and goes within hours is one episode, which rings once. */
    episode: integer("episode").notNull().default(1),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    primaryKey({ columns: [table.deviceId, table.kind, table.part] }),
    index("device_trouble_by_account").on(table.accountId),
  ],
);
