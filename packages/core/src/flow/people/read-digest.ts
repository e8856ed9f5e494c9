/** What a member has read. Nobody else is told of it, and it changes nothing of a digest. */

import { inAccount } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import * as Digest from "../../digest/index.ts";
import { accept as limits } from "../../limits.ts";
import type { Services } from "../services.ts";
import type { ActingMember } from "./change-members.ts";

/** @throws `not-found` */
export async function markReading(
  services: Services,
  { accountId, actor: memberId }: ActingMember,
  { digestId, isRead }: { digestId: string; isRead: boolean },
): Promise<void> {
  const at = services.clock.now();
  await inAccount(services.database, accountId, (tx) =>
    Digest.mark(tx, { accountId, memberId }, { digestId, isRead, at }),
  );
}

/** All that had come when that digest came is read. @throws `not-found` */
export async function markReadUpTo(
  services: Services,
  { accountId, actor: memberId }: ActingMember,
  digestId: string,
): Promise<void> {
  await inAccount(services.database, accountId, (tx) =>
    Digest.markUpTo(tx, { accountId, memberId }, digestId),
  );
}

/** How many digests the member has not read, counted up to a bound. */
export async function countUnread(
  services: Services,
  { accountId, actor: memberId }: ActingMember,
): Promise<{ count: number; countedMax: number }> {
  const countedMax = limits.unreadCountedMax;
  const count = await inAccount(services.database, accountId, async (tx) => {
    const unread = await tx
      .select({ id: digest.id })
      .from(digest)
      .where(Digest.isUnread(memberId))
      .limit(countedMax);
    return unread.length;
  });
  return { count, countedMax };
}
