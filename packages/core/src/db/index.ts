/**
 * The way to PostgreSQL. Tenant rows are reached inside `inAccount` only, which tells row-level security whose
 * transaction it is; what no single account may see is reached through the functions that
 * `migrations/0001_doors.sql` lists.
 *
 * Whatever the database's state, a call ends within bounded time: with its result, or with a problem that is answered
 * with 503. One account never holds all connections.
 *
 * @example
 *   const database = connect(config.databaseUrl, { connectionsMax: 10 });
 *   const devices = await inAccount(database, accountId, (tx) => tx.select().from(device));
 */
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { database as limits } from "../limits.ts";
import { onceMore } from "./faults.ts";
import {
  type Connection,
  checked,
  inTransaction,
  openPool,
  type Pool,
  queryableOn,
  sendAlone,
  sendTogether,
  withConnection,
} from "./pool.ts";
import { createShares, type Shares } from "./shares.ts";
import { type Part, type Queryable, queryable, type Rendered, render } from "./statement.ts";

export { ConnectionLost } from "./faults.ts";
export { migrate } from "./migrate.ts";
export { type Part, part, type Queryable, raw } from "./statement.ts";

/** Statements, each alone or in a transaction, outside any account. */
export type Sql = Queryable & {
  /** Runs `work` in one transaction. No account is set in it. */
  begin<T>(work: (sql: Queryable) => Promise<T>): Promise<T>;
};

export type Database = {
  /** A statement of its own is sent once more when its connection dies: it must be one that may be done twice. */
  sql: Sql;
  pool: Pool;
  /** What a transaction of an account must do and see to be committed. */
  beforeCommit?: (accountId: string, sql: Queryable) => Promise<void>;
  /** Of each account: how many connections it may hold at once. */
  shares: Shares;
  /** Whether the database answers, asked on a connection that nothing else uses. @throws `unavailable` */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** A transaction in which the current account is set. */
export type Tx = NodePgDatabase;

/** Opens a pool as the application role. Connections open when they are first needed. */
export function connect(url: string, { connectionsMax }: { connectionsMax: number }): Database {
  const { connectMsMax, answerMsMax, pingMsMax } = limits;
  const pool = openPool(url, { connectionsMax, connectMsMax, answerMsMax });
  const watch = openPool(url, { connectionsMax: 1, connectMsMax: pingMsMax, answerMsMax: pingMsMax });
  let pinging: Promise<unknown> | undefined;
  return {
    sql: sqlOn(pool, onceMore),
    pool,
    shares: createShares({
      shareMax: Math.ceil(connectionsMax * limits.accountShareMax),
      waitMsMax: limits.accountWaitMsMax,
    }),
    async ping() {
      pinging ??= sendAlone(watch, { text: "select 1", values: [] }).finally(() => {
        pinging = undefined;
      });
      await pinging;
    },
    async close() {
      await Promise.all([pool.end(), watch.end()]);
    },
  };
}

/** A pool for whoever may do as they please, such as the owner of the tables: nothing is tried twice, and may take its time. */
export function openSql(
  url: string,
  { connectionsMax }: { connectionsMax: number },
): Sql & { end(): Promise<void> } {
  const pool = openPool(url, { connectionsMax, connectMsMax: limits.connectMsMax, answerMsMax: 0 });
  return Object.assign(
    sqlOn(pool, (work) => work()),
    { end: () => pool.end() },
  );
}

function sqlOn(pool: Pool, attempts: <T>(work: () => Promise<T>) => Promise<T>): Sql {
  return Object.assign(
    queryable((statement) => attempts(() => sendAlone(pool, statement))),
    {
      begin: <T>(work: (sql: Queryable) => Promise<T>) =>
        attempts(() => inTransaction(pool, [], (connection) => work(queryableOn(connection)))),
    },
  );
}

function setAccount(accountId: string): Rendered {
  return { text: "select set_config('vigil.account_id', $1, true)", values: [accountId] };
}

/**
 * Runs `work` in one transaction that can see and write the rows of `accountId` and no others. When the connection dies
 * before the commit, nothing was done, and it is run once more: `work` does nothing but ask the database.
 */
export async function inAccount<T>(
  database: Database,
  accountId: string,
  work: (tx: Tx, sql: Queryable) => Promise<T>,
): Promise<T> {
  const within = async (connection: Connection) => {
    const sql = queryableOn(connection);
    const result = await work(drizzle({ client: checked(connection) }), sql);
    await database.beforeCommit?.(accountId, sql);
    return result;
  };
  return database.shares(accountId, () =>
    onceMore(() => inTransaction(database.pool, [setAccount(accountId)], within)),
  );
}

/**
 * Runs one statement in a transaction of `accountId` in a single network round trip: begin, the account, the statement
 * and commit are sent together. If one fails, PostgreSQL turns the commit into a rollback and the statement's error is
 * thrown. When the connection dies, nobody knows whether it was done: that is not tried again here.
 */
export async function pipelined<Row extends object>(
  database: Database,
  accountId: string,
  whole: Part,
): Promise<Row[]> {
  const statement = render(whole);
  return database.shares(accountId, () =>
    withConnection(database.pool, async (connection) => {
      const answers = await sendTogether(connection, [
        { text: "begin", values: [] },
        setAccount(accountId),
        statement,
        { text: "commit", values: [] },
      ]);
      return (answers[2] ?? []) as Row[];
    }),
  );
}
