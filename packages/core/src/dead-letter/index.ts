/** Dead letters, jobs that nobody could finish: noted when they die, listed for operators, and marked when one sends them once more. */
import { and, eq, isNull } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { queue as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import { deadLetter } from "./dead-letter.sql.ts";
import type { DeadLetterSource, DeadLetterView } from "./wire.ts";

/** Notes a death. A job that was sent once more and died again is noted anew. */
export async function record(
  tx: Tx,
  death: {
    accountId: string;
    reviewId: string;
    part: number;
    source: DeadLetterSource;
    reason: string;
    diedAt: Date;
  },
): Promise<void> {
  const { source, reason, diedAt } = death;
  await tx
    .insert(deadLetter)
    .values({ ...death, redrivenAt: null })
    .onConflictDoUpdate({
      target: [deadLetter.reviewId, deadLetter.part],
      set: { source, reason, diedAt, redrivenAt: null },
    });
}

/** The dead parts of a review that nobody has sent once more; marks them as sent. */
export async function takeParts(tx: Tx, reviewId: string, at: Date): Promise<number[]> {
  const taken = await tx
    .update(deadLetter)
    .set({ redrivenAt: at })
    .where(and(eq(deadLetter.reviewId, reviewId), isNull(deadLetter.redrivenAt)))
    .returning({ part: deadLetter.part });
  return taken.map((row) => row.part).toSorted((a, b) => a - b);
}

/** The part was finished after all, by another copy of its message: there is nothing to send once more. */
export async function forget(tx: Tx, reviewId: string, part: number): Promise<void> {
  await tx.delete(deadLetter).where(and(eq(deadLetter.reviewId, reviewId), eq(deadLetter.part, part)));
}

type Row = {
  review_id: string;
  account_id: string;
  session_id: string;
  part: number;
  source: DeadLetterSource;
  reason: string;
  died_at: Date;
  state: DeadLetterView["reviewState"];
};

/** Of every account, the latest first. */
export async function list(
  sql: Queryable,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<{ items: DeadLetterView[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const rows = await sql<Row[]>`select * from dead_letters(
    ${after ? new Date(after.diedAtMs) : null}, ${after?.reviewId ?? null}, ${after?.part ?? null}::int, ${limit + 1})`;
  const items = rows.slice(0, limit).map(viewOf);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null };
}

function viewOf(row: Row): DeadLetterView {
  return {
    reviewId: row.review_id,
    accountId: row.account_id,
    sessionId: row.session_id,
    part: row.part,
    source: row.source,
    reason: row.reason,
    diedAt: row.died_at.toISOString(),
    reviewState: row.state,
  };
}

function cursorOf({ diedAt, reviewId, part }: DeadLetterView): string {
  return Buffer.from(`${Date.parse(diedAt)}.${reviewId}.${part}`).toString("base64url");
}

/** @throws `invalid-cursor` */
function parseCursor(cursor: string): { diedAtMs: number; reviewId: string; part: number } {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const [, diedAt, reviewId, part] = /^(\d{1,13})\.(rev_[0-9a-f]{32})\.(\d{1,9})$/.exec(text) ?? [];
  if (diedAt === undefined || reviewId === undefined || part === undefined) {
    throw problem("invalid-cursor", "expected the nextCursor of an earlier answer of this list");
  }
  return { diedAtMs: Number(diedAt), reviewId, part: Number(part) };
}

/** How many there are, counted up to a bound. */
export async function count(sql: Queryable): Promise<number> {
  const [row] = await sql<{ jobs: number }[]>`select count_dead_letters(${limits.countedMax})::int as jobs`;
  return row?.jobs ?? 0;
}
