/** Idempotency keys: the first request with a key runs, the same request again gets the same answer. */
import { and, eq, sql } from "drizzle-orm";
import { type Database, inAccount, type Queryable } from "../db/index.ts";
import { accept } from "../limits.ts";
import { problem } from "../problem.ts";
import { idempotency } from "./idempotency.sql.ts";
import { open, seal } from "./seal-answer.ts";

export type Claim = {
  accountId: string;
  principal: string;
  key: string;
  fingerprint: Uint8Array;
  /** The asker's key in the clear: the answer is kept under it. */
  credential: string;
};
export type Answer = { status: number; body: string };

/** A request that takes longer than this has died. */
const lockMsMax = 60_000;

/**
 * @returns the earlier answer, or undefined when this request is the first and must `finish` or `release`
 * @throws `idempotency-key-in-flight`, `idempotency-key-reused`
 */
export async function begin(database: Database, claim: Claim, now: Date): Promise<Answer | undefined> {
  return inAccount(database, claim.accountId, async (tx) => {
    const fresh = {
      fingerprint: claim.fingerprint,
      status: null,
      body: null,
      createdAt: now,
      lockedUntil: new Date(now.getTime() + lockMsMax),
    };
    const taken = await tx
      .insert(idempotency)
      .values({ accountId: claim.accountId, principal: claim.principal, key: claim.key, ...fresh })
      .onConflictDoUpdate({
        target: [idempotency.accountId, idempotency.principal, idempotency.key],
        set: fresh,
        setWhere: sql`${idempotency.createdAt} < ${new Date(now.getTime() - accept.idempotencyMsMax).toISOString()}
          or (${idempotency.status} is null and ${idempotency.lockedUntil} < ${now.toISOString()})`,
      })
      .returning({ key: idempotency.key });
    if (taken.length > 0) return undefined;
    const [earlier] = await tx.select().from(idempotency).where(rowOf(claim));
    if (!earlier) {
      throw problem(
        "idempotency-key-in-flight",
        `the request with the key ${claim.key} has just ended; send it again`,
      );
    }
    if (!Buffer.from(earlier.fingerprint).equals(Buffer.from(claim.fingerprint))) {
      throw problem(
        "idempotency-key-reused",
        `the key ${claim.key} was used for another request; expected a new key`,
      );
    }
    if (earlier.status === null) {
      throw problem(
        "idempotency-key-in-flight",
        `the first request with the key ${claim.key} is still running`,
      );
    }
    const body = open(earlier.body ?? "", claim);
    if (body === undefined) {
      throw problem(
        "idempotency-key-reused",
        `the key ${claim.key} was used under another credential, which alone can read the answer; expected a new key`,
      );
    }
    return { status: earlier.status, body };
  });
}

/** Keeps the answer for replays. */
export async function finish(database: Database, claim: Claim, answer: Answer): Promise<void> {
  const body = seal(answer.body, claim);
  await inAccount(database, claim.accountId, (tx) =>
    tx.update(idempotency).set({ status: answer.status, body }).where(rowOf(claim)),
  );
}

/** The request failed: its key may be used again. */
export async function release(database: Database, claim: Claim): Promise<void> {
  await inAccount(database, claim.accountId, (tx) => tx.delete(idempotency).where(rowOf(claim)));
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

function rowOf(claim: Claim) {
  return and(
    eq(idempotency.accountId, claim.accountId),
    eq(idempotency.principal, claim.principal),
    eq(idempotency.key, claim.key),
  );
}
