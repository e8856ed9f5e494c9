/** What an account's days were like: events, sessions by level, reviews, what was dismissed, and how soon somebody looked. */
import { type AnyColumn, and, count, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import { reading } from "../../digest/reading.sql.ts";
import { event } from "../../event/event.sql.ts";
import * as Level from "../../level.ts";
import { review } from "../../review/review.sql.ts";
import { session } from "../../session/session.sql.ts";
import type { LevelCounts, TrendDay, TrendDays, TrendView, TrendZone } from "../../trend/wire.ts";
import type { Services } from "../services.ts";
import { withinDays } from "./within-days.ts";

const zonesMax = 24;
const serious = Level.levels.filter((level) => Level.atLeast(level, "elevated"));

type Asked = { tx: Tx; days: TrendDays; timeZone: string };

export async function getTrends(
  services: Services,
  { accountId, ...days }: TrendDays & { accountId: string },
): Promise<TrendView> {
  return inAccount(services.database, accountId, async (tx) => {
    const { timeZone } = await Account.get(tx, accountId);
    const asked: Asked = { tx, days, timeZone };
    const zones = await countZones(asked);
    return {
      ...days,
      timeZone,
      days: await countDays(asked),
      zones: zones.slice(0, zonesMax),
      zonesLeftOut: Math.max(0, zones.length - zonesMax),
      reviews: await countReviews(asked),
      dismissed: await countDismissed(asked),
      response: await measureResponse(asked),
    };
  });
}

/** The day of an instant by the account's calendar: `2026-06-01`. */
function dateOf(column: AnyColumn, timeZone: string): SQL<string> {
  return sql<string>`to_char(${column} at time zone ${timeZone}, 'YYYY-MM-DD')`;
}

async function countDays({ tx, days, timeZone }: Asked): Promise<TrendDay[]> {
  const by = async (table: typeof event | typeof digest) => {
    const date = dateOf(table.occurredAt, timeZone);
    const rows = await tx
      .select({ date, count: count() })
      .from(table)
      .where(withinDays(table.occurredAt, days, timeZone))
      .groupBy(sql`1`);
    return new Map(rows.map((row) => [row.date, row.count]));
  };
  const events = await by(event);
  const digests = await by(digest);
  const sessions = await tx
    .select({
      date: dateOf(session.firstEventAt, timeZone),
      rank: session.levelRank,
      count: count(),
    })
    .from(session)
    .where(and(isNull(session.mergedInto), withinDays(session.firstEventAt, days, timeZone)))
    .groupBy(sql`1`, session.levelRank);
  return datesOf(days).map((date) => ({
    date,
    events: events.get(date) ?? 0,
    digests: digests.get(date) ?? 0,
    sessions: levelCounts(sessions.filter((row) => row.date === date)),
  }));
}

function levelCounts(rows: readonly { rank: number; count: number }[]): LevelCounts {
  const counts = Level.levels.map((level, rank) => [
    level,
    rows.find((row) => row.rank === rank)?.count ?? 0,
  ]);
  return Object.fromEntries(counts) as LevelCounts;
}

function datesOf({ from, until }: TrendDays): string[] {
  const dates: string[] = [];
  for (const day = new Date(from); day <= new Date(until); day.setUTCDate(day.getUTCDate() + 1)) {
    dates.push(day.toISOString().slice(0, 10));
  }
  return dates;
}

async function countZones({ tx, days, timeZone }: Asked): Promise<TrendZone[]> {
  const hour = sql<number>`extract(hour from ${event.occurredAt} at time zone ${timeZone})::int`;
  const rows = await tx
    .select({ zone: event.zone, hour, count: count() })
    .from(event)
    .where(withinDays(event.occurredAt, days, timeZone))
    .groupBy(event.zone, sql`2`);
  const zones = [...Map.groupBy(rows, (row) => row.zone)].map(([zone, cells]) => ({
    zone,
    events: cells.reduce((sum, cell) => sum + cell.count, 0),
    hours: Array.from({ length: 24 }, (_, at) => cells.find((cell) => cell.hour === at)?.count ?? 0),
  }));
  return zones.toSorted((a, b) => b.events - a.events || (a.zone ?? "").localeCompare(b.zone ?? ""));
}

async function countReviews({ tx, days, timeZone }: Asked): Promise<TrendView["reviews"]> {
  const rows = await tx
    .select({ state: review.state, origin: review.origin, count: count() })
    .from(review)
    .where(withinDays(review.requestedAt, days, timeZone))
    .groupBy(review.state, review.origin);
  const sum = (isMeant: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(isMeant).reduce((total, row) => total + row.count, 0);
  return {
    asked: sum(() => true),
    byMembers: sum(({ origin }) => origin === "member"),
    completed: sum(({ state }) => state === "completed"),
    failed: sum(({ state }) => state === "failed"),
  };
}

async function countDismissed({ tx, days, timeZone }: Asked): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(event)
    .where(withinDays(event.dismissedAt, days, timeZone));
  return row?.count ?? 0;
}

/** By the first member who opened each. One that was made late is measured from when it was there. */
async function measureResponse({ tx, days, timeZone }: Asked): Promise<TrendView["response"]> {
  const first = tx
    .select({ digestId: reading.digestId, at: sql<Date>`min(${reading.readAt})`.as("at") })
    .from(reading)
    .groupBy(reading.digestId)
    .as("first");
  const seconds = sql`greatest(0, extract(epoch from ${first.at} - ${digest.createdAt}))`;
  const [row] = await tx
    .select({
      digests: count(),
      opened: count(first.at),
      medianSeconds: sql<number | null>`percentile_cont(0.5) within group (order by ${seconds})
        filter (where ${first.at} is not null)`,
    })
    .from(digest)
    .leftJoin(first, eq(first.digestId, digest.id))
    .where(and(inArray(digest.level, serious), withinDays(digest.occurredAt, days, timeZone)));
  return row ?? { digests: 0, opened: 0, medianSeconds: null };
}
