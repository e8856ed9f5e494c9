/** Exports: everything of an account, in archives that a function writes in the background and that are deleted after a day. */
import { and, count, desc, eq, gt, inArray } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { exporting as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import { accountExport, type Counts, type Place, type Volume } from "./export.sql.ts";

export type { Counts, Place, Volume } from "./export.sql.ts";
export { tablesLeftOut } from "./left-out.ts";
export { listTables, readRows, type Table } from "./rows.ts";

export type Export = typeof accountExport.$inferSelect;

/** Everything that is made of one lies under it. */
export function prefixOf({ accountId, id }: Pick<Export, "accountId" | "id">): string {
  return `exports/${accountId}/${id}/`;
}

/**
 * One that is waiting or being written is the one that is wanted; otherwise another is made.
 * @throws `too-many` when the account had as many within a day as it may have
 */
export async function record(
  tx: Tx,
  { accountId, askedBy, at }: { accountId: string; askedBy: string; at: Date },
): Promise<{ made: Export; isNew: boolean }> {
  const [open] = await tx
    .select()
    .from(accountExport)
    .where(inArray(accountExport.state, ["waiting", "writing"]));
  if (open) return { made: open, isNew: false };
  const dayAgo = new Date(at.getTime() - limits.countedMs);
  const [recent] = await tx
    .select({ count: count() })
    .from(accountExport)
    .where(gt(accountExport.askedAt, dayAgo));
  if ((recent?.count ?? 0) >= limits.perDayMax) {
    throw problem(
      "too-many",
      `expected at most ${limits.perDayMax} exports within a day; take the newest, or come back`,
    );
  }
  const [made] = await tx
    .insert(accountExport)
    .values({ id: Id.create("export"), accountId, state: "waiting", askedBy, askedAt: at })
    .returning();
  if (!made) throw new Error("expected the export that was just made");
  return { made, isNew: true };
}

/** The newest first. */
export async function list(tx: Tx): Promise<Export[]> {
  return tx.select().from(accountExport).orderBy(desc(accountExport.id)).limit(limits.listedMax);
}

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Export> {
  const [found] = await tx.select().from(accountExport).where(eq(accountExport.id, id));
  if (!found) throw problem("not-found", `no export ${id}`);
  return found;
}

/** Whose turn it is to be written, of all accounts: whoever asks has it until `until`. */
export async function lease(
  sql: Queryable,
  { now, until }: { now: Date; until: Date },
): Promise<{ accountId: string; id: string; turns: number } | undefined> {
  const [leased] = await sql<{ accountId: string; id: string; turns: number }[]>`
    select account_id as "accountId", id, turns from lease_export(${now}, ${until})`;
  return leased;
}

/** What a turn has done by now. Nothing is noted of a turn that is not the last any more. @returns whether it is */
export async function note(
  tx: Tx,
  turn: { id: string; turns: number },
  done: Partial<{
    place: Place;
    counts: Counts;
    progress: Counts;
    volumes: Volume[];
    leasedUntil: Date | null;
    failures: number;
  }>,
): Promise<boolean> {
  const noted = await tx
    .update(accountExport)
    .set(done)
    .where(isTurn(turn))
    .returning({ id: accountExport.id });
  return noted.length > 0;
}

const isTurn = ({ id, turns }: { id: string; turns: number }) =>
  and(eq(accountExport.id, id), eq(accountExport.state, "writing"), eq(accountExport.turns, turns));

/** It is written, or will not be. @returns whether that was still to be said */
export async function end(
  tx: Tx,
  turn: { id: string; turns: number },
  outcome: { state: "ready"; readyAt: Date; expiresAt: Date } | { state: "failed" },
): Promise<boolean> {
  const ended = await tx
    .update(accountExport)
    .set({ ...outcome, leasedUntil: null })
    .where(isTurn(turn))
    .returning({ id: accountExport.id });
  return ended.length > 0;
}

/** Nobody wants what is not ready yet. */
export async function giveUpAll(tx: Tx): Promise<void> {
  await tx
    .update(accountExport)
    .set({ state: "failed", leasedUntil: null })
    .where(inArray(accountExport.state, ["waiting", "writing"]));
}

/** What is being written holds rows as they were. @returns how many were */
export async function giveUpWriting(tx: Tx): Promise<number> {
  const given = await tx
    .update(accountExport)
    .set({ state: "failed", leasedUntil: null })
    .where(eq(accountExport.state, "writing"))
    .returning({ id: accountExport.id });
  return given.length;
}

/** Those whose archives have had their time, of all accounts. */
export async function listExpired(sql: Queryable, now: Date): Promise<{ accountId: string; id: string }[]> {
  return sql<{ accountId: string; id: string }[]>`
    select account_id as "accountId", id from expired_exports(${now}, ${limits.listedMax})`;
}

/** Its archives are deleted. */
export async function expire(tx: Tx, id: string): Promise<void> {
  await tx
    .update(accountExport)
    .set({ state: "expired" })
    .where(and(eq(accountExport.id, id), eq(accountExport.state, "ready")));
}
