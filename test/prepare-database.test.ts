/** The command that brings an operator's database up to date, against a real PostgreSQL. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import * as Key from "@vigil/core/key";
import type { Seeded } from "@vigil/core/seed";
import { createTestDatabase, type TestDatabase } from "../packages/core/testing/database.ts";
import { quickStart } from "../scripts/quick-start/index.ts";

const command = path.resolve(import.meta.dirname, "../deploy/prepare-database.ts");
const shop = ["--account", "Corner shop", "--tier", "pro", "--site", "Shop", "--device", "Yard"];

describe("deploy/prepare-database.ts", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase([]);
  });
  after(() => database.close());

  function run(
    args: string[],
    environment: Record<string, string> = { OWNER_DATABASE_URL: database.ownerUrl },
  ) {
    return spawnSync(process.execPath, [command, ...args], {
      encoding: "utf8",
      timeout: 300_000,
      env: { PATH: process.env["PATH"], ...quickStart(""), ...environment },
    });
  }

  it("makes an account whose keys open what they should", async () => {
    const { status, stdout, stderr } = run([...shop, "--time-zone", "Europe/London"]);
    assert.equal(status, 0, stderr);
    const { accounts, workerKey } = JSON.parse(stdout) as Seeded;
    const [account] = accounts;
    const device = await Key.authenticate(database.database, account?.deviceKey ?? "");
    assert.equal(device.kind, "device");
    assert.equal("accountId" in device && device.accountId, account?.accountId);
    assert.equal((await Key.authenticate(database.database, workerKey)).kind, "worker");
  });

  it("changes nothing when it migrates again, and prints no key when none was asked for", () => {
    const { status, stdout, stderr } = run([]);
    assert.equal(status, 0, stderr);
    assert.equal(stdout, "");
  });

  it("says what is missing and does nothing", () => {
    const zone = run([...shop, "--time-zone", "Europe/Londn"]);
    assert.equal(zone.status, 1);
    assert.match(zone.stderr, /expected an IANA zone/);
    const environment = run([], {});
    assert.equal(environment.status, 1);
    assert.match(environment.stderr, /OWNER_DATABASE_URL/);
  });
});
