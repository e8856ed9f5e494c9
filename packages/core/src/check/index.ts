/**
 * Checks of an account: claimed against its points, settled with a verdict, listed and counted. Whoever claims holds the
 * account's row lock (`Account.lock`), so that neither the day's points nor the minute's checks are ever passed, however many
 * processes ask.
 */
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { check as limits } from "../limits-check.ts";
import { problem } from "../problem.ts";
import { check, checkDay } from "./check.sql.ts";
import type { CheckState } from "./state.ts";
import type { CheckKind, CheckView, GeneratedStatus, Verdict } from "./wire.ts";

export { countFields, decideClaim, type Spent } from "./decide-claim.ts";
export { evaluationOf } from "./evaluation.ts";
export { findTextMarks } from "./find-text-marks.ts";
export { judgeDeclared } from "./judge-declared.ts";
export { type Container, readContainer, sourceOf } from "./read-container.ts";
export { readTextHead, type TextHead } from "./text/head.ts";
export { judgeText } from "./text/judge-text.ts";
export * from "./uploads.ts";

type Row = typeof check.$inferSelect;

/** What is to be claimed. */
export type Wanted = {
  kind: CheckKind | "batch";
  points: number;
  label: string | undefined;
  /** Its bytes are still to be uploaded. */
  awaitsUpload?: boolean;
};

const minuteMs = 60_000;

/** What the locked account has spent, and since when it may ask for `wanted` checks more in this minute. */
export async function readSpent(
  tx: Tx,
  { day, now, wanted }: { day: { start: Date; end: Date }; now: Date; wanted: number },
): Promise<{ spentToday: number; inMinute: number; freeAt: Date }> {
  const since = new Date(now.getTime() - minuteMs);
  // The minute may have begun yesterday.
  const from = since < day.start ? since : day.start;
  const [spent] = await tx
    .select({
      points: sql<number>`coalesce(sum(${check.points}) filter (where ${check.askedAt} >= ${day.start.toISOString()}::timestamptz), 0)::int`,
      inMinute: sql<number>`(count(*) filter (where ${check.askedAt} > ${since.toISOString()}::timestamptz))::int`,
    })
    .from(check)
    .where(and(gte(check.askedAt, from), lt(check.askedAt, day.end)));
  const inMinute = spent?.inMinute ?? 0;
  const over = inMinute + wanted - limits.perMinuteMax;
  if (over <= 0) return { spentToday: spent?.points ?? 0, inMinute, freeAt: now };
  // When so many of them are a minute old, there is room.
  const [last] = await tx
    .select({ at: check.askedAt })
    .from(check)
    .where(gt(check.askedAt, since))
    .orderBy(asc(check.askedAt))
    .offset(over - 1)
    .limit(1);
  const freeAt = new Date((last?.at ?? now).getTime() + minuteMs);
  return { spentToday: spent?.points ?? 0, inMinute, freeAt };
}

/** @returns the ids, in the order of what was wanted */
export async function claim(
  tx: Tx,
  { accountId, actor }: { accountId: string; actor: string },
  wanted: readonly Wanted[],
  now: Date,
): Promise<string[]> {
  const rows = wanted.map(({ kind, points, label, awaitsUpload }) => ({
    id: Id.create("check"),
    accountId,
    actor,
    kind,
    state: stateOf(kind, awaitsUpload),
    askedAt: now,
    points,
    label: label ?? null,
  }));
  await tx.insert(check).values(rows);
  return rows.map(({ id }) => id);
}

function stateOf(kind: Wanted["kind"], awaitsUpload = false): CheckState {
  if (kind === "batch") return "settled";
  return awaitsUpload ? "awaiting-upload" : "claimed";
}

/** What was found of it. @returns undefined when it has ended before */
export async function settle(
  tx: Tx,
  id: string,
  found: { kind: CheckKind; points: number; sha256: Uint8Array; bytes: number; verdict: Verdict },
): Promise<CheckView | undefined> {
  const { status } = found.verdict.generated;
  const [row] = await tx
    .update(check)
    .set({ ...found, status, state: "settled" })
    .where(and(eq(check.id, id), inArray(check.state, ["claimed", "awaiting-worker"])))
    .returning();
  if (!row) return undefined;
  const { accountId, askedAt, points } = row;
  await tx
    .insert(checkDay)
    .values({ accountId, date: dateOf(askedAt), kind: found.kind, status, checks: 1, points })
    .onConflictDoUpdate({
      target: [checkDay.accountId, checkDay.date, checkDay.kind, checkDay.status],
      set: { checks: sql`${checkDay.checks} + 1`, points: sql`${checkDay.points} + ${points}` },
    });
  return view(row);
}

/** There is no verdict: what they cost is given back. */
export async function giveBack(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(check)
    .set({ state: "given-back", points: 0 })
    .where(and(inArray(check.id, [...ids]), eq(check.state, "claimed")));
}

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<CheckView> {
  const [row] = await tx
    .select()
    .from(check)
    .where(and(eq(check.id, id), isNotNull(check.status)));
  if (!row) throw problem("not-found", `no check ${id}`);
  return view(row);
}

export type Filter = { kind?: CheckKind | undefined; status?: GeneratedStatus | undefined };

/** Those that have a verdict, the newest first. The account is named, so that an index of it serves. */
export async function list(
  tx: Tx,
  {
    accountId,
    limit,
    before,
    kind,
    status,
  }: Filter & { accountId: string; limit: number; before?: string | undefined },
): Promise<CheckView[]> {
  const conditions: (SQL | undefined)[] = [
    eq(check.accountId, accountId),
    status === undefined ? isNotNull(check.status) : eq(check.status, status),
    kind === undefined ? undefined : eq(check.kind, kind),
    before === undefined ? undefined : lt(check.id, before),
  ];
  const rows = await tx
    .select()
    .from(check)
    .where(and(...conditions))
    .orderBy(desc(check.id))
    .limit(limit);
  return rows.map(view);
}

/** By day, kind and status, between two days of UTC. */
export async function listDays(
  tx: Tx,
  { accountId, from, to }: { accountId: string; from: string; to: string },
): Promise<(typeof checkDay.$inferSelect)[]> {
  return tx
    .select()
    .from(checkDay)
    .where(and(eq(checkDay.accountId, accountId), gte(checkDay.date, from), lte(checkDay.date, to)))
    .orderBy(asc(checkDay.date));
}

export function dateOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

export function view(row: Row): CheckView {
  const { id, kind, askedAt, actor, sha256, bytes, points, label, verdict } = row;
  if (kind === "batch" || !sha256 || bytes === null || !verdict) {
    throw new Error(`expected the verdict of the check ${id}`);
  }
  return {
    id,
    kind,
    checkedAt: askedAt.toISOString(),
    actor,
    sha256: Buffer.from(sha256).toString("hex"),
    bytes,
    points,
    label,
    ...verdict,
  };
}
