/** Somebody opens a link: the one digest that it shows, and nothing else of the account. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import type { DigestView } from "../../digest/wire.ts";
import type { Language } from "../../language/wire.ts";
import * as Share from "../../share/index.ts";
import { getDigest } from "../read/read-digests.ts";
import type { Services } from "../services.ts";

export type SharedDigest = { digest: DigestView; timeZone: string; expiresAt: Date };

/** Undefined for a link that was never made, has expired or was revoked: which of these is not said. */
export async function openShare(
  services: Services,
  { token, language }: { token: string; language?: Language },
): Promise<SharedDigest | undefined> {
  const tokenHash = Share.hashOf(token, services.telling.endpointKey);
  if (!tokenHash) return undefined;
  const accountId = await Share.findOwner(services.database.sql, tokenHash);
  if (accountId === undefined) return undefined;
  const at = services.clock.now();
  const opened = await inAccount(services.database, accountId, async (tx) => {
    const share = await Share.open(tx, tokenHash, at);
    if (!share) return undefined;
    if (share.openings === 1) {
      await Audit.record(tx, { accountId, actor: "link", action: "share.opened", subject: share.id, at });
    }
    return { share, timeZone: (await Account.get(tx, accountId)).timeZone };
  });
  if (!opened) return undefined;
  const { digestId, expiresAt } = opened.share;
  const digest = await getDigest(services, {
    accountId,
    id: digestId,
    ...(language === undefined ? {} : { language }),
  });
  return { digest, timeZone: opened.timeZone, expiresAt };
}
