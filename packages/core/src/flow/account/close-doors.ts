/** The time to call an erasure off is over: from this transaction on nobody gets in, nobody is told anything, nothing is asked for. */
import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import * as Endpoint from "../../endpoint/index.ts";
import * as Erasure from "../../erasure/index.ts";
import * as Export from "../../export/index.ts";
import * as Invitation from "../../invitation/index.ts";
import * as Key from "../../key/index.ts";
import { erasing as limits } from "../../limits.ts";
import * as Member from "../../member/index.ts";
import * as Share from "../../share/index.ts";
import type { Services } from "../services.ts";

/** What was let in before has {@link limits.settleMs} to end; only then anything is deleted. */
export async function closeDoors(
  services: Services,
  accountId: string,
  { id, beginsAt }: Erasure.Erasure,
): Promise<void> {
  const now = services.clock.now();
  if (beginsAt > now) return;
  await inAccount(services.database, accountId, async (tx, sql) => {
    await Account.lock(tx, accountId);
    const owners = await Member.listOwners(sql);
    const begun = await Erasure.change(tx, id, "asked", {
      state: "erasing",
      closedAt: now,
      nextAt: new Date(now.getTime() + limits.settleMs),
      tellTo: owners.map(({ address }) => address),
      tellIn: owners.map(({ language }) => language),
    });
    // It was called off in this very moment.
    if (!begun) return;
    await Key.revokeAll(tx, now);
    await Member.removeAll(tx, now);
    await Device.removeAll(tx, now);
    await Invitation.revokeAll(tx, now);
    await Share.revokeAll(tx, now);
    await Endpoint.disableAll(tx, "the account is being erased");
    await Export.giveUpAll(tx);
  });
}
