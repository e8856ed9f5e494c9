/** What an account called false, counted by the type and zone of the event: such assessments weigh less. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import type { EventType } from "../event/wire.ts";
import { dismissal } from "./dismissal.sql.ts";

/** A zone is empty where the event named none. */
export type Kind = { type: EventType; zone: string };

/** Far beyond what the explainer makes use of. */
const countMax = 1_000;

/** Those of the given types, each with how often it was called false. */
export async function listDismissals(
  tx: Tx,
  types: readonly EventType[],
): Promise<{ type: EventType; zone: string | null; count: number }[]> {
  if (types.length === 0) return [];
  const rows = await tx
    .select()
    .from(dismissal)
    .where(inArray(dismissal.type, [...types]));
  return rows.map(({ type, zone, count }) => ({ type, zone: zone || null, count }));
}

export async function countDismissals(tx: Tx, { type, zone }: Kind): Promise<number> {
  const [known] = await tx
    .select({ count: dismissal.count })
    .from(dismissal)
    .where(and(eq(dismissal.type, type), eq(dismissal.zone, zone)));
  return known?.count ?? 0;
}

/** @param times how often at once @returns how often assessments like it were called false, these times included */
export async function recordDismissal(
  tx: Tx,
  { accountId, type, zone, at, times = 1 }: Kind & { accountId: string; at: Date; times?: number },
): Promise<number> {
  const [counted] = await tx
    .insert(dismissal)
    .values({ accountId, type, zone, count: Math.min(times, countMax), updatedAt: at })
    .onConflictDoUpdate({
      target: [dismissal.accountId, dismissal.type, dismissal.zone],
      set: { count: sql`least(${dismissal.count} + ${times}, ${countMax})`, updatedAt: at },
    })
    .returning({ count: dismissal.count });
  return counted?.count ?? 0;
}

/** @returns how many kinds the account had called false */
export async function forgetDismissals(tx: Tx): Promise<number> {
  const forgotten = await tx.delete(dismissal).returning({ type: dismissal.type });
  return forgotten.length;
}
