import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, real, text, uniqueIndex } from "drizzle-orm/pg-core";
import { account } from "../account/account.sql.ts";
import { instant, ownRows, withinAccount } from "../db/tenant.ts";
import { device } from "../device/device.sql.ts";
import type { Box } from "../digest/wire.ts";
import { moment } from "../evidence/evidence.sql.ts";
import { review } from "../review/review.sql.ts";
import type { Arrival } from "../standing.ts";
import { learnable } from "./learnable.ts";
import type { SceneObject } from "./object.ts";
import type { Optics } from "./optics.ts";
import type { SceneArea } from "./wire.ts";

/** What is known of a camera as a whole. */
export const scene = pgTable(
  "scene",
  {
    deviceId: text("device_id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    /** Its newest picture that was learned from, and the review that told of it. */
    learnedUntil: instant("learned_until"),
    learnedIn: text("learned_in"),
    learnedMomentId: text("learned_moment_id"),
    /** How its pictures usually are; null before the first that tells. */
    optics: jsonb("optics").$type<Optics>(),
    areas: jsonb("areas").$type<SceneArea[]>().notNull().default([]),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    withinAccount([table.accountId, table.learnedIn], review),
    withinAccount([table.accountId, table.learnedMomentId], moment),
    index("scene_by_account").on(table.accountId),
  ],
);

/** The things that stand before a camera, and those that have left it lately. */
export const sceneObject = pgTable(
  "scene_object",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id),
    deviceId: text("device_id").notNull(),
    label: text("label").notNull(),
    box: jsonb("box").$type<Box>().notNull(),
    confidence: real("confidence").notNull(),
    hashes: jsonb("hashes").$type<SceneObject["hashes"]>().notNull(),
    colours: jsonb("colours").$type<SceneObject["colours"]>().notNull(),
    /** As somebody of the account calls it. */
    name: text("name"),
    arrivedAt: instant("arrived_at").notNull(),
    arrival: text("arrival").$type<Arrival>().notNull(),
    /** The review that told of it; null: somebody taught it. */
    arrivedIn: text("arrived_in"),
    arrivedMomentId: text("arrived_moment_id"),
    lastSeenAt: instant("last_seen_at").notNull(),
    lastMomentId: text("last_moment_id"),
    /** Null while it stands. */
    goneAt: instant("gone_at"),
    goneIn: text("gone_in"),
    goneMomentId: text("gone_moment_id"),
    tally: jsonb("tally").$type<SceneObject["tally"]>().notNull(),
    evidence: jsonb("evidence").$type<SceneObject["evidence"]>().notNull(),
  },
  (table) => [
    ownRows(),
    withinAccount([table.accountId, table.deviceId], device),
    withinAccount([table.accountId, table.arrivedIn], review),
    withinAccount([table.accountId, table.goneIn], review),
    withinAccount([table.accountId, table.arrivedMomentId], moment),
    withinAccount([table.accountId, table.lastMomentId], moment),
    withinAccount([table.accountId, table.goneMomentId], moment),
    uniqueIndex("scene_object_by_account").on(table.accountId, table.id),
    index("scene_object_by_device").on(table.deviceId, table.goneAt),
    // Nobody is ever learned: whatever the code above it does, no row can name a person or an animal.
    check(
      "scene_object_is_a_thing",
      sql.raw(`label in (${learnable.map((label) => `'${label}'`).join(", ")})`),
    ),
  ],
);
