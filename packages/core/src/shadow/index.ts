/** Shadow results: what challengers saw beside what was reported. They are pairs of experiments to be, and in no digest. */
import { and, eq } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import type { PairInput, PairOutcome } from "../experiment/wire.ts";
import { shadow as limits } from "../limits.ts";
import { pairKeyOf } from "./sample.ts";
import { shadowResult } from "./shadow.sql.ts";
import type { BlindThing, ShadowWish } from "./wire.ts";

export { isSampled, pickMoment, sideOf } from "./sample.ts";

export type ShadowResult = typeof shadowResult.$inferSelect;

/** Of the newest experiment that runs and has a share; null: there is none. */
export async function findWish(sql: Queryable): Promise<ShadowWish | null> {
  const [row] = await sql<{ wish: ShadowWish | null }[]>`select shadow_wish() as wish`;
  return row?.wish ?? null;
}

export async function isKnown(
  tx: Tx,
  look: Pick<ShadowResult, "experimentId" | "reviewId">,
): Promise<boolean> {
  const [known] = await tx
    .select({ no: shadowResult.no })
    .from(shadowResult)
    .where(and(eq(shadowResult.experimentId, look.experimentId), eq(shadowResult.reviewId, look.reviewId)));
  return known !== undefined;
}

/** The caller holds the account's lock, and knows that there is none yet. */
export async function record(tx: Tx, result: Omit<ShadowResult, "no" | "counted">): Promise<void> {
  await tx.insert(shadowResult).values(result);
}

/** The account does not take part any more. */
export async function forgetAll(tx: Tx, accountId: string): Promise<void> {
  await tx.delete(shadowResult).where(eq(shadowResult.accountId, accountId));
}

export type Open = Pick<
  ShadowResult,
  "no" | "accountId" | "reviewId" | "momentId" | "champion" | "challenger" | "kinds"
> & {
  eventId: string;
  createdAt: Date;
};

/** What waits for an answer, of all accounts that take part, the oldest first. */
export async function listOpen(sql: Queryable, experimentId: string): Promise<Open[]> {
  return sql<
    Open[]
  >`select no::int, account_id as "accountId", review_id as "reviewId", event_id as "eventId",
    moment_id as "momentId", champion, challenger, kinds, created_at as "createdAt"
    from open_shadow_results(${experimentId}, ${limits.openMax})`;
}

/** One that is answered already stays as it is. */
export async function answer(
  sql: Queryable,
  experimentId: string,
  no: number,
  outcome: PairOutcome,
): Promise<void> {
  await sql`select answer_shadow_result(${experimentId}, ${no}, ${outcome})`;
}

/** Those before the first that waits for an answer, in their order: an answer that is awaited keeps what came after it waiting too. */
export async function listSettled(
  sql: Queryable,
  experimentId: string,
): Promise<{ no: number; pair: PairInput }[]> {
  const rows = await sql<{ no: number; reviewId: string; outcome: PairOutcome; slices: string[] }[]>`
    select no::int, review_id as "reviewId", outcome, slices from settled_shadow_results(${experimentId}, ${limits.countedAtOnceMax})`;
  return rows.map(({ no, reviewId, outcome, slices }) => ({
    no,
    pair: { key: pairKeyOf({ experimentId, reviewId }), outcome, slices },
  }));
}

/** They are pairs now: what the two saw is not needed any more. */
export async function markCounted(
  sql: Queryable,
  experimentId: string,
  nos: readonly number[],
): Promise<void> {
  await sql`select count_shadow_results(${experimentId}, ${nos.map(String)}::bigint[])`;
}

/** Those of experiments that have ended, those whose pictures are gone, and those that nobody answered in time. @returns how many */
export async function forgetOld(sql: Queryable, now: Date): Promise<number> {
  const before = new Date(now.getTime() - limits.keptMs);
  const [row] = await sql<
    { gone: number }[]
  >`select forget_shadow_results(${before}, ${limits.forgottenAtOnceMax})::int as gone`;
  return row?.gone ?? 0;
}

/** Without what would tell the models apart. */
export function blind(detections: ShadowResult["champion"]): BlindThing[] {
  return detections
    .filter(({ confidence }) => confidence >= limits.shownConfidenceMin)
    .map(({ label, box }) => ({ label, box }));
}
