/** For how long pictures are kept: as long as the tier has it, or as its owner chose within that. */
import { sql } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { keeping as limits } from "../limits.ts";
import { Tier, tiers } from "../tiers.ts";
import { account } from "./account.sql.ts";

type Kept = { picturesHeldDays: number | null; picturesHeldUntil: Date | null };

/** @param evidenceDays for how long this installation keeps anybody's pictures at most */
export function picturesDaysOf(tier: Tier, evidenceDays: number): number {
  return Math.min(tiers[tier].picturesDays, evidenceDays);
}

function daysByTier(evidenceDays: number): string {
  return JSON.stringify(
    Object.fromEntries(Tier.options.map((tier) => [tier, picturesDaysOf(tier, evidenceDays)])),
  );
}

/** For how many days the account of the transaction keeps its pictures now. */
export async function keptDays(
  tx: Tx,
  { id, now, evidenceDays }: { id: string; now: Date; evidenceDays: number },
): Promise<number> {
  const [row] = await tx
    .select({ days: sql<number>`kept_days(${account}, ${now}, ${daysByTier(evidenceDays)}::jsonb)` })
    .from(account)
    .where(sql`${account.id} = ${id}`);
  if (!row) throw new Error(`expected account ${id}`);
  return row.days;
}

/**
 * What a lower tier keeps for fewer days is not erased the day it begins: a payment that fails is made good, and pictures
 * that are wanted can be exported.
 */
export function heldAfter(days: number, now: Date): Kept {
  return {
    picturesHeldDays: days,
    picturesHeldUntil: new Date(now.getTime() + limits.heldMs),
  };
}

export type PastKeeping = { accountId: string; eventId: string; id: string };

/** Pictures that are kept no longer, the oldest of each account, some of each. */
export async function listPastKeeping(
  queryable: Queryable,
  { now, evidenceDays }: { now: Date; evidenceDays: number },
): Promise<PastKeeping[]> {
  return queryable<PastKeeping[]>`
    select account_id as "accountId", event_id as "eventId", id
    from pictures_past_keeping(${now}, ${daysByTier(evidenceDays)}::jsonb, ${limits.eachMax}, ${limits.atOnceMax})`;
}
