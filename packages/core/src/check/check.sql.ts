import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { bytea, instant, ownRows, withinAccount } from "../db/tenant.ts";
import type { CheckState } from "./state.ts";
import type { CheckKind, GeneratedStatus, Verdict } from "./wire.ts";

/** What an account had checked, and what that cost. Of what was checked: its hash, its size, the verdict. */
export const check = pgTable(
  "authenticity_check",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** Who asked. */
    actor: text("actor").notNull(),
    /** `batch`: what a batch costs itself. */
    kind: text("kind").$type<CheckKind | "batch">().notNull(),
    state: text("state").$type<CheckState>().notNull(),
    askedAt: instant("asked_at").notNull(),
    points: integer("points").notNull(),
    label: text("label"),
    /** The rest is there once it is settled. */
    status: text("status").$type<GeneratedStatus>(),
    sha256: bytea("sha256"),
    bytes: integer("bytes"),
    verdict: jsonb("verdict").$type<Verdict>(),
  },
  (table) => [
    ownRows(),
    unique("authenticity_check_of_account").on(table.accountId, table.id),
    // What was asked within a minute, and what a day has cost, are read from it alone.
    index("authenticity_check_by_time").on(table.accountId, table.askedAt, table.points),
    index("authenticity_check_listed").on(table.accountId, table.id).where(sql`status is not null`),
    index("authenticity_check_by_status").on(table.accountId, table.status, table.id),
    index("authenticity_check_by_kind")
      .on(table.accountId, table.kind, table.id)
      .where(sql`status is not null`),
    index("authenticity_check_by_both").on(table.accountId, table.kind, table.status, table.id),
  ],
);

/** How many checks of an account ended how on a day of UTC: counted as they end, so that nobody counts a million rows. */
export const checkDay = pgTable(
  "authenticity_day",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    date: text("date").notNull(),
    kind: text("kind").$type<CheckKind>().notNull(),
    status: text("status").$type<GeneratedStatus>().notNull(),
    checks: integer("checks").notNull(),
    points: integer("points").notNull(),
  },
  (table) => [ownRows(), primaryKey({ columns: [table.accountId, table.date, table.kind, table.status] })],
);

/** A recording that was announced, and what became of its bytes: they lie in the store until `erased_at`. */
export const checkUpload = pgTable(
  "authenticity_upload",
  {
    checkId: text("check_id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** What the file is called; forgotten with the file. */
    name: text("name"),
    sha256: bytea("sha256").notNull(),
    bytes: integer("bytes").notNull(),
    /** Until when it may be completed. */
    expiresAt: instant("expires_at").notNull(),
    /** Messages to workers, so far. */
    sends: integer("sends").notNull().default(0),
    claimedUntil: instant("claimed_until"),
    sentAt: instant("sent_at"),
    /** Its check has an end since then; null: it has none. */
    endedAt: instant("ended_at"),
    /** Why there is no verdict. */
    reason: text("reason"),
    erasedAt: instant("erased_at"),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.checkId], check),
    index("authenticity_upload_by_account").on(table.accountId, table.checkId),
    index("authenticity_upload_open").on(table.accountId, table.expiresAt).where(sql`ended_at is null`),
    index("authenticity_upload_to_erase")
      .on(table.endedAt)
      .where(sql`erased_at is null and ended_at is not null`),
  ],
);
