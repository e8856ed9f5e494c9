/** What an account's days were like, in figures: `GET /v1/trends`, and the days that lists are asked for. */
import * as z from "zod";
import { levels } from "../level.ts";

/** A day of the account's calendar. */
export const CalendarDate = z.iso.date().meta({ example: "2026-06-01" });

const dayMs = 24 * 60 * 60 * 1000;
/** How many days are looked at together. */
export const daysMax = 92;

/** From one day on, until another, both of them included. Either may be left out. */
export const Days = z.object({ from: CalendarDate, until: CalendarDate }).partial();
export type Days = z.infer<typeof Days>;

export const TrendDays = z
  .object({ from: CalendarDate, until: CalendarDate })
  .refine(
    ({ from, until }) => Date.parse(from) <= Date.parse(until),
    "expected `from` before `until`, or the same day",
  )
  .refine(
    ({ from, until }) => Date.parse(until) - Date.parse(from) < daysMax * dayMs,
    `expected at most ${daysMax} days`,
  );
export type TrendDays = z.infer<typeof TrendDays>;

export const LevelCounts = z
  .object({ low: z.int(), standard: z.int(), elevated: z.int(), critical: z.int() } satisfies Record<
    (typeof levels)[number],
    z.ZodType
  >)
  .meta({ id: "LevelCounts" });
export type LevelCounts = z.infer<typeof LevelCounts>;

export const TrendDay = z
  .object({
    date: CalendarDate,
    events: z.int(),
    sessions: LevelCounts.describe("Sessions that began on that day, by their level"),
    digests: z.int(),
  })
  .meta({ id: "TrendDay" });
export type TrendDay = z.infer<typeof TrendDay>;

export const TrendZone = z
  .object({
    zone: z.string().nullable().describe("Null: the events named none"),
    events: z.int(),
    hours: z.array(z.int()).length(24).describe("Events by the hour of the account's clock, from 0"),
  })
  .meta({ id: "TrendZone" });
export type TrendZone = z.infer<typeof TrendZone>;

export const TrendView = z
  .object({
    from: CalendarDate,
    until: CalendarDate,
    timeZone: z.string(),
    days: z.array(TrendDay).describe("Every day, also those on which nothing happened"),
    zones: z.array(TrendZone).describe("Those with the most events first"),
    zonesLeftOut: z.int().describe("How many zones with fewer events are not listed"),
    reviews: z.object({
      asked: z.int(),
      byMembers: z.int().describe("Of these, asked for by a member"),
      completed: z.int(),
      failed: z.int(),
    }),
    dismissed: z.int().describe("Events that members called false in that time"),
    response: z
      .object({
        digests: z.int().describe("Digests at elevated or above"),
        opened: z.int().describe("Of these, opened by a member"),
        medianSeconds: z
          .number()
          .nullable()
          .describe("Half of them were opened within this time; null: none was"),
      })
      .describe("How soon members looked at what was serious"),
  })
  .meta({ id: "Trends", description: "What an account's days were like, in figures." });
export type TrendView = z.infer<typeof TrendView>;
