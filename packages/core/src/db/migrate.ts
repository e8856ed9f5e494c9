/** Brings a database up to date. Runs as the owner of the tables, never as the application. */
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Client, DatabaseError, escapeIdentifier, escapeLiteral } from "pg";
import { database as limits } from "../limits.ts";

const migrationsFolder = fileURLToPath(new URL("../../../../migrations", import.meta.url));
/** Any constant: whoever migrates holds this advisory lock, so that two starts do not migrate at once. */
const migrationLock = 7_241_986;

/** Of every session of the application, however it comes to be: a pooler in between passes settings of a session on badly. */
const roleSettings = {
  statement_timeout: limits.statementMsMax,
  lock_timeout: limits.lockMsMax,
  idle_in_transaction_session_timeout: limits.idleInTransactionMsMax,
};

/**
 * Creates the role `vigil_app` (or sets its password), applies every migration that is missing, and bounds how long the
 * application may wait in this database.
 * @param ownerUrl a connection URL of the role that owns the tables and may create roles
 * @param appPassword the password that the application will connect with; undefined leaves the role as it is
 */
export async function migrate({
  ownerUrl,
  appPassword,
}: {
  ownerUrl: string;
  appPassword?: string;
}): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  // A connection that dies rejects what waits for it.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const found = await client.query<{ rolbypassrls: boolean; rolsuper: boolean }>(
      "select rolbypassrls, rolsuper from pg_roles where rolname = 'vigil_app'",
    );
    const [role] = found.rows;
    if (role?.rolbypassrls || role?.rolsuper) {
      throw new Error(
        "the role vigil_app can bypass row-level security; run: alter role vigil_app nosuperuser nobypassrls",
      );
    }
    await inRace(() => ensureRole(client, appPassword));
    await applyMigrations(drizzle({ client }), { migrationsFolder });
    for (const [name, ms] of Object.entries(roleSettings)) {
      const { rows } = await client.query<{ name: string }>("select current_database() as name");
      const database = escapeIdentifier(rows[0]?.name ?? "");
      await client.query(`alter role vigil_app in database ${database} set ${name} = ${ms}`);
    }
  } finally {
    await client.end();
  }
}

async function ensureRole(client: Client, password: string | undefined): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = 'vigil_app'");
  if (!rowCount) {
    await client.query("create role vigil_app login nosuperuser nocreatedb nocreaterole nobypassrls");
  }
  // A role's password cannot be a parameter.
  if (password !== undefined) {
    await client.query(`alter role vigil_app password ${escapeLiteral(password)}`);
  }
}

/**
 * A role belongs to the whole server, and the lock above only to this database: when several databases are migrated at
 * once, whoever comes second finds the role made or being changed, and tries again.
 */
async function inRace(work: () => Promise<void>, triesLeft = 20): Promise<void> {
  try {
    await work();
  } catch (error) {
    const raced = error instanceof DatabaseError && ["23505", "42710", "XX000"].includes(error.code ?? "");
    if (!raced || triesLeft === 0) throw error;
    await setTimeout(50);
    await inRace(work, triesLeft - 1);
  }
}
