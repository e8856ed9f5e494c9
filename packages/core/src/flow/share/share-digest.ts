/** Members make links to one digest, list them, and revoke them. */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import * as Id from "../../id.ts";
import { share as limits } from "../../limits.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import { problem } from "../../problem.ts";
import * as Share from "../../share/index.ts";
import type { ShareInput, ShareView, ShareWithUrl } from "../../share/wire.ts";
import { consolePage } from "../deliver/links.ts";
import type { Services } from "../services.ts";

/** @throws `not-found`; `quota-exceeded` when too many links of the account are open */
export async function shareDigest(
  services: Services,
  { accountId, actor, digestId }: Audit.Actor & { digestId: string },
  { hours }: ShareInput,
): Promise<ShareWithUrl> {
  const key = services.telling.endpointKey;
  const token = Share.createToken(key);
  const tokenHash = Share.hashOf(token, key);
  if (!tokenHash) throw new Error("expected a token that was just made to be one");
  const at = services.clock.now();
  const made = await inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    await assertDigest(tx, digestId);
    if ((await Share.countOpen(tx, at)) >= limits.openMax) {
      throw problem("quota-exceeded", `expected at most ${limits.openMax} open links; revoke one`);
    }
    const expiresAt = new Date(at.getTime() + hours * 3_600_000);
    const id = Id.create("share");
    const row = { id, accountId, digestId, memberId: actor, tokenHash, createdAt: at, expiresAt };
    const detail = { digestId, expiresAt };
    await Audit.record(tx, { accountId, actor, action: "share.created", subject: id, detail, at });
    return Share.record(tx, row);
  });
  return { ...Share.view(made), url: consolePage(services, `shared/${token}`) };
}

/** @throws `not-found` */
async function assertDigest(tx: Tx, id: string): Promise<void> {
  const [found] = await tx.select({ id: digest.id }).from(digest).where(eq(digest.id, id));
  if (!found) throw problem("not-found", `no digest ${id}`);
}

/** Newest first, those that have ended too: of the account, or of one digest. @throws `not-found` */
export async function listShares(
  services: Services,
  { accountId, limit, before, digestId }: PageRequest & { accountId: string; digestId?: string },
): Promise<Page<ShareView>> {
  const rows = await inAccount(services.database, accountId, async (tx) => {
    if (digestId !== undefined) await assertDigest(tx, digestId);
    return Share.list(tx, { limit: limit + 1, before, digestId });
  });
  return pageOf(rows, limit);
}

/** The link stops working at once; revoking it again changes nothing. @throws `not-found` */
export async function revokeShare(
  services: Services,
  { accountId, actor, id }: Audit.Actor & { id: string },
): Promise<void> {
  const at = services.clock.now();
  await inAccount(services.database, accountId, async (tx) => {
    if (!(await Share.revoke(tx, id, at))) return;
    await Audit.record(tx, { accountId, actor, action: "share.revoked", subject: id, at });
  });
}
