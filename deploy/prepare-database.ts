/**
 * Brings an operator's PostgreSQL up to date, and with `--account` makes an account and keys to begin with:
 *
 *   OWNER_DATABASE_URL=postgres://… APP_DATABASE_PASSWORD=… SIGN_IN_DATABASE_PASSWORD=… node deploy/prepare-database.ts
 *   OWNER_DATABASE_URL=postgres://… node deploy/prepare-database.ts --account "Corner shop" --tier pro \
 *     --site Shop --device "Yard camera" --time-zone Europe/London
 *
 * The keys are printed once, as JSON, and stand nowhere else in the clear. Migrating twice changes nothing; asking for
 * an account of the same name again makes further keys for it.
 */
import { parseArgs } from "node:util";
import { migrate } from "@vigil/core/db";
import { Tier } from "@vigil/core/review/wire";
import { seed } from "@vigil/core/seed";
import * as z from "zod";
import { readEnvironment } from "./config.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { account: text, tier: text, site: text, device: text, "time-zone": text },
});

const timeZones = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
const Plan = z.object({
  account: z.string().min(1),
  tier: Tier,
  site: z.string().min(1),
  device: z.string().min(1),
  "time-zone": z
    .string()
    .refine((zone) => timeZones.has(zone), "expected an IANA zone, such as Europe/London"),
});

async function prepare(): Promise<void> {
  const {
    OWNER_DATABASE_URL: ownerUrl,
    APP_DATABASE_PASSWORD: appPassword,
    SIGN_IN_DATABASE_PASSWORD: signInPassword,
  } = readEnvironment();
  const plan = values.account === undefined ? undefined : Plan.safeParse(values);
  if (plan && !plan.success) {
    throw new Error(`the account is not fully named:\n${z.prettifyError(plan.error)}`);
  }
  await migrate({
    ownerUrl,
    ...(appPassword ? { appPassword } : {}),
    ...(signInPassword ? { signInPassword } : {}),
  });
  process.stderr.write("the database is up to date\n");
  if (!plan) return;
  const { account: name, tier, site: siteName, device: deviceName, "time-zone": timeZone } = plan.data;
  const seeded = await seed({ ownerUrl, plan: [{ name, tier, siteName, deviceName, timeZone }] });
  process.stdout.write(`${JSON.stringify(seeded, null, 2)}\n`);
}

try {
  await prepare();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
