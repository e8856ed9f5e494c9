/** Sessions of a site that have come close enough become one: see session/regroup.ts. */
import { and, eq, gte, inArray, isNull, lte, ne, or } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Level from "../../level.ts";
import { session as limits } from "../../limits.ts";
import { review } from "../../review/review.sql.ts";
import * as Session from "../../session/index.ts";
import { session } from "../../session/session.sql.ts";
import type { Services } from "../services.ts";
import { type Load, recentLoad } from "../system-load.ts";
import { deferLateMoments } from "./defer-moments.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { assessWhole } from "./judge-session.ts";
import { requestOwed } from "./request-review.ts";
import { rewriteDigest } from "./rewrite-digest.ts";

type Row = typeof session.$inferSelect;

/** Joins what an event has brought together. @returns the session that the event is in now */
export async function regroupAround(
  services: Services,
  { accountId, siteId, occurredAt, id }: { accountId: string; siteId: string; occurredAt: Date; id: string },
): Promise<string> {
  const load = await recentLoad(services);
  const { sessionId, requested } = await inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    const joined = await joinNeighbours(services, tx, account, { siteId, around: occurredAt, load });
    const [found] = await tx.select({ sessionId: event.sessionId }).from(event).where(eq(event.id, id));
    if (!found) throw new Error(`expected the event ${id}`);
    return { sessionId: found.sessionId, requested: joined.requested };
  });
  if (requested) await dispatchJobs(services);
  return sessionId;
}

/** Inside a transaction that holds the account's lock. */
export async function joinNeighbours(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { siteId, around, load }: { siteId: string; around: Date; load: Load },
): Promise<{ merged: boolean; requested: boolean }> {
  const bounds = { gapMs: services.policy.sessionGapSeconds * 1000, lengthMsMax: limits.lengthMsMax };
  const reachMs = bounds.lengthMsMax + bounds.gapMs;
  const rows = await tx
    .select()
    .from(session)
    .where(
      and(
        eq(session.siteId, siteId),
        isNull(session.mergedInto),
        gte(session.lastEventAt, new Date(around.getTime() - reachMs)),
        // A session is shorter than the reach.
        lte(session.lastEventAt, new Date(around.getTime() + 2 * reachMs)),
        lte(session.firstEventAt, new Date(around.getTime() + reachMs)),
      ),
    )
    .orderBy(session.id)
    .for("no key update");
  if (rows.length < 2) return { merged: false, requested: false };
  const told = await listReviewed(
    tx,
    rows.map((row) => row.id),
  );
  const merges = Session.regroup(
    rows.map((row) => ({ ...row, reviewed: told.has(row.id) })),
    bounds,
  );
  let requested = false;
  for (const { survivorId, absorbedIds } of merges) {
    const group = rows.filter((row) => row.id === survivorId || absorbedIds.includes(row.id));
    requested = (await mergeSessions(services, tx, account, { survivorId, group, load })) || requested;
  }
  return { merged: merges.length > 0, requested };
}

/** Sessions that have, or had, a review: one that failed may be put back. */
async function listReviewed(tx: Tx, sessionIds: string[]): Promise<Set<string>> {
  const rows = await tx
    .select({ id: review.sessionId })
    .from(review)
    .where(and(inArray(review.sessionId, sessionIds), ne(review.state, "cancelled")));
  return new Set(rows.map((row) => row.id));
}

type Group = { survivorId: string; group: readonly Row[]; load: Load };

/** The sessions become the first one named, inside a transaction that holds the account's lock. @returns whether a review was created */
export async function mergeSessions(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { survivorId, group, load }: Group,
): Promise<boolean> {
  const now = services.clock.now();
  const absorbedIds = group.filter((row) => row.id !== survivorId).map((row) => row.id);
  await tx.update(event).set({ sessionId: survivorId }).where(inArray(event.sessionId, absorbedIds));
  await tx
    .update(session)
    .set({ state: "closed", closedAt: now, mergedInto: survivorId })
    // What had become part of them before has become part of this one.
    .where(or(inArray(session.id, absorbedIds), inArray(session.mergedInto, absorbedIds)));
  const whole = wholeOf(group);
  const open = group.some((row) => row.state === "open");
  if (open) {
    await tx
      .update(session)
      .set({ ...whole, state: "open", closedAt: null })
      .where(eq(session.id, survivorId));
    return false;
  }
  const siteId = group[0]?.siteId ?? "";
  const assessment = await assessWhole(tx, { id: survivorId, siteId }, { timeZone: account.timeZone, now });
  const [joined] = await tx
    .update(session)
    .set({ ...whole, assessment, score: assessment.score, levelRank: Level.rank(assessment.level) })
    .where(eq(session.id, survivorId))
    .returning();
  if (!joined) throw new Error(`expected session ${survivorId} to be there and locked`);
  const reviewId = await rewriteDigest(tx, account, survivorId, now);
  if (reviewId === undefined) {
    const origin = assessment.lifeSafety ? "life-safety" : "session-closed";
    return requestOwed(services, tx, { session: joined, origin, load });
  }
  await deferLateMoments(tx, account, { reviewId, which: eq(event.sessionId, survivorId) });
  return false;
}

/** Several sessions as one: the weightiest assessment stands until the whole is judged. */
function wholeOf(group: readonly Row[]) {
  const times = (of: (row: Row) => Date) => group.map((row) => of(row).getTime());
  const open = group.filter((row) => row.state === "open");
  const [weightiest] = group.toSorted((a, b) => b.score - a.score);
  return {
    firstEventAt: new Date(Math.min(...times((row) => row.firstEventAt))),
    lastEventAt: new Date(Math.max(...times((row) => row.lastEventAt))),
    openedAt: new Date(Math.min(...times((row) => row.openedAt))),
    lastReceivedAt: new Date(Math.max(...times((row) => row.lastReceivedAt))),
    closesAt: new Date(Math.max(...(open.length > 0 ? open : group).map((row) => row.closesAt.getTime()))),
    levelRank: Math.max(...group.map((row) => row.levelRank)),
    ...(weightiest ? { score: weightiest.score, assessment: weightiest.assessment } : {}),
  };
}
