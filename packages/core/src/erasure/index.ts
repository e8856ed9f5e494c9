/** Erasures: an account is erased in steps, each of which may be done twice, until a receipt is all that is left. */
import { and, eq } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { erasing as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import { erasure } from "./erasure.sql.ts";
import type { ErasedCounts, Erasure as ErasureView } from "./wire.ts";
import { type Reader, writeErasureMail } from "./write-mail.ts";

export { writeReceipt } from "./write-receipt.ts";
export { type Reader, writeErasureMail };

export type Erasure = typeof erasure.$inferSelect;

const nothing: ErasedCounts = { objects: 0, bytes: 0, rows: {}, subscriptions: 0, subscriptionsLeft: 0 };

/** Inside a transaction that holds the account's lock. Asked twice it is the same one. */
export async function record(
  tx: Tx,
  { accountId, askedBy, at }: { accountId: string; askedBy: string; at: Date },
): Promise<{ made: Erasure; isNew: boolean }> {
  const known = await find(tx);
  if (known) return { made: known, isNew: false };
  const beginsAt = new Date(at.getTime() + limits.graceMs);
  const row = {
    id: Id.create("erasure"),
    accountId,
    state: "asked",
    askedBy,
    askedAt: at,
    beginsAt,
  } as const;
  const [made] = await tx
    .insert(erasure)
    .values({ ...row, nextAt: at, counts: nothing })
    .returning();
  if (!made) throw new Error("expected the erasure that was just made");
  return { made, isNew: true };
}

/** Of the account whose transaction it is. */
export async function find(tx: Tx): Promise<Erasure | undefined> {
  const [found] = await tx.select().from(erasure);
  return found;
}

/** @returns whether one was asked for @throws `erasure-begun` */
export async function callOff(tx: Tx): Promise<boolean> {
  const gone = await tx.delete(erasure).where(eq(erasure.state, "asked")).returning({ id: erasure.id });
  if (gone.length > 0) return true;
  if (!(await find(tx))) return false;
  throw problem("erasure-begun", "the erasure has begun and cannot be called off any more");
}

/** What is changed of one by its next step. */
export type Step = Partial<
  Pick<Erasure, "announcedAt" | "closedAt" | "nextAt" | "counts" | "tellTo" | "tellIn" | "tellings"> & {
    state: "erasing";
  }
>;

/** @returns undefined when it was called off meanwhile */
export async function change(
  tx: Tx,
  id: string,
  from: "asked" | "erasing",
  step: Step,
): Promise<Erasure | undefined> {
  const [changed] = await tx
    .update(erasure)
    .set(step)
    .where(and(eq(erasure.id, id), eq(erasure.state, from)))
    .returning();
  return changed;
}

/** One that something is to be done about, of all accounts: whoever asks has it until `until`. */
export async function lease(
  sql: Queryable,
  { now, until }: { now: Date; until: Date },
): Promise<{ id: string; accountId: string | null } | undefined> {
  const [leased] = await sql<{ id: string; accountId: string | null }[]>`
    select id, account_id as "accountId" from lease_erasure(${now}, ${until})`;
  return leased;
}

type Row = {
  id: string;
  state: Erasure["state"];
  askedAt: Date;
  beginsAt: Date;
  doneAt: Date | null;
  counts: ErasedCounts;
  note: string | null;
  tellTo: string[] | null;
  tellings: number;
};

/** Who is to get the receipt: by the erasure's id alone, because the account is gone. */
export async function listReaders(sql: Queryable, id: string): Promise<Reader[]> {
  return sql<Reader[]>`select address, language from readers_of_erasure(${id})`;
}

/** By its id alone, also after the account is gone. */
export async function findById(sql: Queryable, id: string): Promise<Row | undefined> {
  const [found] = await sql<Row[]>`
    select id, state, asked_at as "askedAt", begins_at as "beginsAt", done_at as "doneAt", counts, note,
      tell_to as "tellTo", tellings from read_erasure(${id})`;
  return found;
}

/**
 * Deletes rows of the account that is being erased, whichever tables they are in, `rowsMax` at most; of the evidence log's
 * leaves too, so that whoever calls holds the log's lock.
 * @returns how many of each table; none: nothing is left but the account itself
 */
export async function eraseRows(
  sql: Queryable,
  id: string,
  rowsMax: number,
): Promise<Record<string, number>> {
  const gone = await sql<{ name: string; rows: number }[]>`
    select relation as name, rows::float8 as rows from erase_rows(${id}, ${rowsMax})`;
  return Object.fromEntries(gone.map(({ name, rows }) => [name, rows]));
}

/** The account's own row goes, and with it whatever in the erasure named it. */
export async function finish(
  sql: Queryable,
  { id, at, counts, note }: { id: string; at: Date; counts: ErasedCounts; note: string },
): Promise<void> {
  await sql`select finish_erasure(${id}, ${at}, ${JSON.stringify(counts)}::jsonb, ${note})`;
}

/** Its receipt was sent, or to nobody: the addresses are forgotten. `again`: it is to be tried at that time instead. */
export async function noteTold(sql: Queryable, id: string, again: Date | null): Promise<void> {
  await sql`select note_erasure_told(${id}, ${again})`;
}

export function addRows(counts: ErasedCounts, gone: Record<string, number>): ErasedCounts {
  const rows = { ...counts.rows };
  for (const [name, more] of Object.entries(gone)) rows[name] = (rows[name] ?? 0) + more;
  return { ...counts, rows };
}

export function view(row: Omit<Row, "tellTo" | "tellings">): ErasureView {
  const { id, state, askedAt, beginsAt, doneAt, counts, note } = row;
  return {
    id,
    state,
    askedAt: askedAt.toISOString(),
    beginsAt: beginsAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    counts,
    note,
  };
}
