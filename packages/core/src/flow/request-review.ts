/**
 * Asks for the deep review of a session: quota is claimed, the moments are chosen, and a job is written to the outbox,
 * all in one transaction of the account.
 */
import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import * as Account from "../account/index.ts";
import * as Audit from "../audit/index.ts";
import { inAccount, type Tx } from "../db/index.ts";
import { event } from "../event/event.sql.ts";
import { isLifeSafety } from "../event/wire.ts";
import { moment } from "../evidence/evidence.sql.ts";
import * as Id from "../id.ts";
import * as Level from "../level.ts";
import { localHour } from "../local-time.ts";
import * as Outbox from "../outbox/index.ts";
import { problem } from "../problem.ts";
import * as Quota from "../quota/index.ts";
import * as Review from "../review/index.ts";
import { type Origin, review, reviewMoment } from "../review/review.sql.ts";
import { session } from "../session/session.sql.ts";
import * as Throttle from "../throttle/index.ts";
import { closeInto } from "./close-session.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import type { Services } from "./services.ts";
import { type Load, measureLoad } from "./system-load.ts";

type Session = typeof session.$inferSelect;
type Refused = Extract<Quota.QuotaDecision, { kind: "refused" }>;

/** What asking led to. `existing` is a review that was under way or done before. */
export type Requested =
  | { kind: "created" | "existing"; review: Review.Review; standing: Quota.Standing }
  | { kind: "refused"; refusal: Refused; standing: Quota.Standing };

/**
 * A member asks. An open session is closed by it.
 * @throws `not-found`, `no-evidence`
 */
export async function requestReview(
  services: Services,
  { accountId, sessionId, actor }: { accountId: string; sessionId: string; actor: string },
): Promise<Requested> {
  const load = await measureLoad(services);
  const requested = await inAccount(services.database, accountId, async (tx): Promise<Requested> => {
    const account = await Account.lock(tx, accountId);
    const [found] = await tx.select().from(session).where(eq(session.id, sessionId)).for("update");
    if (!found) throw problem("not-found", `no session ${sessionId}`);
    const now = services.clock.now();
    const existing = await Review.findOfSession(tx, sessionId);
    if (existing)
      return { kind: "existing", review: existing, standing: await Quota.standing(tx, account, now) };
    const closed = found.state === "open" ? await closeInto(tx, found, account.timeZone, now) : found;
    const outcome = await create(services, tx, { account, session: closed, origin: "member", load, actor });
    if (outcome.kind === "no-evidence") {
      throw problem(
        "no-evidence",
        `session ${sessionId} has no image that is ready; upload evidence and seal its event first`,
      );
    }
    const standing = await Quota.standing(tx, await Account.get(tx, accountId), now);
    return outcome.kind === "refused"
      ? { kind: "refused", refusal: outcome.refusal, standing }
      : { kind: "created", review: outcome.review, standing };
  });
  if (requested.kind === "created") await dispatchJobs(services);
  return requested;
}

/**
 * The system asks (with the load measured before the transaction, which holds locks), inside a transaction that found a review to be owed: at `standard` or above, or for life's sake.
 * A refused allowance is no error here: the session keeps its assessment.
 * @returns whether a review was created, so that jobs are to be dispatched after the commit
 */
export async function requestOwed(
  services: Services,
  tx: Tx,
  { session: owed, origin, load }: { session: Session; origin: Origin; load: Load },
): Promise<boolean> {
  if (origin !== "life-safety" && owed.levelRank < Level.rank("standard")) return false;
  const account = await Account.lock(tx, owed.accountId);
  if (await Review.findOfSession(tx, owed.id)) return false;
  const outcome = await create(services, tx, { account, session: owed, origin, load, actor: "system" });
  return outcome.kind === "created";
}

type Ask = { account: Account.Account; session: Session; origin: Origin; load: Load; actor: string };
type Outcome =
  | { kind: "created"; review: Review.Review }
  | { kind: "refused"; refusal: Refused }
  | { kind: "no-evidence" };

async function create(services: Services, tx: Tx, ask: Ask): Promise<Outcome> {
  const { account, session: target, load } = ask;
  const candidates = await candidatesOf(tx, target.id, account.timeZone);
  if (candidates.length === 0) return { kind: "no-evidence" };
  const now = services.clock.now();
  const id = Id.create("review");
  const lifeSafety = target.assessment.lifeSafety || ask.origin === "life-safety";
  const decision = await Quota.claimReview(tx, account, { reviewId: id, lifeSafety, now });
  if (decision.kind === "refused") return { kind: "refused", refusal: decision };
  const idle = Throttle.isIdle(load.overload);
  const k = Throttle.kFor(load.overload, { tier: account.tier, idle });
  const { chosen, left } = Review.selectMoments(candidates, k);
  const created: Review.Review = {
    id,
    accountId: account.id,
    sessionId: target.id,
    state: "queued",
    origin: ask.origin,
    queue: decision.queue,
    k,
    reasons: reasonsOf(decision, load, { k, chosen: chosen.length, left: left.length, idle }),
    failures: 0,
    failure: null,
    requestedAt: now,
    finishedAt: null,
  };
  await tx.insert(review).values(created);
  await tx.insert(reviewMoment).values(
    [...chosen.map((c) => ({ c, part: 0 })), ...left.map((c) => ({ c, part: null }))].map(({ c, part }) => ({
      accountId: account.id,
      reviewId: id,
      momentId: c.id,
      part,
    })),
  );
  await Outbox.append(tx, {
    accountId: account.id,
    reviewId: id,
    part: 0,
    queue: decision.queue,
    urgency: lifeSafety ? 4 : target.levelRank,
    moments: chosen.length,
    at: now,
  });
  if (decision.by === "life-safety") {
    await Audit.record(tx, {
      accountId: account.id,
      actor: ask.actor,
      action: "review.life-safety",
      subject: id,
      detail: { sessionId: target.id },
      at: now,
    });
  }
  return { kind: "created", review: created };
}

