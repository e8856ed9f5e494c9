/** Links by which anybody may read one digest: made, opened, revoked, and gone by themselves. */
import { and, count, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { share } from "./share.sql.ts";
import type { ShareView } from "./wire.ts";

export { createToken, hashOf } from "./token.ts";

export type Share = typeof share.$inferSelect;

export async function record(
  tx: Tx,
  made: Pick<Share, "id" | "accountId" | "digestId" | "memberId" | "tokenHash" | "createdAt" | "expiresAt">,
): Promise<Share> {
  const [written] = await tx.insert(share).values(made).returning();
  if (!written) throw new Error("expected the link that was just made");
  return written;
}

/** How many can still be opened. */
export async function countOpen(tx: Tx, now: Date): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(share).where(isOpen(now));
  return row?.count ?? 0;
}

function isOpen(now: Date) {
  return and(isNull(share.revokedAt), gt(share.expiresAt, now));
}

/** Newest first: of the account, or of one digest. */
export async function list(
  tx: Tx,
  { limit, before, digestId }: { limit: number; before?: string | undefined; digestId?: string | undefined },
): Promise<ShareView[]> {
  const rows = await tx
    .select()
    .from(share)
    .where(
      and(
        before === undefined ? undefined : lt(share.id, before),
        digestId === undefined ? undefined : eq(share.digestId, digestId),
      ),
    )
    .orderBy(desc(share.id))
    .limit(limit);
  return rows.map(view);
}

/** Whose link it is; undefined when there is none. */
export async function findOwner(database: Queryable, tokenHash: Uint8Array): Promise<string | undefined> {
  const [row] = await database<
    { id: string | null }[]
  >`select account_of_share(${Buffer.from(tokenHash)}) as id`;
  return row?.id ?? undefined;
}

/** Counts an opening. @returns undefined when it has expired or was revoked */
export async function open(tx: Tx, tokenHash: Uint8Array, now: Date): Promise<Share | undefined> {
  const [opened] = await tx
    .update(share)
    .set({ openings: sql`${share.openings} + 1`, lastOpenedAt: now })
    .where(and(eq(share.tokenHash, tokenHash), isOpen(now)))
    .returning();
  return opened;
}

/** Ends it at once. @returns whether it was open until now @throws `not-found` */
export async function revoke(tx: Tx, id: string, at: Date): Promise<boolean> {
  const [found] = await tx.select().from(share).where(eq(share.id, id)).for("update");
  if (!found) throw problem("not-found", `no link ${id}`);
  if (found.revokedAt !== null) return false;
  await tx.update(share).set({ revokedAt: at }).where(eq(share.id, id));
  return true;
}

export function view({ id, digestId, memberId, createdAt, ...rest }: Share): ShareView {
  return {
    id,
    digestId,
    memberId,
    createdAt: createdAt.toISOString(),
    expiresAt: rest.expiresAt.toISOString(),
    revokedAt: rest.revokedAt?.toISOString() ?? null,
    openings: rest.openings,
    lastOpenedAt: rest.lastOpenedAt?.toISOString() ?? null,
  };
}

export async function revokeAll(tx: Tx, at: Date): Promise<void> {
  await tx.update(share).set({ revokedAt: at }).where(isOpen(at));
}
