/** What a member has read: all that was there up to an instant, and single digests since. */
import { and, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { member } from "../member/member.sql.ts";
import { problem } from "../problem.ts";
import { digest } from "./digest.sql.ts";
import { reading } from "./reading.sql.ts";

type Reader = { accountId: string; memberId: string };

/** Whether a member has not read a digest of a query, or not since it has grown. What was there before they joined is read. */
export function isUnread(memberId: string) {
  return sql<boolean>`(select case
      when r.digest_id is not null and r.read_at is null then true
      else ${digest.updatedAt} > greatest(coalesce(m.read_until, m.created_at), r.read_at) end
    from member m left join reading r on r.member_id = m.id and r.digest_id = ${digest.id}
    where m.id = ${memberId})`;
}

/** @throws `not-found` when there is no such digest */
export async function mark(
  tx: Tx,
  { accountId, memberId }: Reader,
  { digestId, isRead, at }: { digestId: string; isRead: boolean; at: Date },
): Promise<void> {
  const { updatedAt } = await get(tx, digestId);
  // A clock that has been set back must not leave unread what is being looked at.
  const readAt = isRead ? new Date(Math.max(at.getTime(), updatedAt.getTime())) : null;
  await tx
    .insert(reading)
    .values({ accountId, memberId, digestId, readAt })
    .onConflictDoUpdate({ target: [reading.memberId, reading.digestId], set: { readAt } });
}

/** Marks as read what had come when the newest digest that the member has seen came. @throws `not-found` */
export async function markUpTo(tx: Tx, { memberId }: Reader, digestId: string): Promise<void> {
  const { createdAt } = await get(tx, digestId);
  await tx
    .update(member)
    .set({
      readUntil: sql`greatest(coalesce(${member.readUntil}, ${member.createdAt}), ${createdAt.toISOString()}::timestamptz)`,
    })
    .where(eq(member.id, memberId));
  const covered = tx.select({ id: digest.id }).from(digest).where(lte(digest.updatedAt, createdAt));
  await tx
    .delete(reading)
    .where(and(eq(reading.memberId, memberId), isNull(reading.readAt), inArray(reading.digestId, covered)));
}

async function get(tx: Tx, id: string): Promise<Pick<typeof digest.$inferSelect, "createdAt" | "updatedAt">> {
  const [found] = await tx
    .select({ createdAt: digest.createdAt, updatedAt: digest.updatedAt })
    .from(digest)
    .where(eq(digest.id, id));
  if (!found) throw problem("not-found", `no digest ${id}`);
  return found;
}
