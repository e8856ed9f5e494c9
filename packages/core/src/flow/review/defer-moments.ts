/**
 * Moments that wait for an addendum: those that a busy system deferred, and those that came late. An addendum is one more
 * job of the same review, which is charged to nobody.
 */
import { eq, type SQL } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { isLifeSafety } from "../../event/wire.ts";
import { review as limits } from "../../limits.ts";
import * as Outbox from "../../outbox/index.ts";
import { currentTraceparent } from "../../platform/trace.ts";
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
  await Review.deferMoments(tx, {
    accountId: account.id,
    reviewId,
    momentIds: chosen.map(({ id }) => id),
  });
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
  const deferred = await Review.listDeferred(tx, reviewId);
  const waiting = deferred
    .filter((row) => !urgent || isLifeSafety(row))
    .slice(0, Quota.tiers[account.tier].k || limits.kDefault);
  if (waiting.length === 0) return false;
  const ids = waiting.map((row) => row.momentId);
  const part = await Review.startAddendum(tx, reviewId, ids);
  await Outbox.append(tx, {
    accountId: account.id,
    reviewId,
    part,
    queue: urgent ? "priority" : "standard",
    urgency: urgent ? Outbox.lifeSafetyUrgency : 0,
    moments: ids.length,
    at: services.clock.now(),
    traceparent: currentTraceparent() ?? (await Outbox.traceparentOf(tx, reviewId)),
  });
  return true;
}
