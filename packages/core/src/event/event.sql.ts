import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, real, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import type { Assessment } from "../assessment/wire.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
import { session } from "../session/session.sql.ts";
import { site } from "../site/site.sql.ts";
import type { EventType, Mode } from "./wire.ts";

export const event = pgTable(
  "event",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    siteId: text("site_id").notNull(),
    deviceId: text("device_id").notNull(),
    sessionId: text("session_id").notNull(),
    /** The device's own id of the event: unique on the device. */
    clientId: text("client_id").notNull(),
    /** SHA-256 of what was posted, so that the same id with another event is noticed. */
    fingerprint: bytea("fingerprint").notNull(),
    type: text("type").$type<EventType>().notNull(),
    zone: text("zone"),
    mode: text("mode").$type<Mode>(),
    confidence: real("confidence"),
    attributes: jsonb("attributes").$type<Record<string, unknown>>().notNull(),
    /** As the device said. */
    reportedAt: instant("reported_at").notNull(),
    /** Corrected by what is known of the device's clock. */
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instant("received_at").notNull(),
    sealedAt: instant("sealed_at"),
    /** Until when more of its evidence may be announced; null: all of it is. */
    announcingUntil: instant("announcing_until"),
    /** Since when its evidence may ask for a review or an addendum that nobody has decided on yet; null: nothing is open. */
    followUpAt: instant("follow_up_at"),
    /** When a member called its assessment false. */
    dismissedAt: instant("dismissed_at"),
    assessment: jsonb("assessment").$type<Assessment>().notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.siteId], site),
    withinAccount([table.accountId, table.deviceId], device),
    withinAccount([table.accountId, table.sessionId], session),
    uniqueIndex("event_once_per_device").on(table.deviceId, table.clientId),
    uniqueIndex("event_by_account").on(table.accountId, table.id),
    index("event_by_session").on(table.sessionId, table.occurredAt),
    index("event_by_site_and_time").on(table.siteId, table.occurredAt),
    index("event_to_follow_up").on(table.followUpAt).where(sql`follow_up_at is not null`),
    index("event_announcing").on(table.announcingUntil).where(sql`announcing_until is not null`),
    index("event_dismissed").on(table.accountId).where(sql`dismissed_at is not null`),
  ],
);
