/**
 * The way to PostgreSQL. Tenant rows are reached inside `inAccount` only, which tells row-level security whose
 * transaction it is; what no single account may see is reached through the functions that
 * `migrations/0001_doors.sql` lists.
 *
 * @example
 *   const database = connect(config.databaseUrl, { connectionsMax: 10 });
 *   const devices = await inAccount(database, accountId, (tx) => tx.select().from(device));
 */
import { sql as statement } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema.ts";

export type Database = {
  sql: postgres.Sql;
  orm: PostgresJsDatabase<typeof schema>;
  close(): Promise<void>;
};
/** A pool or a transaction of the driver: for the functions that cross the tenant border (migrations/0001_doors.sql). */
export type Queryable = postgres.Sql | postgres.TransactionSql;
/** A transaction in which the current account is set. */
export type Tx = Parameters<Parameters<Database["orm"]["transaction"]>[0]>[0];

/** Opens a pool as the application role. Connections open when they are first needed. */
export function connect(url: string, options: { connectionsMax: number }): Database {
  const sql = postgres(url, {
    max: options.connectionsMax,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { application_name: "vigil" },
  });
  return { sql, orm: withOwnDates(sql), close: () => sql.end({ timeout: 5 }) };
}

/** PostgreSQL's type numbers of date, timestamp and timestamptz. */
const dateTypes = ["1082", "1114", "1184"];

/**
 * Drizzle switches off the driver's conversion of dates (and of JSON) in the client that it is given. Its own columns
 * take dates as the driver gives them, so dates are switched on again for statements that are written by hand; JSON they
 * pass as text: `${JSON.stringify(value)}::jsonb`.
 */
function withOwnDates(sql: postgres.Sql): Database["orm"] {
  const parsers: Record<string, unknown> = { ...sql.options.parsers };
  const serializers: Record<string, unknown> = { ...sql.options.serializers };
  const orm = drizzle(sql, { schema });
  for (const type of dateTypes) {
    Object.assign(sql.options.parsers, { [type]: parsers[type] });
    Object.assign(sql.options.serializers, { [type]: serializers[type] });
  }
  return orm;
}

/** Runs `work` in one transaction that can see and write the rows of `accountId` and no others. */
export async function inAccount<T>(
  database: Database,
  accountId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return database.orm.transaction(async (tx) => {
    await tx.execute(statement`select set_config('vigil.account_id', ${accountId}, true)`);
    return work(tx);
  });
}

/**
 * Runs one statement in a transaction of `accountId` in a single network round trip: begin, the account, the statement
 * and commit are sent together. If one fails, PostgreSQL turns the commit into a rollback and the statement's error is thrown.
 */
export async function pipelined<Row>(
  database: Database,
  accountId: string,
  build: (sql: postgres.ReservedSql) => postgres.PendingQuery<postgres.Row[]>,
): Promise<Row[]> {
  const connection = await database.sql.reserve();
  try {
    const steps = [
      connection`begin`,
      connection`select set_config('vigil.account_id', ${accountId}, true)`,
      build(connection),
      connection`commit`,
    ].map((step) => step.execute());
    const outcomes = await Promise.allSettled(steps);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
    const rows = outcomes[2];
    return (rows?.status === "fulfilled" ? [...rows.value] : []) as Row[];
  } finally {
    connection.release();
  }
}
export { migrate } from "./migrate.ts";
