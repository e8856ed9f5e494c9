/**
 * Jobs that are owed to the queue: appended in the transaction that creates the review, claimed and sent after the commit,
 * settled when the review's part has ended.
 */
import { and, eq, isNull } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import type { QueueName } from "../review/wire.ts";
import { outbox } from "./outbox.sql.ts";

export type Entry = typeof outbox.$inferSelect;

/** How long a publisher may take to send what it has claimed. After that it is taken for dead. */
export const claimMsMax = 30_000;

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

/** Jobs that were sent and have not ended. */
export async function listInFlight(sql: Queryable): Promise<InFlight[]> {
  return sql<
    InFlight[]
  >`select account_id as "accountId", queue, jobs::int, moments::int from jobs_in_flight()`;
}

/** Takes jobs for sending. @returns those that no other publisher has */
export async function claim(
  sql: Queryable,
  outboxIds: readonly string[],
  now: Date,
): Promise<{ outboxId: string; accountId: string }[]> {
  const until = new Date(now.getTime() + claimMsMax);
  return sql`select outbox_id as "outboxId", account_id as "accountId" from claim_jobs(${[...outboxIds]}, ${now}, ${until})`;
}

export async function markSent(tx: Tx, outboxId: string, at: Date): Promise<void> {
  await tx.update(outbox).set({ sentAt: at, claimedUntil: null, sends: 1 }).where(eq(outbox.id, outboxId));
}

/** The part has ended, whichever way: the job counts no longer. */
export async function settle(tx: Tx, reviewId: string, part: number, at: Date): Promise<void> {
  await tx
    .update(outbox)
    .set({ settledAt: at })
    .where(and(eq(outbox.reviewId, reviewId), eq(outbox.part, part), isNull(outbox.settledAt)));
}

export type Depth = { queue: QueueName; jobs: number; moments: number; oldestAt: Date | null };

/** Jobs that have not ended, by queue. */
export async function depth(sql: Queryable): Promise<Depth[]> {
  return sql<Depth[]>`select queue, jobs::int, moments::int, oldest_at as "oldestAt" from queue_depth()`;
}
