import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { event } from "../event/event.sql.ts";
import type { ContentType } from "../event/wire.ts";

export const evidenceStates = ["announced", "ready", "erased"] as const;
export type EvidenceState = (typeof evidenceStates)[number];

/** A moment: one image at one instant, and where its bytes lie. */
export const moment = pgTable(
  "moment",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    eventId: text("event_id").notNull(),
    name: text("name").notNull(),
    contentType: text("content_type").$type<ContentType>().notNull(),
    bytes: integer("bytes").notNull(),
    /** Hex. */
    sha256: text("sha256").notNull(),
    /** What its device announced, where masks made another picture of it; null: what it announced is what is kept. */
    announcedBytes: integer("announced_bytes"),
    announcedSha256: text("announced_sha256"),
    capturedAt: instant("captured_at").notNull(),
    state: text("state").$type<EvidenceState>().notNull(),
    /** Since when it is here, by the database's own clock: from then on the days count for which it is kept. */
    acceptedAt: instant("accepted_at").notNull().defaultNow(),
    /** When its bytes were erased, because the time was over for which the account keeps pictures. */
    erasedAt: instant("erased_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.eventId], event),
    uniqueIndex("moment_once_per_event").on(table.eventId, table.name),
    uniqueIndex("moment_by_account").on(table.accountId, table.id),
    // The same bytes once more: the nearest before is found without reading all of them.
    index("moment_by_content").on(table.accountId, table.sha256, table.capturedAt),
    index("moment_by_age").on(table.accountId, table.acceptedAt).where(sql`state = 'ready'`),
  ],
);
