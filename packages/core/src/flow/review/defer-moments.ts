/**
 * Moments that wait for an addendum: those that a busy system deferred, and those that came late. An addendum is one more
 * job of the same review, which is charged to nobody.
 */
import { and, eq, inArray, isNull, max, type SQL } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import { isLifeSafety } from "../../event/wire.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import { review as limits } from "../../limits.ts";
import * as Outbox from "../../outbox/index.ts";
import * as Quota from "../../quota/index.ts";
import * as Review from "../../review/index.ts";
import { reviewMoment } from "../../review/review.sql.ts";
import type { Services } from "../services.ts";
import { listCandidates } from "./candidates.ts";

/**
 * Ready moments of the events for which `which` holds, and that came after their session's review was made, join it: the
 * best first, while the review names fewer moments than the largest review may. What comes on top of that is not looked at.
 */
export async function deferLateMoments(
  tx: Tx,
  account: Account.Account,
  { reviewId, which }: { reviewId: string; which: SQL },
): Promise<void> {
  const rows = await tx
    .select({ id: reviewMoment.momentId })
    .from(reviewMoment)
    .where(eq(reviewMoment.reviewId, reviewId));
  const named = new Set(rows.map((row) => row.id));
  const ready = await listCandidates(tx, which, account.timeZone);
  const late = ready.filter((candidate) => !named.has(candidate.id));
  const { chosen } = Review.selectMoments(late, Math.max(0, limits.kIdleMax - named.size));
  if (chosen.length === 0) return;
  await tx
    .insert(reviewMoment)
    .values(chosen.map(({ id }) => ({ accountId: account.id, reviewId, momentId: id, part: null })));
}

/** Gives a completed review's deferred moments a job of their own. @returns whether there were any */
export async function requestAddendum(
  services: Services,
  accountId: string,
  reviewId: string,
): Promise<boolean> {
  return inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    return appendAddendum(services, tx, account, { reviewId, urgent: false });
  });
}

/**
 * The same inside a transaction that holds the account's lock. `urgent`: only what threatens life, in front of
 * everything else; it does not wait for the system to be calm.
 */
export async function appendAddendum(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { reviewId, urgent }: { reviewId: string; urgent: boolean },
): Promise<boolean> {
  const found = await Review.get(tx, reviewId);
  if (found.state !== "completed") return false;
  const deferred = await listDeferred(tx, reviewId);
  const waiting = deferred
    .filter((row) => !urgent || isLifeSafety(row))
    .slice(0, Quota.tiers[account.tier].k || limits.kDefault);
  if (waiting.length === 0) return false;
  const [last] = await tx
    .select({ part: max(reviewMoment.part) })
    .from(reviewMoment)
    .where(eq(reviewMoment.reviewId, reviewId));
  const part = (last?.part ?? 0) + 1;
  const ids = waiting.map((row) => row.momentId);
  await tx
    .update(reviewMoment)
    .set({ part })
    .where(and(eq(reviewMoment.reviewId, reviewId), inArray(reviewMoment.momentId, ids)));
  await Outbox.append(tx, {
    accountId: account.id,
    reviewId,
    part,
    queue: urgent ? "priority" : "standard",
    urgency: urgent ? Outbox.lifeSafetyUrgency : 0,
    moments: ids.length,
    at: services.clock.now(),
  });
  return true;
}

/** The moments of a review that have no job yet, in the order of time. */
async function listDeferred(tx: Tx, reviewId: string) {
  return tx
    .select({ momentId: reviewMoment.momentId, type: event.type, mode: event.mode })
    .from(reviewMoment)
    .innerJoin(moment, eq(moment.id, reviewMoment.momentId))
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(and(eq(reviewMoment.reviewId, reviewId), isNull(reviewMoment.part)))
    .orderBy(moment.capturedAt, moment.id);
}
