/**
 * Jobs that are owed to the queue: appended in the transaction that creates the review, leased and sent after the commit,
 * settled when the review's part has ended.
 */
import { and, eq, isNull, sql as statement } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import type { QueueName } from "../review/wire.ts";
import { outbox } from "./outbox.sql.ts";

export type Entry = typeof outbox.$inferSelect;

/** Beyond 3, which is critical: goes before everything else. */
export const lifeSafetyUrgency = 4;

/** How long a publisher may take to send what it has leased. After that it is taken for dead. */
export const leaseMsMax = 30_000;

export async function append(
  tx: Tx,
  job: {
    accountId: string;
    reviewId: string;
    part: number;
    queue: QueueName;
    urgency: number;
    moments: number;
    at: Date;
    /** Which trace it belongs to; null: one that begins with it. */
    traceparent: string | null;
  },
): Promise<void> {
  const { at, ...rest } = job;
  await tx.insert(outbox).values({ id: Id.create("outbox"), ...rest, createdAt: at });
}

export type Waiting = {
  outboxId: string;
  accountId: string;
  reviewId: string;
  queue: QueueName;
  urgency: number;
  moments: number;
  createdAt: Date;
};

/** Jobs that wait to be sent, at most `perAccountMax` of each account and queue. */
export async function listWaiting(sql: Queryable, now: Date, perAccountMax: number): Promise<Waiting[]> {
  return sql<
    Waiting[]
  >`select outbox_id as "outboxId", account_id as "accountId", review_id as "reviewId", queue, urgency,
    moments, created_at as "createdAt" from waiting_jobs(${now}, ${perAccountMax})`;
}

export type InFlight = { accountId: string; queue: QueueName; jobs: number; moments: number };

/** Jobs that have a position in the queue: sent and not ended, or being sent. */
export async function listInFlight(sql: Queryable, now: Date): Promise<InFlight[]> {
  return sql<
    InFlight[]
  >`select account_id as "accountId", queue, jobs::int, moments::int from jobs_in_flight(${now})`;
}

export type Served = { accountId: string; moments: number; lastAdmittedAt: Date };

/** What accounts that wait were given: the moments since then, and when one of their jobs was admitted last. */
export async function listServed(sql: Queryable, since: Date): Promise<Served[]> {
  return sql<
    Served[]
  >`select account_id as "accountId", moments::int, last_admitted_at as "lastAdmittedAt" from recent_admissions(${since})`;
}

/** How many jobs of a queue were sent before that and have not ended. */
export async function countOverdue(sql: Queryable, queue: QueueName, sentBefore: Date): Promise<number> {
  const [row] = await sql<{ jobs: number }[]>`select overdue_jobs(${queue}, ${sentBefore})::int as jobs`;
  return row?.jobs ?? 0;
}

/** Lets them wait to be sent once more. @returns how many */
export async function releaseOverdue(sql: Queryable, queue: QueueName, sentBefore: Date): Promise<number> {
  const [row] = await sql<
    { jobs: number }[]
  >`select release_overdue_jobs(${queue}, ${sentBefore})::int as jobs`;
  return row?.jobs ?? 0;
}

/** Takes jobs for sending. @returns those that no other publisher has */
export async function lease(
  sql: Queryable,
  outboxIds: readonly string[],
  now: Date,
): Promise<{ outboxId: string; accountId: string }[]> {
  const until = new Date(now.getTime() + leaseMsMax);
  return sql`select outbox_id as "outboxId", account_id as "accountId" from claim_jobs(${[...outboxIds]}, ${now}, ${until})`;
}

export async function markSent(tx: Tx, outboxId: string, at: Date): Promise<void> {
  await tx
    .update(outbox)
    .set({ sentAt: at, leasedUntil: null, sends: statement`${outbox.sends} + 1` })
    .where(eq(outbox.id, outboxId));
}

/** Which trace the review itself belongs to. */
export async function traceparentOf(tx: Tx, reviewId: string): Promise<string | null> {
  const [first] = await tx
    .select({ traceparent: outbox.traceparent })
    .from(outbox)
    .where(and(eq(outbox.reviewId, reviewId), eq(outbox.part, 0)));
  return first?.traceparent ?? null;
}

/** The job of a part that has ended is owed once more, as a fresh one of the same queue, urgency and cost. */
export async function renew(tx: Tx, reviewId: string, part: number, at: Date): Promise<void> {
  const [ended] = await tx
    .delete(outbox)
    .where(and(eq(outbox.reviewId, reviewId), eq(outbox.part, part)))
    .returning();
  if (!ended) throw new Error(`expected a job of part ${part} of ${reviewId}`);
  const { accountId, queue, urgency, moments, traceparent } = ended;
  await append(tx, { accountId, reviewId, part, queue, urgency, moments, at, traceparent });
}

/** Which parts of a review have not ended. */
export async function listOpenParts(tx: Tx, reviewId: string): Promise<number[]> {
  const rows = await tx
    .select({ part: outbox.part })
    .from(outbox)
    .where(and(eq(outbox.reviewId, reviewId), isNull(outbox.settledAt)));
  return rows.map((row) => row.part);
}

/** The part has ended, whichever way: the job counts no longer. @returns whether it had not ended before */
export async function settle(tx: Tx, reviewId: string, part: number, at: Date): Promise<boolean> {
  const settled = await tx
    .update(outbox)
    .set({ settledAt: at })
    .where(and(eq(outbox.reviewId, reviewId), eq(outbox.part, part), isNull(outbox.settledAt)))
    .returning({ id: outbox.id });
  return settled.length > 0;
}

export type Depth = { queue: QueueName; jobs: number; moments: number; oldestAt: Date | null };

/** Jobs that have not ended, by queue. */
export async function depth(sql: Queryable): Promise<Depth[]> {
  return sql<Depth[]>`select queue, jobs::int, moments::int, oldest_at as "oldestAt" from queue_depth()`;
}
