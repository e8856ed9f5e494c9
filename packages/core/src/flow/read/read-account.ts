/** An account's settings and what it has used. */
import { asc } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import type { AccountView, Usage } from "../../account/wire.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Quota from "../../quota/index.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";

const sitesMax = 1_000;

export async function getAccount(services: Services, accountId: string): Promise<AccountView> {
  return inAccount(services.database, accountId, async (tx) =>
    viewAccount(services, tx, await Account.get(tx, accountId)),
  );
}

export async function viewAccount(
  { clock, policy: { evidenceDays } }: Services,
  tx: Tx,
  account: Account.Account,
): Promise<AccountView> {
  const { id, name, tier, timeZone, picturesDays, picturesHeldUntil } = account;
  const now = clock.now();
  const sites = await tx
    .select({ id: site.id, name: site.name })
    .from(site)
    .orderBy(asc(site.id))
    .limit(sitesMax);
  const quietHours = Account.toQuietHours(account);
  return {
    id,
    name,
    tier,
    timeZone,
    labels: account.labels,
    modelTrials: account.modelTrials,
    sites,
    pictures: {
      days: await Account.keptDays(tx, { id, now, evidenceDays }),
      daysChosen: picturesDays,
      daysMax: Account.picturesDaysOf(tier, evidenceDays),
      ...(picturesHeldUntil !== null && picturesHeldUntil > now
        ? { heldUntil: picturesHeldUntil.toISOString() }
        : {}),
    },
    ...(quietHours === null ? {} : { quietHours }),
  };
}

/** What is used and left, and the numbers behind it for the rate-limit headers. */
export async function getUsage(
  services: Services,
  accountId: string,
): Promise<{ usage: Usage; balance: Quota.Balance }> {
  const balance = await inAccount(services.database, accountId, async (tx) =>
    Quota.balance(tx, await Account.get(tx, accountId), services.clock.now()),
  );
  return { usage: Quota.usageOf(balance), balance };
}
