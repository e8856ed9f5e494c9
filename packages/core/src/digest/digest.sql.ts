import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import type { Reason } from "../assessment/wire.ts";
import { bytea, instant, ownRows, tsvector, withinAccount } from "../db/tenant.ts";
import type { Language } from "../language/wire.ts";
import type { Level } from "../level.ts";
import { review } from "../review/review.sql.ts";
import { session } from "../session/session.sql.ts";
import { site } from "../site/site.sql.ts";
import type { Corrections, DigestReport, Sentence, TimelineEntry } from "./wire.ts";

/** What a digest says beside English: the same sentences about the same pictures. */
export type Wording = { title: string; summary: Sentence[]; timeline: TimelineEntry[] };
export type Translations = Partial<Record<Exclude<Language, "en">, Wording>>;

export const digest = pgTable(
  "digest",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    reviewId: text("review_id").notNull(),
    sessionId: text("session_id").notNull(),
    siteId: text("site_id").notNull(),
    level: text("level").$type<Level>().notNull(),
    title: text("title").notNull(),
    summary: jsonb("summary").$type<Sentence[]>().notNull(),
    timeline: jsonb("timeline").$type<TimelineEntry[]>().notNull(),
    counts: jsonb("counts").$type<Record<string, number>>().notNull(),
    reasons: jsonb("reasons").$type<Reason[]>().notNull(),
    recommendation: text("recommendation").notNull(),
    /** By language; empty for digests of before there were any. No part of what is logged: it says the same. */
    translations: jsonb("translations").$type<Translations>().notNull().default({}),
    /** What people said that something in it is, by what detectors called it; null: nothing. */
    corrections: jsonb("corrections").$type<Corrections>().notNull().default({}),
    /** What it is found by (search-words.ts), and the same as PostgreSQL looks it up. */
    words: text("words").notNull().default(""),
    search: tsvector("search").generatedAlwaysAs(sql`to_tsvector('english', words)`),
    /** When the session began. */
    occurredAt: instant("occurred_at").notNull(),
    /** When the session's last event was received. */
    receivedAt: instant("received_at").notNull(),
    requestedAt: instant("requested_at").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Made in the account's quiet window: its alerts wait until then. Null: they do not wait. */
    quietUntil: instant("quiet_until"),
    /** Whether everything in it came too late to ring for. */
    late: boolean("late").notNull().default(false),
    /** When the newest addendum arrived. */
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.reviewId], review),
    withinAccount([table.accountId, table.sessionId], session),
    withinAccount([table.accountId, table.siteId], site),
    uniqueIndex("digest_once_per_review").on(table.reviewId),
    // What references of an account name; lists go by time, and have the next one.
    uniqueIndex("digest_by_account").on(table.accountId, table.id.desc()),
    index("digest_by_account_and_time").on(table.accountId, table.occurredAt, table.id),
    index("digest_by_session").on(table.sessionId),
  ],
);

/** What workers reported, part by part, as it came: the digest's words are derived from it. */
export const digestPart = pgTable(
  "digest_part",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    reviewId: text("review_id").notNull(),
    part: integer("part").notNull(),
    /** SHA-256 of the report's canonical JSON: the same content twice is one digest. */
    contentHash: bytea("content_hash").notNull(),
    report: jsonb("report").$type<DigestReport>().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.reviewId], review),
    primaryKey({ columns: [table.reviewId, table.part] }),
    index("digest_part_by_account").on(table.accountId, table.reviewId, table.part),
  ],
);
