/**
 * Accounts to begin with: one per tier, each with a site, devices and a member, and a key for an operator and a worker.
 * For the local stack and for tests; runs as the owner of the tables, because no account exists yet whose rows these are.
 */

import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { account } from "../account/account.sql.ts";
import { device } from "../device/device.sql.ts";
import * as Id from "../id.ts";
import { generate, hash } from "../key/index.ts";
import { apiKey, type KeyKind } from "../key/key.sql.ts";
import { member } from "../member/member.sql.ts";
import type { Tier } from "../review/wire.ts";
import { site } from "../site/site.sql.ts";

export type SeededAccount = {
  name: string;
  tier: Tier;
  accountId: string;
  siteId: string;
  deviceId: string;
  deviceKey: string;
  memberId: string;
  memberToken: string;
};

export type Seeded = { accounts: SeededAccount[]; operatorToken: string; workerKey: string };

export type AccountPlan = {
  name: string;
  tier: Tier;
  siteName: string;
  deviceName: string;
  timeZone: string;
};

export const localPlan: readonly AccountPlan[] = [
  {
    name: "Lite household",
    tier: "lite",
    siteName: "Flat",
    deviceName: "Hallway camera",
    timeZone: "Europe/London",
  },
  {
    name: "Guardian household",
    tier: "guardian",
    siteName: "Home",
    deviceName: "Front camera",
    timeZone: "Europe/London",
  },
  { name: "Pro shop", tier: "pro", siteName: "Shop", deviceName: "Yard camera", timeZone: "Europe/London" },
];

/** Creates the accounts of the plan that do not exist yet (by name), and fresh keys for all of them. */
export async function seed({
  ownerUrl,
  plan = localPlan,
}: {
  ownerUrl: string;
  plan?: readonly AccountPlan[];
}): Promise<Seeded> {
  const client = new Client({ connectionString: ownerUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await drizzle({ client }).transaction(async (tx) => {
      const issue = async (kind: KeyKind, subjectId: string, accountId: string | null) => {
        const key = generate(kind);
        await tx.insert(apiKey).values({ id: Id.create("key"), accountId, kind, subjectId, hash: hash(key) });
        return key;
      };
      const accounts: SeededAccount[] = [];
      for (const planned of plan) {
        const ids = (await findSeeded(tx, planned.name)) ?? (await create(tx, planned));
        accounts.push({
          name: planned.name,
          tier: planned.tier,
          accountId: ids.accountId,
          siteId: ids.siteId,
          deviceId: ids.deviceId,
          deviceKey: await issue("device", ids.deviceId, ids.accountId),
          memberId: ids.memberId,
          memberToken: await issue("member", ids.memberId, ids.accountId),
        });
      }
      return {
        accounts,
        operatorToken: await issue("operator", "local operator", null),
        workerKey: await issue("worker", "local worker", null),
      };
    });
  } finally {
    await client.end();
  }
}

type Owner = Parameters<Parameters<ReturnType<typeof drizzle>["transaction"]>[0]>[0];
type Ids = { accountId: string; siteId: string; deviceId: string; memberId: string };

async function findSeeded(tx: Owner, name: string): Promise<Ids | undefined> {
  const [found] = await tx
    .select({ accountId: account.id, siteId: site.id, deviceId: device.id, memberId: member.id })
    .from(account)
    .innerJoin(site, eq(site.accountId, account.id))
    .innerJoin(device, eq(device.siteId, site.id))
    .innerJoin(member, eq(member.accountId, account.id))
    .where(eq(account.name, name))
    .limit(1);
  return found;
}

async function create(tx: Owner, plan: AccountPlan): Promise<Ids> {
  const ids = {
    accountId: Id.create("account"),
    siteId: Id.create("site"),
    deviceId: Id.create("device"),
    memberId: Id.create("member"),
  };
  const { accountId } = ids;
  await tx
    .insert(account)
    .values({ id: accountId, name: plan.name, tier: plan.tier, timeZone: plan.timeZone });
  await tx.insert(site).values({ id: ids.siteId, accountId, name: plan.siteName });
  await tx.insert(device).values({ id: ids.deviceId, accountId, siteId: ids.siteId, name: plan.deviceName });
  await tx.insert(member).values({ id: ids.memberId, accountId, name: "Owner", role: "owner" });
  return ids;
}
