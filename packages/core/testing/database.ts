/**
 * A real PostgreSQL database for one test file: made from the server that TEST_DATABASE_URL names (`npm test` sets it), or
 * from one that is started for the occasion.
 */
import { randomBytes } from "node:crypto";
import { connect, type Database, migrate, openSql, raw, type Sql } from "../src/db/index.ts";
import { type AccountPlan, type Seeded, seed } from "../src/seed/index.ts";
import { testServerUrl } from "./config.ts";

export type TestDatabase = {
  /** As the application: no account can be seen outside `inAccount`. */
  database: Database;
  /** As the owner of the tables, for arranging and for looking. */
  owner: Sql;
  ownerUrl: string;
  appUrl: string;
  /** As sign-in, which has rights on its own tables alone. */
  signInUrl: string;
  seeded: Seeded;
  close(): Promise<void>;
};

const appPassword = "app-of-the-tests";
const signInPassword = "sign-in-of-the-tests";

export async function createTestDatabase(plan?: readonly AccountPlan[]): Promise<TestDatabase> {
  const server = testServerUrl();
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = openSql(server, { connectionsMax: 1 });
  await admin`create database ${raw(name)}`;
  await admin.end();
  const ownerUrl = withPath(server, name);
  await migrate({ ownerUrl, appPassword, signInPassword });
  const seeded = await seed({ ownerUrl, ...(plan ? { plan } : {}) });
  const appUrl = withPath(server, name, { user: "vigil_app", password: appPassword });
  const signInUrl = withPath(server, name, { user: "vigil_sign_in", password: signInPassword });
  const owner = openSql(ownerUrl, { connectionsMax: 2 });
  const database = connect(appUrl, { connectionsMax: 8 });
  return {
    database,
    owner,
    ownerUrl,
    appUrl,
    signInUrl,
    seeded,
    async close() {
      await Promise.all([database.close(), owner.end()]);
      const again = openSql(server, { connectionsMax: 1 });
      await again`drop database ${raw(name)} with (force)`;
      await again.end();
    },
  };
}

function withPath(server: string, database: string, role?: { user: string; password: string }): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (role) {
    url.username = role.user;
    url.password = role.password;
  }
  return url.href;
}
