/** PostgreSQL with Vigil's tables and sample accounts. */

import { join } from "node:path";
import { migrate, openSql } from "@vigil/core/db";
import { seed } from "@vigil/core/seed";
import * as z from "zod";
import { type Postgres, startPostgres } from "../local/postgres.ts";
import type { Terminal } from "../terminal.ts";
import { readJson, writeSecretJson } from "./keep-json.ts";
import { Seeded } from "./local-file.ts";
import { paths } from "./paths.ts";
import type { Secrets } from "./secrets.ts";

export type Database = {
  server: Postgres;
  ownerUrl: string;
  appUrl: string;
  signInUrl: string;
  seeded: Seeded;
};

const databaseName = "vigil";
const Kept = z.object({ databaseId: z.string(), seeded: Seeded });

/** Differs from cluster to cluster. */
async function identityOf(ownerUrl: string): Promise<string> {
  const sql = openSql(ownerUrl, { connectionsMax: 1 });
  try {
    const [row] = await sql<{ id: string }[]>`select system_identifier::text as id from pg_control_system()`;
    if (!row) throw new Error("PostgreSQL did not tell its system identifier");
    return row.id;
  } finally {
    await sql.end();
  }
}

/** Migrations only ever add to what landed; local data of another line of development may not fit them. */
async function bringUpToDate(ownerUrl: string, { appPassword, signInPassword }: Secrets): Promise<void> {
  try {
    await migrate({ ownerUrl, appPassword, signInPassword });
  } catch (cause) {
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new Error(
      `the local data does not fit this version's tables (${why}). Throw it away: npm start -- --fresh`,
      { cause },
    );
  }
}

/** The sample accounts keep their keys for as long as their database lasts. */
async function keepSeeded(ownerUrl: string): Promise<Seeded> {
  const databaseId = await identityOf(ownerUrl);
  const kept = await readJson(paths.seeded, Kept);
  if (kept?.databaseId === databaseId) return kept.seeded;
  const seeded = Seeded.parse(await seed({ ownerUrl }));
  await writeSecretJson(paths.seeded, { databaseId, seeded });
  return seeded;
}

export async function startDatabase(terminal: Terminal, secrets: Secrets): Promise<Database> {
  const server = await terminal.step("PostgreSQL", () =>
    startPostgres({
      dataDir: paths.postgres,
      logFile: join(paths.logs, "postgres.log"),
      password: secrets.ownerPassword,
    }),
  );
  try {
    const ownerUrl = server.url(databaseName);
    const seeded = await terminal.step("tables and sample accounts", async () => {
      await server.createDatabase(databaseName);
      await bringUpToDate(ownerUrl, secrets);
      return keepSeeded(ownerUrl);
    });
    const urlOf = (role: string, password: string) =>
      `postgres://${role}:${password}@127.0.0.1:${server.port}/${databaseName}`;
    const appUrl = urlOf("vigil_app", secrets.appPassword);
    const signInUrl = urlOf("vigil_sign_in", secrets.signInPassword);
    return { server, ownerUrl, appUrl, signInUrl, seeded };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
