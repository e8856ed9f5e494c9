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

/** Any constant: whoever makes the template holds this advisory lock. */
const templateLock = 7_241_987;
const template = "vigil_template";

/** A database that has had every migration, made once a server: a copy of it is ready in a moment. */
async function copyTemplate(server: string, name: string): Promise<void> {
  const admin = openSql(server, { connectionsMax: 1 });
  try {
    await admin`select pg_advisory_lock(${templateLock})`;
    const [made] = await admin`select from pg_database where datname = ${template} and not datallowconn`;
    if (!made) {
      await admin`drop database if exists ${raw(template)}`;
      await admin`create database ${raw(template)}`;
      await migrate({ ownerUrl: withPath(server, template) });
      // Nobody is in it while it is copied.
      await admin`alter database ${raw(template)} allow_connections false`;
    }
    await admin`select pg_advisory_unlock(${templateLock})`;
    // A copy of files: half the time of going through the log, and nothing here must outlive a crash.
    await admin`create database ${raw(name)} template ${raw(template)} strategy file_copy`;
  } finally {
    await admin.end();
  }
}

export async function createTestDatabase(plan?: readonly AccountPlan[]): Promise<TestDatabase> {
  const server = testServerUrl();
  const name = `test_${randomBytes(6).toString("hex")}`;
  await copyTemplate(server, name);
  const ownerUrl = withPath(server, name);
  // What is kept of a database beside it, such as how long its sessions may wait, is not copied.
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
