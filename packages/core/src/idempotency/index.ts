/** Idempotency keys: the first request with a key runs, the same request again gets the same answer. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { type Database, inAccount, type Queryable } from "../db/index.ts";
import { accept } from "../limits.ts";
import { problem } from "../problem.ts";
import { idempotency } from "./idempotency.sql.ts";
import { open, seal } from "./seal-answer.ts";

export type KeyedRequest = {
  accountId: string;
  principal: string;
  key: string;
  fingerprint: Uint8Array;
  /** The asker's key in the clear: the answer is kept under it. */
  credential: string;
  /** When this request came: it tells two that came one after the other apart. */
  at: Date;
};
export type Answer = { status: number; body: string };

/** A request that takes longer than this has died, or will find that another one has its key. */
const lockMsMax = 60_000;
/** Most requests end within it; one that has died holds its key longer, and the next answer says the same again. */
const retryAfterSeconds = 2;
/** Stands where the status of the answer will: the effect is committed, and the answer is not kept yet. */
const carriedOut = 0;

/**
 * @returns the earlier answer, or undefined when this request is the first and must `finish` or `release`
 * @throws `idempotency-key-in-flight`, `idempotency-key-reused`, `idempotency-answer-lost`
 */
export async function begin(database: Database, keyed: KeyedRequest): Promise<Answer | undefined> {
  const now = keyed.at;
  return inAccount(database, keyed.accountId, async (tx) => {
    const fresh = {
      fingerprint: keyed.fingerprint,
      status: null,
      body: null,
      createdAt: now,
      lockedUntil: lockOf(keyed),
    };
    const taken = await tx
      .insert(idempotency)
      .values({ accountId: keyed.accountId, principal: keyed.principal, key: keyed.key, ...fresh })
      .onConflictDoUpdate({
        target: [idempotency.accountId, idempotency.principal, idempotency.key],
        set: fresh,
        setWhere: sql`${idempotency.createdAt} < ${new Date(now.getTime() - accept.idempotencyMsMax).toISOString()}
          or (${idempotency.status} is null and ${idempotency.lockedUntil} < ${now.toISOString()})`,
      })
      .returning({ key: idempotency.key });
    if (taken.length > 0) return undefined;
    const [earlier] = await tx.select().from(idempotency).where(rowOf(keyed));
    if (!earlier) {
      throw problem(
        "idempotency-key-in-flight",
        `the request with the key ${keyed.key} has just ended; send it again`,
        { retryAfterSeconds },
      );
    }
    if (!Buffer.from(earlier.fingerprint).equals(Buffer.from(keyed.fingerprint))) {
      throw problem(
        "idempotency-key-reused",
        `the key ${keyed.key} was used for another request; expected a new key`,
      );
    }
    if (earlier.status === null) {
      throw problem(
        "idempotency-key-in-flight",
        `the first request with the key ${keyed.key} is still running`,
        { retryAfterSeconds },
      );
    }
    if (earlier.status === carriedOut) {
      throw problem(
        "idempotency-answer-lost",
        `the request with the key ${keyed.key} was carried out and its answer is not to be had; list what it made, and replace what only the answer held`,
      );
    }
    const body = open(earlier.body ?? "", keyed);
    if (body === undefined) {
      throw problem(
        "idempotency-key-reused",
        `the key ${keyed.key} was used under another credential, which alone can read the answer; expected a new key`,
      );
    }
    return { status: earlier.status, body };
  });
}

/** Keeps the answer for replays. */
export async function finish(database: Database, keyed: KeyedRequest, answer: Answer): Promise<void> {
  const body = seal(answer.body, keyed);
  await inAccount(database, keyed.accountId, (tx) =>
    tx.update(idempotency).set({ status: answer.status, body }).where(mine(keyed)),
  );
}

/**
 * The request failed: its key may be used again, unless it was carried out before something else failed.
 * @param refused it was refused, which it is before anything is done
 */
export async function release(database: Database, keyed: KeyedRequest, refused: boolean): Promise<void> {
  await inAccount(database, keyed.accountId, (tx) =>
    tx.delete(idempotency).where(refused ? mine(keyed) : and(mine(keyed), isNull(idempotency.status))),
  );
}

/**
 * The database for a request that must be carried out once: in the transaction of its effect it says that it was carried
 * out, and finds out whether another request has taken its key meanwhile. So neither a crash before the answer was kept
 * nor a stall makes a second request with the key carry it out again.
 */
export function fenced(database: Database, keyed: KeyedRequest): Database {
  return {
    ...database,
    async beforeCommit(accountId, transaction) {
      if (accountId !== keyed.accountId) return;
      const [written] = await transaction`select pg_current_xact_id_if_assigned() is not null as anything`;
      if (!written?.anything) return;
      const held = await transaction`update idempotency set status = coalesce(status, ${carriedOut})
        where account_id = ${accountId} and principal = ${keyed.principal} and key = ${keyed.key}
          and locked_until = ${lockOf(keyed)} returning key`;
      if (held.length > 0) return;
      throw problem(
        "idempotency-key-in-flight",
        `another request with the key ${keyed.key} has come since; this one took too long, and did nothing`,
        { retryAfterSeconds },
      );
    },
  };
}

const forgottenMax = 5_000;

/** Forgets answers that are too old to be replayed, of every account. @returns how many */
export async function forget(queryable: Queryable, now: Date): Promise<number> {
  const before = new Date(now.getTime() - accept.idempotencyMsMax);
  const [row] = await queryable<
    { answers: number }[]
  >`select forget_answers(${before}, ${forgottenMax})::int as answers`;
  return row?.answers ?? 0;
}

function rowOf(keyed: KeyedRequest) {
  return and(
    eq(idempotency.accountId, keyed.accountId),
    eq(idempotency.principal, keyed.principal),
    eq(idempotency.key, keyed.key),
  );
}

/** The row, as long as no later request has taken the key. */
function mine(keyed: KeyedRequest) {
  return and(rowOf(keyed), eq(idempotency.lockedUntil, lockOf(keyed)));
}

function lockOf({ at }: KeyedRequest): Date {
  return new Date(at.getTime() + lockMsMax);
}
