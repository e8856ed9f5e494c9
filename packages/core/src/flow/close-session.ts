/** A session has fallen silent: it is judged as a whole, and asks for its review. */
import { and, eq, inArray } from "drizzle-orm";
import * as Account from "../account/index.ts";
import { dismissal } from "../assessment/dismissal.sql.ts";
import * as Assessment from "../assessment/index.ts";
import { inAccount, type Tx } from "../db/index.ts";
import { event } from "../event/event.sql.ts";
import * as Level from "../level.ts";
import { session as limits } from "../limits.ts";
import { session } from "../session/session.sql.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { requestOwed } from "./request-review.ts";
import type { Services } from "./services.ts";
import { recentLoad } from "./system-load.ts";

type Session = typeof session.$inferSelect;

/** `closed` now or before; otherwise when it is due. `missing` when there is no such session. */
export type Closing = { kind: "closed" } | { kind: "not-due"; closesAt: Date } | { kind: "missing" };

/** Closes the session if it is due. Closing and asking for the review are one transaction: neither happens alone. */
export async function closeSession(services: Services, sessionId: string): Promise<Closing> {
  const [owner] = await services.database.sql<
    { id: string | null }[]
  >`select account_of_session(${sessionId}) as id`;
  const accountId = owner?.id;
  if (!accountId) return { kind: "missing" };
  const load = await recentLoad(services);
  const { closing, requested } = await inAccount(services.database, accountId, async (tx) => {
    const now = services.clock.now();
    const account = await Account.lock(tx, accountId);
    // An event that joins at this moment waits for the lock, finds the session closed, and looks again.
    const [found] = await tx.select().from(session).where(eq(session.id, sessionId)).for("no key update");
    if (!found) return { closing: { kind: "missing" } as const, requested: false };
    if (found.state === "closed") return { closing: { kind: "closed" } as const, requested: false };
    if (found.closesAt > now)
      return { closing: { kind: "not-due", closesAt: found.closesAt } as const, requested: false };
    const closed = await closeInto(tx, found, account.timeZone, now);
    const origin = closed.assessment.lifeSafety ? "life-safety" : "session-closed";
    const created = await requestOwed(services, tx, { session: closed, origin, load });
    return { closing: { kind: "closed" } as const, requested: created };
  });
  if (requested) await dispatchJobs(services);
  return closing;
}

/** Closes an open session, which the transaction has locked, and judges it as a whole. */
export async function closeInto(tx: Tx, open: Session, timeZone: string, now: Date): Promise<Session> {
  const events = await tx
    .select()
    .from(event)
    .where(eq(event.sessionId, open.id))
    .orderBy(event.occurredAt, event.id)
    .limit(limits.contextEventsMax);
  const assessment = Assessment.assessSession(
    events.map((seen) => ({ ...seen, eventId: seen.id })),
    { timeZone, history: { zoneEventsPerDay: null }, dismissals: await dismissalsOf(tx, events) },
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

async function dismissalsOf(tx: Tx, events: readonly (typeof event.$inferSelect)[]) {
  const types = [...new Set(events.map((seen) => seen.type))];
  if (types.length === 0) return [];
  const rows = await tx.select().from(dismissal).where(inArray(dismissal.type, types));
  return rows.map(({ type, zone, count }) => ({ type, zone: zone || null, count }));
}
