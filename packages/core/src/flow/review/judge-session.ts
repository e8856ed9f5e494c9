/** The end of a session: its events are judged as a whole. */
import { and, desc, eq, gte, lt, ne, sql } from "drizzle-orm";
import * as Assessment from "../../assessment/index.ts";
import type { Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import type { Event } from "../../event/index.ts";
import { session as limits } from "../../limits.ts";
import type { Seen } from "../../seen.ts";
import * as Session from "../../session/index.ts";

/** Closes an open session, which the transaction has locked, and judges it as a whole. */
export async function judgeSession(
  tx: Tx,
  open: Session.Session,
  timeZone: string,
  now: Date,
): Promise<Session.Session> {
  return Session.close(tx, open.id, await assessWhole(tx, open, { timeZone, now }), now);
}

type Judging = { timeZone: string; now: Date; pictures?: Pictures };

/** What pictures show: of an event, and of the other events of a camera that showed nobody throughout. */
export type Pictures = { ofEvent: ReadonlyMap<string, Seen>; ofCamera: ReadonlyMap<string, Seen> };

/** Judges a session by all of its events, and by what their pictures show where they were looked at. */
export async function assessWhole(
  tx: Tx,
  whole: Pick<Session.Session, "id" | "siteId">,
  { timeZone, now, pictures }: Judging,
): Promise<Assessment.Assessment> {
  const events = await tx
    .select()
    .from(event)
    .where(eq(event.sessionId, whole.id))
    // Of a session with more events than a judgement reads, the weightiest: their order does not matter.
    .orderBy(desc(sql`(${event.assessment} ->> 'score')::float8`), event.occurredAt, event.id)
    .limit(limits.contextEventsMax);
  const seen = events.map((one) => ({
    ...one,
    eventId: one.id,
    seen: pictures?.ofEvent.get(one.id) ?? pictures?.ofCamera.get(one.deviceId) ?? null,
  }));
  const around = await circumstancesOf(tx, whole.siteId, events, { timeZone, now });
  const before = await listBefore(tx, whole, events);
  return Assessment.tellLateness(Assessment.assessSession(seen, { ...around, before }), seen);
}

/** What happened at the site shortly before these events, which are of one session: the latest of it. */
async function listBefore(
  tx: Tx,
  { id, siteId }: Pick<Session.Session, "id" | "siteId">,
  events: readonly Event[],
): Promise<Assessment.Observation[]> {
  const first = Math.min(...events.map(({ occurredAt }) => occurredAt.getTime()));
  const rows = await tx
    .select()
    .from(event)
    .where(
      and(
        eq(event.siteId, siteId),
        ne(event.sessionId, id),
        gte(event.occurredAt, new Date(first - limits.contextMs)),
        lt(event.occurredAt, new Date(first)),
      ),
    )
    .orderBy(desc(event.occurredAt))
    .limit(limits.contextEventsMax);
  return rows.map((row) => ({ ...row, eventId: row.id }));
}

/** What a judgement of these events weighs beside them. The first of them names the zone. */
export async function circumstancesOf(
  tx: Tx,
  siteId: string,
  events: readonly Event[],
  { timeZone, now }: { timeZone: string; now: Date },
): Promise<Omit<Assessment.Circumstances, "recent">> {
  return {
    timeZone,
    history: { zoneEventsPerDay: await usualIn(tx, siteId, events[0]?.zone ?? null, now) },
    dismissals: await Assessment.listDismissals(tx, [...new Set(events.map((seen) => seen.type))]),
  };
}

/** What is usual in the zone of the session's weightiest event. */
async function usualIn(tx: Tx, siteId: string, zone: string | null, now: Date): Promise<number | null> {
  const { rows } = await tx.execute<{ usual: number | null }>(
    sql`select zone_events_per_day(${siteId}, ${zone}, ${now.toISOString()}::timestamptz) as usual`,
  );
  return rows[0]?.usual ?? null;
}
