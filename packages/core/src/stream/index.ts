/** The account's stream: appended in the transaction of what happened, read in order, resumed after any number. */
import { and, asc, desc, eq, gt, sql as statement } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { streamEntry } from "./stream.sql.ts";
import type { EntryKind } from "./wire.ts";

export type Entry = typeof streamEntry.$inferSelect;
export type NewEntry = Pick<Entry, "accountId" | "kind" | "subject" | "detail" | "at">;

/** How long an entry is kept: a page that was closed for longer reads the lists anew. */
export const keptMs = 24 * 60 * 60 * 1000;

/** Goes last in a transaction: from here to the commit, others of this account that append wait. */
export async function append(tx: Tx, { accountId, kind, subject, detail, at }: NewEntry): Promise<void> {
  await tx.execute(
    statement`select append_stream_entry(${accountId}, ${kind}, ${subject}, ${JSON.stringify(detail)}::jsonb, ${at.toISOString()}::timestamptz)`,
  );
}

/** What came after a number, oldest first. */
export async function listAfter(tx: Tx, accountId: string, after: number, limit: number): Promise<Entry[]> {
  return tx
    .select()
    .from(streamEntry)
    .where(and(eq(streamEntry.accountId, accountId), gt(streamEntry.number, after)))
    .orderBy(asc(streamEntry.number))
    .limit(limit);
}

/** The ends of what is kept of an account's stream; 0 and null where there is nothing. */
export type Span = { newest: number; oldest: number; oldestAt: Date | null };

export async function span(tx: Tx, accountId: string): Promise<Span> {
  const own = () => tx.select().from(streamEntry).where(eq(streamEntry.accountId, accountId)).limit(1);
  const [first] = await own().orderBy(asc(streamEntry.number));
  const [last] = await own().orderBy(desc(streamEntry.number));
  return { newest: last?.number ?? 0, oldest: first?.number ?? 0, oldestAt: first?.at ?? null };
}

/** The newest number of each of these accounts that has one. */
export async function listNewest(
  sql: Queryable,
  accountIds: readonly string[],
): Promise<{ accountId: string; number: number }[]> {
  return sql`select account_id as "accountId", number::float8 as number from newest_stream_entries(${[...accountIds]})`;
}

/** Forgets what is older than `keptMs`, but for the newest of it of each account, which marks where it ended. @returns how many went */
export async function forget(sql: Queryable, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptMs);
  const [row] = await sql<{ gone: number }[]>`select forget_stream_entries(${before})::int as gone`;
  return row?.gone ?? 0;
}

export { watchNewest } from "./watch-newest.ts";
export type { EntryKind };
