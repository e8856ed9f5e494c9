import { boolean, doublePrecision, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant, ownRows } from "../db/tenant.ts";
import type { Tier } from "../review/wire.ts";
import type { LabelWishes } from "./wire.ts";

/** The quota day during which the time zone was last changed (quota/calendar.ts). Times are RFC 3339, UTC. */
export type StretchedDay = {
  start: string;
  /** Its end by the time zone that it began in. */
  endUnstretched: string;
  end: string;
  date: string;
};

export const account = pgTable(
  "account",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    tier: text("tier").$type<Tier>().notNull(),
    timeZone: text("time_zone").notNull(),
    /** The quota day of the latest change of time zone, if there was one; see quota/calendar.ts. */
    quotaStretched: jsonb("quota_stretched").$type<StretchedDay>(),
    /** The token bucket of `pro`; null until its first use. */
    bucketTokens: doublePrecision("bucket_tokens"),
    bucketAt: instant("bucket_at"),
    /** Local minutes of the day between which alerts wait; both null: no quiet window. */
    quietFromMinute: integer("quiet_from_minute"),
    quietUntilMinute: integer("quiet_until_minute"),
    /** When the next morning summary is owed; null without quiet hours. */
    summaryDueAt: instant("summary_due_at"),
    /** For how many days pictures are kept; null: for as long as the tier has it. */
    picturesDays: integer("pictures_days"),
    /** After a tier that kept them for longer: for how many days they are kept nevertheless, and until when that holds. */
    picturesHeldDays: integer("pictures_held_days"),
    picturesHeldUntil: instant("pictures_held_until"),
    /** What the account wants told, or not, otherwise than digest/label-rules.ts has it. */
    labels: jsonb("labels").$type<LabelWishes>().notNull().default({}),
    /** Whether models on trial may look at its pictures, and operators say of them which model is right. */
    modelTrials: boolean("model_trials").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  () => [ownRows("id")],
);
