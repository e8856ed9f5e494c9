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

/** The application, and sign-in, which has rights on its own tables alone. */
const roles = ["vigil_app", "vigil_sign_in"] as const;

/**
 * Creates the roles (or sets their passwords), applies every migration that is missing, and bounds how long they may wait
 * in this database.
 * @param ownerUrl a connection URL of the role that owns the tables and may create roles
 * @param appPassword the password that the application will connect with; undefined leaves the role as it is
 * @param signInPassword the same for sign-in
 */
export async function migrate({
  ownerUrl,
  appPassword,
  signInPassword,
}: {
  ownerUrl: string;
  appPassword?: string;
  signInPassword?: string;
}): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  // A connection that dies rejects what waits for it.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const found = await client.query<{ rolname: string; rolbypassrls: boolean; rolsuper: boolean }>(
      "select rolname, rolbypassrls, rolsuper from pg_roles where rolname = any ($1)",
      [roles],
    );
    const mighty = found.rows.find((role) => role.rolbypassrls || role.rolsuper)?.rolname;
    if (mighty !== undefined) {
      throw new Error(
        `the role ${mighty} can bypass row-level security; run: alter role ${mighty} nosuperuser nobypassrls`,
      );
    }
    await inRace(() => ensureRole(client, "vigil_app", appPassword));
    await inRace(() => ensureRole(client, "vigil_sign_in", signInPassword));
    await applyMigrations(drizzle({ client }), { migrationsFolder });
    const { rows } = await client.query<{ name: string }>("select current_database() as name");
    const database = escapeIdentifier(rows[0]?.name ?? "");
    for (const role of roles) {
      for (const [name, ms] of Object.entries(roleSettings)) {
        await client.query(`alter role ${role} in database ${database} set ${name} = ${ms}`);
      }
    }
  } finally {
    await client.end();
  }
}

async function ensureRole(
  client: Client,
  role: (typeof roles)[number],
  password: string | undefined,
): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [role]);
  if (!rowCount) {
    await client.query(`create role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls`);
  }
  // A role's password cannot be a parameter.
  if (password !== undefined) {
    await client.query(`alter role ${role} password ${escapeLiteral(password)}`);
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