function reasonsOf(
  decision: Quota.Granted,
  load: Load,
  { k, chosen, left, idle }: { k: number; chosen: number; left: number; idle: boolean },
): string[] {
  const basis = {
    daily: "Counts towards today's deep reviews.",
    bucket: "Took a token for the priority queue.",
    overflow: "No token was left for the priority queue, so it goes to the standard queue.",
    "life-safety": "Life-safety: beyond every limit.",
  }[decision.by];
  return [
    basis,
    ...Throttle.reasons(load.overload),
    ...(idle && k > 20 ? [`The system is idle, so up to ${k} moments are looked at.`] : []),
    ...(left > 0
      ? [`${chosen} of ${chosen + left} moments are looked at now; ${left} follow as an addendum.`]
      : []),
  ];
}

async function candidatesOf(tx: Tx, sessionId: string, timeZone: string): Promise<Review.Candidate[]> {
  const rows = await tx
    .select({ moment, event })
    .from(moment)
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(and(eq(event.sessionId, sessionId), eq(moment.state, "ready")))
    .limit(2_000);
  return rows.map(({ moment: piece, event: reported }) => ({
    id: piece.id,
    eventId: reported.id,
    deviceId: reported.deviceId,
    eventType: reported.type,
    zone: reported.zone,
    confidence: reported.confidence,
    capturedAt: piece.capturedAt,
    sha256: piece.sha256,
    lifeSafety: isLifeSafety(reported),
    priority: priorityOf(reported),
    localHour: localHour(piece.capturedAt, timeZone),
  }));
}

function priorityOf(reported: typeof event.$inferSelect): 1 | 2 | 3 | 4 {
  return ([1, 2, 3, 4] as const)[Level.rank(reported.assessment.level)] ?? 1;
}

/** Moments that became ready after their session's review was made wait for an addendum. */
export async function deferLateMoments(tx: Tx, accountId: string, sessionId: string): Promise<void> {
  const found = await Review.findOfSession(tx, sessionId);
  if (!found) return;
  const named = tx
    .select({ id: reviewMoment.momentId })
    .from(reviewMoment)
    .where(eq(reviewMoment.reviewId, found.id));
  const late = await tx
    .select({ momentId: moment.id })
    .from(moment)
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(and(eq(event.sessionId, sessionId), eq(moment.state, "ready"), notInArray(moment.id, named)));
  if (late.length === 0) return;
  await tx
    .insert(reviewMoment)
    .values(late.map(({ momentId }) => ({ accountId, reviewId: found.id, momentId, part: null })))
    .onConflictDoNothing();
}

/** Gives a completed review's deferred moments a job of their own. @returns whether there were any */
export async function requestAddendum(
  services: Services,
  accountId: string,
  reviewId: string,
): Promise<boolean> {
  return inAccount(services.database, accountId, async (tx) => {
    const account = await Account.lock(tx, accountId);
    const found = await Review.get(tx, reviewId);
    const waiting = await tx
      .select({ momentId: reviewMoment.momentId })
      .from(reviewMoment)
      .where(and(eq(reviewMoment.reviewId, reviewId), isNull(reviewMoment.part)))
      .orderBy(reviewMoment.momentId)
      .limit(Quota.tiers[account.tier].k || Quota.tiers.guardian.k);
    if (waiting.length === 0 || found.state !== "completed") return false;
    const [last] = await tx
      .select({ part: sql<number>`coalesce(max(${reviewMoment.part}), 0)::int` })
      .from(reviewMoment)
      .where(eq(reviewMoment.reviewId, reviewId));
    const part = (last?.part ?? 0) + 1;
    for (const { momentId } of waiting) {
      await tx
        .update(reviewMoment)
        .set({ part })
        .where(and(eq(reviewMoment.reviewId, reviewId), eq(reviewMoment.momentId, momentId)));
    }
    await Outbox.append(tx, {
      accountId,
      reviewId,
      part,
      queue: "standard",
      urgency: 0,
      moments: waiting.length,
      at: services.clock.now(),
    });
    return true;
  });
}
