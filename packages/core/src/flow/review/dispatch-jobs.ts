/**
 * Sends waiting jobs to the queue, in a fair order and no more than a window of them: the backlog waits in the database,
 * where an account's flood can be held back, and SQS stays short (docs/decisions/0001-who-schedules.md).
 */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Consent from "../../consent/index.ts";
import { nothingAllowed } from "../../consent/wire.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Fairness from "../../fairness/index.ts";
import * as Level from "../../level.ts";
import { queue as queueLimits, review as reviewLimits } from "../../limits.ts";
import * as Outbox from "../../outbox/index.ts";
import { outbox } from "../../outbox/outbox.sql.ts";
import { sendSpan } from "../../platform/message-spans.ts";
import * as Review from "../../review/index.ts";
import type { Job, QueueName } from "../../review/wire.ts";
import * as Session from "../../session/index.ts";
import type { Services } from "../services.ts";
import { recentLoad } from "../system-load.ts";
import { presignMoment } from "./presign-moment.ts";

/** Whoever admits jobs holds this advisory lock, so that two publishers do not overfill the window. */
const admissionLock = 7_241_987;
/** Bounds what one call leases and sends, so that it ends well within the lease. */
const sendsMax = 200;
const sendsAtOnce = 10;

/**
 * Admits and sends what the window has room for. Called after every commit that adds or ends work, and by the sweep: a
 * crash between a commit and its send costs time, not the job.
 * @returns how many jobs the run sent, for whomever it ran
 */
export async function dispatchJobs(services: Services): Promise<number> {
  return services.dispatchInTurn(() => dispatchOnce(services));
}

async function dispatchOnce(services: Services): Promise<number> {
  const leased = await admit(services);
  let sent = 0;
  // In the order of admission, a few at a time: the queue keeps roughly the order in which it is filled.
  for (let first = 0; first < leased.length; first += sendsAtOnce) {
    const batch = leased.slice(first, first + sendsAtOnce);
    const outcomes = await Promise.allSettled(batch.map((job) => send(services, job)));
    const failures = outcomes.filter((outcome) => outcome.status === "rejected");
    for (const { reason } of failures) services.log.warn({ err: reason }, "a job could not be sent");
    sent += batch.length - failures.length;
    // A queue that takes none is not there. The lease runs out and another publisher takes the rest up.
    if (failures.length === batch.length) break;
  }
  return sent;
}

