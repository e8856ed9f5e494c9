/**
 * Sends waiting jobs to the queue, in a fair order and no more than a window of them: the backlog waits in the database,
 * where an account's flood can be held back, and SQS stays short (docs/decisions/0001-who-schedules.md).
 */
import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import * as Account from "../account/index.ts";
import { inAccount } from "../db/index.ts";
import * as Fairness from "../fairness/index.ts";
import * as Level from "../level.ts";
import { queue as queueLimits, review as reviewLimits } from "../limits.ts";
import * as Outbox from "../outbox/index.ts";
import { outbox } from "../outbox/outbox.sql.ts";
import * as Review from "../review/index.ts";
import type { Job, QueueName } from "../review/wire.ts";
import { session } from "../session/session.sql.ts";
import { listMoments, withUrl } from "./job-moments.ts";
import type { Services } from "./services.ts";
import { measureLoad } from "./system-load.ts";

/** Whoever admits jobs holds this advisory lock, so that two publishers do not overfill the window. */
const admissionLock = 7_241_987;

/**
 * Admits and sends what the window has room for. Called after every commit that adds or ends work, and by the sweep: a
 * crash between a commit and its send costs time, not the job.
 * @returns how many jobs were sent
 */
export async function dispatchJobs(services: Services): Promise<number> {
  const claimed = await admit(services);
  const sent = await Promise.allSettled(claimed.map((job) => send(services, job)));
  for (const outcome of sent) {
    // The claim runs out and another publisher takes the job up.
    if (outcome.status === "rejected") services.log.warn({ err: outcome.reason }, "a job could not be sent");
  }
  return sent.filter((outcome) => outcome.status === "fulfilled").length;
}

async function admit(services: Services): Promise<{ outboxId: string; accountId: string }[]> {
  const now = services.clock.now();
  const { momentsPerSecond } = await measureLoad(services);
  const window = Fairness.windowSize({ momentsPerSecond });
  return services.database.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${admissionLock})`;
    const inFlight = await Outbox.listInFlight(sql);
    const flying = (queue: QueueName) =>
      inFlight.filter((entry) => entry.queue === queue).reduce((sum, entry) => sum + entry.jobs, 0);
    const room = {
      priority: Math.max(0, window.priority - flying("priority")),
      standard: Math.max(0, window.standard - flying("standard")),
    };
    if (room.priority + room.standard === 0) return [];
    const waiting = await Outbox.listWaiting(sql, now, Math.max(room.priority, room.standard));
    const inFlightByAccount = new Map<string, number>();
    for (const { accountId, moments } of inFlight) {
      inFlightByAccount.set(accountId, (inFlightByAccount.get(accountId) ?? 0) + moments);
    }
    const admitted = Fairness.admit({
      waiting: waiting.map((job) => ({
        reviewId: job.outboxId,
        accountId: job.accountId,
        queue: job.queue,
        level: Level.levels[Math.min(job.urgency, 3)] ?? "low",
        lifeSafety: job.urgency > 3,
        moments: job.moments,
        requestedAt: job.createdAt,
      })),
      inFlightByAccount,
      room,
    });
    if (admitted.length === 0) return [];
    return Outbox.claim(
      sql,
      admitted.map((job) => job.reviewId),
      now,
    );
  });
}

async function send(
  services: Services,
  { outboxId, accountId }: { outboxId: string; accountId: string },
): Promise<void> {
  const now = services.clock.now();
  const found = await inAccount(services.database, accountId, async (tx) => {
    const [entry] = await tx.select().from(outbox).where(eq(outbox.id, outboxId));
    if (!entry) throw new Error(`expected the outbox entry ${outboxId}`);
    const asked = await Review.get(tx, entry.reviewId);
    const wanted =
      entry.part === 0 ? ["queued", "running"].includes(asked.state) : asked.state === "completed";
    if (!wanted) {
      await Outbox.settle(tx, entry.reviewId, entry.part, now);
      return undefined;
    }
    const [visited] = await tx.select().from(session).where(eq(session.id, asked.sessionId));
    const account = await Account.get(tx, accountId);
    return { entry, asked, visited, account, moments: await listMoments(tx, asked.id, entry.part) };
  });
  if (!found) return;
  const { entry, asked, visited, account, moments } = found;
  const job: Job = {
    v: 1,
    reviewId: asked.id,
    part: entry.part,
    accountId,
    sessionId: asked.sessionId,
    tier: account.tier,
    priority: Math.max(1, 4 - entry.urgency),
    level: visited?.assessment.level ?? "low",
    requestedAt: asked.requestedAt.toISOString(),
    deadlineAt: new Date(asked.requestedAt.getTime() + reviewLimits.digestMsMax).toISOString(),
    policy: { k: asked.k, earlyExitConfidence: reviewLimits.earlyExitConfidence, secondStage: true },
    model: null,
    moments: await Promise.all(moments.map((row) => withUrl(services, row))),
    traceparent: `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-01`,
  };
  const body = JSON.stringify(job);
  if (Buffer.byteLength(body) > queueLimits.messageBytesMax) {
    throw new Error(
      `a job must be at most ${queueLimits.messageBytesMax} bytes, got ${Buffer.byteLength(body)}`,
    );
  }
  await services.jobs[entry.queue].send(body);
  await inAccount(services.database, accountId, (tx) => Outbox.markSent(tx, outboxId, now));
}
