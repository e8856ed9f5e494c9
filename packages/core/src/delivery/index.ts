/** Deliveries: written with what they tell, leased, attempted, ended. Moved by compare-and-set only. */
import { and, asc, desc, eq, gt, inArray, lt, sql as statement } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { type Level, rank } from "../level.ts";
import { delivery as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import { toText } from "../text.ts";
import { delivery, deliveryAttempt } from "./delivery.sql.ts";
import type { Attempted } from "./judge-answer.ts";
import type { DeliverySummary, DeliveryView, Message } from "./wire.ts";

export { type Attempted, judgeAnswer, type Verdict } from "./judge-answer.ts";
export { reportedDe } from "./reported-de.ts";
export { attemptsMax, nextDelayMs, readRetryAfter } from "./schedule.ts";

export type Delivery = typeof delivery.$inferSelect;

export type NewDelivery = Pick<
  Delivery,
  "accountId" | "endpointId" | "kind" | "topic" | "thread" | "level" | "language" | "traceparent"
> & {
  message: Omit<Message, "id">;
  /** When it may be attempted first. */
  notBefore: Date;
  /** Set: it is told in another way, and this says in which. */
  droppedBecause?: string;
  at: Date;
};

/** Writes it once for its endpoint and topic. @returns its id; undefined when it was written before */
export async function record(tx: Tx, made: NewDelivery): Promise<string | undefined> {
  const { message, notBefore, droppedBecause, at, ...rest } = made;
  const id = Id.create("delivery");
  const whole: Message = { ...message, id };
  const bytes = Buffer.byteLength(JSON.stringify(whole));
  if (bytes > limits.messageBytesMax) {
    throw new Error(`a message must be at most ${limits.messageBytesMax} bytes, got ${bytes}`);
  }
  const [written] = await tx
    .insert(delivery)
    .values({
      id,
      ...rest,
      message: whole,
      createdAt: at,
      ...(droppedBecause === undefined
        ? { state: "pending" as const, nextAttemptAt: notBefore }
        : { state: "dropped" as const, reason: droppedBecause, endedAt: at }),
    })
    .onConflictDoNothing({ target: [delivery.endpointId, delivery.topic] })
    .returning({ id: delivery.id });
  return written?.id;
}

/**
 * The highest level at which a thread rang at an endpoint; undefined when it never did. What was told without ringing, as
 * what came late is, keeps nothing that follows from ringing.
 */
export async function levelRung(tx: Tx, endpointId: string, thread: string): Promise<Level | undefined> {
  const rung = await tx
    .selectDistinct({ level: delivery.level })
    .from(delivery)
    .where(
      and(
        eq(delivery.endpointId, endpointId),
        eq(delivery.thread, thread),
        inArray(delivery.state, ["pending", "delivered"]),
        statement`${delivery.message} #>> '{data,rings}' = 'true'`,
      ),
    );
  return rung.map((row) => row.level).toSorted((a, b) => rank(b) - rank(a))[0];
}

/** Deliveries that one process sends to the queue until `until`; then they are anybody's again. */
export type Leased = { until: Date; due: Due[] };
export type Due = { accountId: string; deliveryId: string; traceparent: string | null };

/** Takes deliveries that are due for the queue, a few of each endpoint. Those of others are left. */
export async function leaseDue(sql: Queryable, now: Date): Promise<Leased> {
  const until = new Date(now.getTime() + limits.sendMsMax);
  const due = await sql<
    Leased["due"]
  >`select account_id as "accountId", delivery_id as "deliveryId", traceparent
    from lease_deliveries(${now}, ${until}, ${limits.leaseMax}, ${limits.perEndpointMax})`;
  return { until, due };
}

/**
 * Their messages are in the queue, and are waited for. One whose attempt has begun meanwhile, or that another process has
 * leased since, is left alone.
 */
export async function noteSent(sql: Queryable, { until, due }: Leased, now: Date): Promise<void> {
  const queuedUntil = new Date(now.getTime() + limits.queuedMsMax);
  const ids = due.map(({ deliveryId }) => deliveryId);
  await sql`select note_sent_deliveries(${ids}, ${until}, ${queuedUntil})`;
}

/** Lets go of a lease whose message could not be sent. */
export async function release(tx: Tx, id: string): Promise<void> {
  await tx.update(delivery).set({ leasedUntil: null }).where(eq(delivery.id, id));
}

/**
 * Begins an attempt: nobody else makes one until it has ended or is taken for dead.
 * @returns the delivery; undefined when it has ended, is not due, or is being attempted
 */
export async function begin(tx: Tx, id: string, now: Date): Promise<Delivery | undefined> {
  const [found] = await tx.select().from(delivery).where(eq(delivery.id, id)).for("update");
  if (found?.state !== "pending" || found.nextAttemptAt === null || found.nextAttemptAt > now) {
    return undefined;
  }
  const next = new Date(now.getTime() + limits.attemptMsMax + limits.attemptMarginMs);
  const [begun] = await tx
    .update(delivery)
    // Due again when this process dies; the lease keeps the dispatcher away until then.
    .set({ attempts: found.attempts + 1, nextAttemptAt: next, leasedUntil: next })
    .where(eq(delivery.id, id))
    .returning();
  return begun;
}

/** Appends what an attempt came to. */
export async function recordAttempt(
  tx: Tx,
  { of, at, milliseconds, attempted }: { of: Delivery; at: Date; milliseconds: number; attempted: Attempted },
): Promise<void> {
  await tx
    .insert(deliveryAttempt)
    .values({
      accountId: of.accountId,
      deliveryId: of.id,
      number: of.attempts,
      at,
      status: attempted.status,
      milliseconds: Math.round(milliseconds),
      error: attempted.error === null ? null : toText(attempted.error, 500),
    })
    .onConflictDoNothing();
}

/** How many of its attempts came to an end, and failed, since it was last made due. Those whose process died say nothing of the receiver. */
export async function countFailed(tx: Tx, of: Delivery): Promise<number> {
  return tx.$count(
    deliveryAttempt,
    and(eq(deliveryAttempt.deliveryId, of.id), gt(deliveryAttempt.number, of.attemptsBefore)),
  );
}

/** Ends a delivery that is pending. @returns whether it was */
export async function end(
  tx: Tx,
  id: string,
  to: "delivered" | "failed" | "dropped",
  { reason, at }: { reason: string | null; at: Date },
): Promise<boolean> {
  const ended = await tx
    .update(delivery)
    .set({ state: to, reason, endedAt: at, nextAttemptAt: null, leasedUntil: null })
    .where(and(eq(delivery.id, id), eq(delivery.state, "pending")))
    .returning({ id: delivery.id });
  return ended.length > 0;
}

/** An attempt failed and another follows. `isQueued`: its message is sent now and hidden until then. */
export async function postpone(
  tx: Tx,
  id: string,
  { nextAttemptAt, isQueued, reason }: { nextAttemptAt: Date; isQueued: boolean; reason: string },
): Promise<void> {
  const leasedUntil = isQueued ? new Date(nextAttemptAt.getTime() + limits.attemptMarginMs) : null;
  await tx
    .update(delivery)
    .set({ nextAttemptAt, leasedUntil, reason })
    .where(and(eq(delivery.id, id), eq(delivery.state, "pending")));
}

/** What an endpoint that is no longer told was still owed. @returns how many */
export async function dropPending(tx: Tx, endpointId: string, reason: string, at: Date): Promise<number> {
  const dropped = await tx
    .update(delivery)
    .set({ state: "dropped", reason, endedAt: at, nextAttemptAt: null, leasedUntil: null })
    .where(and(eq(delivery.endpointId, endpointId), eq(delivery.state, "pending")))
    .returning({ id: delivery.id });
  return dropped.length;
}

/** Lets what has ended be told once more, from the first attempt on. The ids stay, so a receiver can tell. @returns how many */
export async function renew(
  tx: Tx,
  which: { endpointId: string; id: string } | { endpointId: string; from: Date; until: Date },
  at: Date,
): Promise<number> {
  const named =
    "id" in which
      ? eq(delivery.id, which.id)
      : statement`${delivery.createdAt} >= ${which.from.toISOString()} and ${delivery.createdAt} < ${which.until.toISOString()}`;
  const renewed = await tx
    .update(delivery)
    .set({
      state: "pending",
      nextAttemptAt: at,
      leasedUntil: null,
      endedAt: null,
      reason: null,
      attemptsBefore: statement`${delivery.attempts}`,
    })
    .where(
      and(
        eq(delivery.endpointId, which.endpointId),
        named,
        inArray(delivery.state, ["delivered", "failed", "dropped"]),
      ),
    )
    .returning({ id: delivery.id });
  return renewed.length;
}

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<DeliveryView> {
  const [found] = await tx.select().from(delivery).where(eq(delivery.id, id));
  if (!found) throw problem("not-found", `no delivery ${id}`);
  const history = await tx
    .select()
    .from(deliveryAttempt)
    .where(eq(deliveryAttempt.deliveryId, id))
    .orderBy(asc(deliveryAttempt.number));
  return {
    ...summaryOf(found),
    message: found.message,
    history: history.map(({ number, at, status, milliseconds, error }) => ({
      number,
      at: at.toISOString(),
      status,
      milliseconds,
      error,
    })),
  };
}

/** Newest first. */
export async function list(
  tx: Tx,
  {
    limit,
    before,
    endpointId,
  }: { limit: number; before?: string | undefined; endpointId?: string | undefined },
): Promise<DeliverySummary[]> {
  const rows = await tx
    .select()
    .from(delivery)
    .where(
      and(
        before === undefined ? undefined : lt(delivery.id, before),
        endpointId === undefined ? undefined : eq(delivery.endpointId, endpointId),
      ),
    )
    .orderBy(desc(delivery.id))
    .limit(limit);
  return rows.map(summaryOf);
}

function summaryOf(row: Delivery): DeliverySummary {
  const { id, endpointId, kind, state, level, attempts, reason, message } = row;
  return {
    id,
    endpointId,
    kind,
    state,
    level,
    attempts,
    reason,
    title: message.data.title,
    subject: message.subject,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/**
 * Leaves of what was told under these topics, to whichever endpoint, the sentences that are still said.
 * @returns how many messages were changed
 */
export async function keepSentences(
  sql: Queryable,
  { topics, said }: { topics: readonly string[]; said: readonly string[] },
): Promise<number> {
  const changed = await sql`update delivery d set message = jsonb_set(d.message, '{data,summary}', k.kept)
    from (select o.id, (select coalesce(jsonb_agg(s.sentence order by s.no), '[]')
        from jsonb_array_elements_text(o.message #> '{data,summary}') with ordinality as s (sentence, no)
        where exists (select from unnest(${said}::text[]) as w (sentence) where starts_with(w.sentence, s.sentence))) as kept
      from endpoint e join delivery o on o.endpoint_id = e.id and o.topic = any (${topics}::text[])) as k
    where d.id = k.id and k.kept <> d.message #> '{data,summary}' returning 1`;
  return changed.length;
}
