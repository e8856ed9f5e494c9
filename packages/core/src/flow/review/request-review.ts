/**
 * Asks for the deep review of a session: quota is claimed, the moments are chosen, and a job is written to the outbox,
 * all in one transaction of the account.
 */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import * as Id from "../../id.ts";
import * as Level from "../../level.ts";
import { review as limits } from "../../limits.ts";
import * as Outbox from "../../outbox/index.ts";
import { currentTraceparent } from "../../platform/trace.ts";
import { problem } from "../../problem.ts";
import * as Quota from "../../quota/index.ts";
import * as Review from "../../review/index.ts";
import type { Origin } from "../../review/review.sql.ts";
import * as Session from "../../session/index.ts";
import * as Throttle from "../../throttle/index.ts";
import { afterCommit } from "../after-commit.ts";
import { noteReview } from "../deliver/note-moves.ts";
import { tellUsage } from "../deliver/tell-usage.ts";
import type { Services } from "../services.ts";
import { findHeldBack } from "../source/gate-session.ts";
import { type Load, recentLoad } from "../system-load.ts";
import { listCandidates } from "./candidates.ts";
import { dispatchJobs } from "./dispatch-jobs.ts";
import { judgeSession } from "./judge-session.ts";

type Refused = Extract<Quota.QuotaDecision, { kind: "refused" }>;

/** What asking led to. `existing` is a review that was under way or done before. */
export type Requested =
  | { kind: "created" | "existing"; review: Review.Review; balance: Quota.Balance }
  | { kind: "refused"; refusal: Refused; balance: Quota.Balance };

/**
 * A member asks. An open session is closed by it.
 * @throws `not-found`, `no-evidence`
 */
export async function requestReview(
  services: Services,
  { accountId, sessionId, actor }: { accountId: string; sessionId: string; actor: string },
): Promise<Requested> {
  const refused = await findRefusal(services, accountId, sessionId);
  if (refused) return refused;
  const load = await recentLoad(services);
  const requested = await inAccount(services.database, accountId, async (tx): Promise<Requested> => {
    const account = await Account.lock(tx, accountId);
    const found = await Session.lock(tx, sessionId);
    if (!found) throw problem("not-found", `no session ${sessionId}`);
    const now = services.clock.now();
    const existing = await Review.findOfSession(tx, found.id);
    if (existing) {
      return { kind: "existing", review: existing, balance: await Quota.balance(tx, account, now) };
    }
    const closed = found.state === "open" ? await judgeSession(tx, found, account.timeZone, now) : found;
    const outcome = await create(services, tx, { account, session: closed, origin: "member", load, actor });
    if (outcome.kind === "no-evidence") {
      throw problem(
        "no-evidence",
        `session ${sessionId} has no image that is ready; upload evidence and seal its event first`,
      );
    }
    const balance = await Quota.balance(tx, await Account.get(tx, accountId), now);
    return outcome.kind === "refused"
      ? { kind: "refused", refusal: outcome.refusal, balance }
      : { kind: "created", review: outcome.review, balance };
  });
  if (requested.kind === "created") await afterCommit(services, "dispatch", () => dispatchJobs(services));
  return requested;
}

/**
 * Refuses without a lock what is refused anyway, so that a storm of requests beyond the allowance does not queue up for the
 * account, and leaves its open session open. Who is not refused here is decided under the lock.
 */
async function findRefusal(
  services: Services,
  accountId: string,
  sessionId: string,
): Promise<Requested | undefined> {
  return inAccount(services.database, accountId, async (tx) => {
    const found = await Session.find(tx, sessionId);
    if (!found || (await Review.findOfSession(tx, found.id))) return undefined;
    const balance = await Quota.balance(tx, await Account.get(tx, accountId), services.clock.now());
    const decision = Quota.decide({ ...balance, lifeSafety: found.assessment.lifeSafety });
    return decision.kind === "refused" ? { kind: "refused", refusal: decision, balance } : undefined;
  });
}

/**
 * The system asks, inside a transaction that found a review to be owed: at `standard` or above, or for life's sake. The
 * load was measured before that transaction, which holds locks. A refused allowance is no error here: the session keeps
 * its assessment; and so does one whose devices cry wolf.
 * @returns whether a review was created, so that jobs are to be dispatched after the commit
 */
export async function requestOwed(
  services: Services,
  tx: Tx,
  { session: owed, origin, load }: { session: Session.Session; origin: Origin; load: Load },
): Promise<boolean> {
  if (origin !== "life-safety") {
    if (owed.levelRank < Level.rank("standard")) return false;
    if ((await findHeldBack(tx, [owed], services.clock.now())).size > 0) return false;
  }
  const account = await Account.lock(tx, owed.accountId);
  if (await Review.findOfSession(tx, owed.id)) return false;
  const outcome = await create(services, tx, { account, session: owed, origin, load, actor: "system" });
  return outcome.kind === "created";
}

type Ask = { account: Account.Account; session: Session.Session; origin: Origin; load: Load; actor: string };
type Outcome =
  | { kind: "created"; review: Review.Review }
  | { kind: "refused"; refusal: Refused }
  | { kind: "no-evidence" };

async function create(services: Services, tx: Tx, ask: Ask): Promise<Outcome> {
  const { account, session: target, load } = ask;
  const candidates = await listCandidates(tx, eq(event.sessionId, target.id), account.timeZone);
  if (candidates.length === 0) return { kind: "no-evidence" };
  const now = services.clock.now();
  const id = Id.create("review");
  const lifeSafety = target.assessment.lifeSafety || ask.origin === "life-safety";
  const decision = await Quota.claimReview(tx, account, { reviewId: id, lifeSafety, now });
  if (decision.kind === "refused") return { kind: "refused", refusal: decision };
  const idle = Throttle.isIdle(load.overload);
  const k = Throttle.kFor(load.overload, { tier: account.tier, idle });
  // What a calm system would look at is what is owed: a shrunken K defers some of it, and owes nothing beyond it.
  const owed = Review.selectMoments(candidates, Math.max(k, Quota.tiers[account.tier].k)).chosen;
  const { chosen, left } = Review.selectMoments(owed, k);
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
  await Review.record(tx, created, { chosen, deferred: left });
  if (decision.by === "daily") await tellUsage(services, tx, account);
  await Outbox.append(tx, {
    accountId: account.id,
    reviewId: id,
    part: 0,
    queue: decision.queue,
    urgency: lifeSafety ? Outbox.lifeSafetyUrgency : target.levelRank,
    moments: chosen.length,
    at: now,
    // Where nobody's request or message is under way, as in the sweep, it is the session's.
    traceparent: currentTraceparent() ?? target.traceparent,
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
  await noteReview(tx, created, "queued", now);
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
    ...(idle && k > limits.kDefault ? [`The system is idle, so up to ${k} moments are looked at.`] : []),
    ...(left > 0
      ? [`${chosen} of ${chosen + left} moments are looked at now; ${left} follow as an addendum.`]
      : []),
  ];
}
