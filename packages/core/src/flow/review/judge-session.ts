/** The end of a session: its events are judged as a whole. */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { dismissal } from "../../assessment/dismissal.sql.ts";
import * as Assessment from "../../assessment/index.ts";
import type { Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Level from "../../level.ts";
import { session as limits } from "../../limits.ts";
import { session } from "../../session/session.sql.ts";

type Session = typeof session.$inferSelect;

/** Closes an open session, which the transaction has locked, and judges it as a whole. */
export async function judgeSession(tx: Tx, open: Session, timeZone: string, now: Date): Promise<Session> {
  const events = await tx
    .select()
    .from(event)
    .where(eq(event.sessionId, open.id))
    // Of a session with more events than a judgement reads, the weightiest: their order does not matter.
    .orderBy(desc(sql`(${event.assessment} ->> 'score')::float8`), event.occurredAt, event.id)
    .limit(limits.contextEventsMax);
  const assessment = Assessment.assessSession(
    events.map((seen) => ({ ...seen, eventId: seen.id })),
    {
      timeZone,
      history: { zoneEventsPerDay: await usualIn(tx, open.siteId, events[0]?.zone ?? null, now) },
      dismissals: await dismissalsOf(tx, events),
    },
  );
  const [closed] = await tx
    .update(session)
    .set({
      state: "closed",
      closedAt: now,
      assessment,
      score: assessment.score,
      levelRank: Level.rank(assessment.level),
    })
    .where(and(eq(session.id, open.id), eq(session.state, "open")))
    .returning();
  if (!closed) throw new Error(`expected session ${open.id} to be open and locked`);
  return closed;
}

/** What is usual in the zone of the session's weightiest event. */
async function usualIn(tx: Tx, siteId: string, zone: string | null, now: Date): Promise<number | null> {
  const [row] = await tx.execute<{ usual: number | null }>(
    sql`select zone_events_per_day(${siteId}, ${zone}, ${now.toISOString()}::timestamptz) as usual`,
  );
  return row?.usual ?? null;
}

async function dismissalsOf(tx: Tx, events: readonly (typeof event.$inferSelect)[]) {
  const types = [...new Set(events.map((seen) => seen.type))];
  if (types.length === 0) return [];
  const rows = await tx.select().from(dismissal).where(inArray(dismissal.type, types));
  return rows.map(({ type, zone, count }) => ({ type, zone: zone || null, count }));
}
