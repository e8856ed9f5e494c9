/** An account's settings and what it has used. */
import { asc } from "drizzle-orm";
import * as Account from "../account/index.ts";
import type { AccountView, Usage } from "../account/wire.ts";
import { inAccount } from "../db/index.ts";
import * as Quota from "../quota/index.ts";
import { site } from "../site/site.sql.ts";
import type { Services } from "./services.ts";

export async function getAccount(services: Services, accountId: string): Promise<AccountView> {
  return inAccount(services.database, accountId, async (tx) => {
    const { id, name, tier, timeZone } = await Account.get(tx, accountId);
    const sites = await tx.select({ id: site.id, name: site.name }).from(site).orderBy(asc(site.id));
    return { id, name, tier, timeZone, sites };
  });
}

/** What is used and left, and the numbers behind it for the rate-limit headers. */
export async function getUsage(
  services: Services,
  accountId: string,
): Promise<{ usage: Usage; standing: Quota.Standing }> {
  const standing = await inAccount(services.database, accountId, async (tx) =>
    Quota.standing(tx, await Account.get(tx, accountId), services.clock.now()),
  );
  return { usage: Quota.usageOf(standing), standing };
}