async function admit(services: Services): Promise<{ outboxId: string; accountId: string }[]> {
  const now = services.clock.now();
  const { momentsPerSecond } = await recentLoad(services);
  const window = Fairness.windowSize({ momentsPerSecond });
  return services.database.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${admissionLock})`;
    const inFlight = await Outbox.listInFlight(sql, now);
    const flying = (queue: QueueName) =>
      inFlight.filter((entry) => entry.queue === queue).reduce((sum, entry) => sum + entry.moments, 0);
    const room = {
      priority: window.priority - flying("priority"),
      standard: window.standard - flying("standard"),
    };
    // A review has at least one moment, so no account can use more rows than there is room for moments. Beyond the
    // window goes one.
    const perAccountMax = Math.min(Math.max(room.priority, room.standard, 1), sendsMax);
    const waiting = await Outbox.listWaiting(sql, now, perAccountMax);
    if (waiting.length === 0) return [];
    const served = await Outbox.listServed(sql, new Date(now.getTime() - Fairness.recentMs));
    const admitted = Fairness.admit({
      waiting: waiting.map(reviewOf),
      inFlightByAccount: sumByAccount(inFlight),
      recentByAccount: new Map(served.map(({ accountId, ...recent }) => [accountId, recent])),
      room,
      urgentUnderWay: new Set(
        inFlight.filter(({ queue }) => queue === "priority").map(({ accountId }) => accountId),
      ),
    });
    const order = admitted.slice(0, sendsMax).map((job) => job.reviewId);
    if (order.length === 0) return [];
    const leased = new Map((await Outbox.lease(sql, order, now)).map((job) => [job.outboxId, job]));
    return order.flatMap((id) => leased.get(id) ?? []);
  });
}

function reviewOf(job: Outbox.Waiting): Fairness.WaitingReview {
  return {
    reviewId: job.outboxId,
    accountId: job.accountId,
    queue: job.queue,
    level: Level.levels[Math.min(job.urgency, 3)] ?? "low",
    lifeSafety: job.urgency >= Outbox.lifeSafetyUrgency,
    moments: job.moments,
    requestedAt: job.createdAt,
  };
}

function sumByAccount(inFlight: readonly Outbox.InFlight[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { accountId, moments } of inFlight) sums.set(accountId, (sums.get(accountId) ?? 0) + moments);
  return sums;
}

/**
 * Lets jobs whose message seems lost be sent once more: sent so long ago that the queue has given it up, not ended, and
 * nothing visible in its queue. Safe, because a digest that arrives twice is stored once.
 * @returns how many jobs wait to be sent again
 */
export async function releaseLost(services: Services): Promise<number> {
  const sentBefore = new Date(services.clock.now().getTime() - queueLimits.lostMsMin);
  let released = 0;
  for (const queue of ["priority", "standard"] as const) {
    if ((await Outbox.countOverdue(services.database.sql, queue, sentBefore)) === 0) continue;
    // While no worker receives, messages wait in sight: none of them is lost.
    if ((await services.jobs[queue].depth()).visible > 0) continue;
    const jobs = await Outbox.releaseOverdue(services.database.sql, queue, sentBefore);
    released += jobs;
    services.log.warn({ queue, jobs }, "jobs were sent long ago and have not ended; they are sent once more");
  }
  return released;
}

async function send(
  services: Services,
  { outboxId, accountId }: { outboxId: string; accountId: string },
): Promise<void> {
  const now = services.clock.now();
  const found = await inAccount(services.database, accountId, (tx) => findOwed(tx, accountId, outboxId, now));
  if (!found) return;
  const { entry, asked } = found;
  const attributes = { "vigil.queue": entry.queue, "vigil.review": asked.id };
  const sending = sendSpan("jobs", entry.traceparent, attributes);
  await services.tracer.span(sending, async ({ traceparent }) => {
    const body = await jobOf(services, found, traceparent);
    await services.jobs[entry.queue].send(body, { traceparent });
  });
  await inAccount(services.database, accountId, (tx) => Outbox.markSent(tx, outboxId, now));
}

type Owed = NonNullable<Awaited<ReturnType<typeof findOwed>>>;

/** Undefined, and settled, when nobody wants it any more. */
async function findOwed(tx: Tx, accountId: string, outboxId: string, now: Date) {
  const [entry] = await tx.select().from(outbox).where(eq(outbox.id, outboxId));
  if (!entry) throw new Error(`expected the outbox entry ${outboxId}`);
  const asked = await Review.get(tx, entry.reviewId);
  const wanted = entry.part === 0 ? ["queued", "running"].includes(asked.state) : asked.state === "completed";
  if (!wanted) {
    await Outbox.settle(tx, entry.reviewId, entry.part, now);
    return undefined;
  }
  const visited = await Session.find(tx, asked.sessionId);
  const account = await Account.get(tx, accountId);
  const inspect = visited ? await Consent.allowedAt(tx, visited.siteId) : nothingAllowed;
  const moments = await Review.listMoments(tx, asked.id, entry.part);
  return { entry, asked, visited, account, inspect, moments };
}

/** The signed message. Its URLs are minted now. */
async function jobOf(services: Services, owed: Owed, traceparent: string): Promise<string> {
  const { entry, asked, visited, account, inspect, moments } = owed;
  const job: Omit<Job, "signature"> = {
    v: 1,
    reviewId: asked.id,
    part: entry.part,
    accountId: account.id,
    sessionId: asked.sessionId,
    tier: account.tier,
    priority: Math.max(1, 4 - entry.urgency),
    level: visited?.assessment.level ?? "low",
    requestedAt: asked.requestedAt.toISOString(),
    deadlineAt: new Date(asked.requestedAt.getTime() + reviewLimits.digestMsMax).toISOString(),
    policy: {
      k: asked.k,
      earlyExitConfidence: reviewLimits.earlyExitConfidence,
      secondStage: Object.values(inspect).some(Boolean),
      inspect,
    },
    model: null,
    moments: await Promise.all(moments.map((row) => presignMoment(services, row))),
    traceparent,
  };
  const body = Review.signJob(job, services.jobSigningKey);
  if (Buffer.byteLength(body) > queueLimits.messageBytesMax) {
    throw new Error(
      `a job must be at most ${queueLimits.messageBytesMax} bytes, got ${Buffer.byteLength(body)}`,
    );
  }
  return body;
}
