/** Brings a database up to date. Runs as the owner of the tables, never as the application. */
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const migrationsFolder = fileURLToPath(new URL("../../../../migrations", import.meta.url));
/** Any constant: whoever migrates holds this advisory lock, so that two starts do not migrate at once. */
const migrationLock = 7_241_986;

/**
 * Creates the role `vigil_app` (or sets its password) and applies every migration that is missing.
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
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    const [role] = await sql`select rolbypassrls, rolsuper from pg_roles where rolname = 'vigil_app'`;
    if (role?.rolbypassrls || role?.rolsuper) {
      throw new Error(
        "the role vigil_app can bypass row-level security; run: alter role vigil_app nosuperuser nobypassrls",
      );
    }
    await ensureRole(sql, role !== undefined, appPassword);
    await applyMigrations(drizzle(sql), { migrationsFolder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * A role belongs to the whole server, and the lock above only to this database: when several databases are migrated at
 * once, whoever comes second finds the role made or being changed, and tries again.
 */
async function ensureRole(
  sql: postgres.Sql,
  exists: boolean,
  password: string | undefined,
  triesLeft = 20,
): Promise<void> {
  try {
    if (!exists) await sql`create role vigil_app login nosuperuser nocreatedb nocreaterole nobypassrls`;
    if (password === undefined) return;
    // A role's password cannot be a parameter; the server quotes it.
    const [quoted] = await sql<{ literal: string }[]>`select quote_literal(${password}) as literal`;
    await sql.unsafe(`alter role vigil_app password ${quoted?.literal ?? "null"}`);
  } catch (error) {
    const raced = error instanceof postgres.PostgresError && ["23505", "42710", "XX000"].includes(error.code);
    if (!raced || triesLeft === 0) throw error;
    await setTimeout(50);
    await ensureRole(sql, true, password, triesLeft - 1);
  }
}
