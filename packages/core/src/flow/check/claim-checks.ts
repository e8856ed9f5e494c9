/** Claims checks of an account: its points of the day, and its checks of the minute. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import * as Check from "../../check/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Quota from "../../quota/index.ts";
import { tiers } from "../../tiers.ts";
import type { Services } from "../services.ts";

export type Asker = { accountId: string; actor: string };
export type Claimed = { ids: string[]; headers: Record<string, string> };

/** @param batch what a batch costs itself @throws `quota-exceeded`, `rate-limited` */
export async function claimChecks(
  services: Services,
  asker: Asker,
  wanted: readonly Check.Wanted[],
  batch?: Check.Wanted,
): Promise<Claimed> {
  return inAccount(services.database, asker.accountId, (tx) => claimIn(services, tx, asker, wanted, batch));
}

/** The same within a transaction, which holds the account's lock from here on. */
export async function claimIn(
  { clock }: Pick<Services, "clock">,
  tx: Tx,
  asker: Asker,
  wanted: readonly Check.Wanted[],
  batch?: Check.Wanted,
): Promise<Claimed> {
  const all = batch ? [...wanted, batch] : wanted;
  const points = all.reduce((sum, one) => sum + one.points, 0);
  const account = await Account.lock(tx, asker.accountId);
  // Read under the lock, so that times of claims are in the order of the claims.
  const now = clock.now();
  const day = Quota.quotaDay({ timeZone: account.timeZone, stretched: account.quotaStretched }, now);
  const { checkPoints: pointsMax } = tiers[account.tier];
  const spent = { pointsMax, ...(await Check.readSpent(tx, { day, now, wanted: all.length })), now, day };
  const refused = Check.decideClaim(spent, { checks: all.length, points });
  if (refused) throw refused;
  const ids = await Check.claim(tx, asker, all, now);
  const batchId = batch && ids.pop();
  if (batchId !== undefined) {
    const detail = { checks: wanted.length, points };
    await Audit.record(tx, { ...asker, action: "checks.batch-asked", subject: batchId, detail, at: now });
  }
  return { ids, headers: Check.countFields({ ...spent, spentToday: spent.spentToday + points }) };
}
