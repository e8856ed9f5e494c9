/**
 * The real PostgreSQL as simulated processes see it: each statement and each commit waits at a gate, so that the seed says
 * which connection goes on. A statement that waits for a lock is put aside until its turn has come.
 */
import { connect, type Database, openSql, raw, type Sql } from "@vigil/core/db";
import type { PoolClient, QueryResult } from "pg";
import type { IsBlocked, Outcome, Process, World } from "./world.ts";
import { nameOf } from "./world.ts";

/** More than tasks of a process ask at once: none waits for a connection in a way that no gate sees. */
const connectionsMax = 60;

export type Statement = { text: string; values: readonly unknown[] };
/** What a planted fault makes of a statement; undefined leaves it. */
export type Rewrite = (statement: Statement) => Statement | undefined;

/** A connection, and what stands between it and whoever has it. */
type Lane = {
  client: PoolClient;
  pid: number;
  account: string | undefined;
  /** The process that has it; undefined while it is idle. */
  holder: Process | undefined;
  isEnded: Promise<void>;
};

/** Connections that stay open from run to run: what the server learns on one it need not learn again. */
export type Connections = {
  /** Hands them to the processes of a world. */
  lend(world: World, rewrite: Rewrite | undefined): Databases;
  close(): Promise<void>;
};

export type Databases = {
  /** The database as one process has it. */
  open(process: Process): Database;
  /** All connections end, as when the server restarts. */
  restart(): Promise<void>;
  /** The next statement of a transaction fails so: an error code of PostgreSQL's. */
  failNext(code: string): void;
  /** Cancels whoever came last to a standstill. */
  cancelLast(): Promise<boolean>;
  /** Ends what is still held. */
  giveBack(): Promise<void>;
  statements: number;
};

export function openConnections({ appUrl, ownerUrl }: { appUrl: string; ownerUrl: string }): Connections {
  const monitor: Sql & { end(): Promise<void> } = openSql(ownerUrl, { connectionsMax: 1 });
  const shared = connect(appUrl, { connectionsMax });
  // Time passes by the world's clock: no statement is late by the real one.
  Object.assign(shared.pool.options, { query_timeout: 0, connectionTimeoutMillis: 0, idleTimeoutMillis: 0 });
  const lanes = new Map<object, Lane>();
  let lent:
    | { world: World; databases: Databases; rewrite: Rewrite | undefined; failure?: string | undefined }
    | undefined;
  const borrowed = () => {
    if (!lent) throw new Error("expected a world");
    return lent;
  };
  shared.pool.on("release", (_, client) => {
    const lane = lanes.get(client);
    if (lane) lane.holder = undefined;
  });

  /** @returns when the server has let go of all that these connections held */
  async function endLanes(ended: readonly Lane[]): Promise<void> {
    const pids = ended.map(({ pid }) => String(pid));
    if (pids.length === 0) return;
    await monitor`select pg_terminate_backend(pid::int) from unnest(${pids}::text[]) as pid`;
    for (;;) {
      const [row] = await monitor<{ left: number }[]>`
        select count(*)::int as left from pg_stat_activity where pid::text = any (${pids})`;
      if (row?.left === 0) break;
    }
    await Promise.all(ended.map(({ isEnded }) => isEnded));
    for (const { client } of ended) lanes.delete(client);
  }

  /** Whoever held them will never give them back. */
  async function endHeld(isTheirs: (holder: Process) => boolean): Promise<void> {
    const held = [...lanes.values()].filter(({ holder }) => holder && isTheirs(holder));
    await endLanes(held);
    for (const { client } of held) client.release(true);
  }

  const isBlocked: IsBlocked = async ({ lane }) => {
    const found = lane && lanes.get(lane);
    if (!found) return false;
    const [row] = await monitor<
      { blocked: boolean }[]
    >`select cardinality(pg_blocking_pids(${found.pid})) > 0 as blocked`;
    return row?.blocked ?? false;
  };

  function open(world: World, process: Process): Database {
    const database = connect(appUrl, { connectionsMax });
    const take = shared.pool.connect.bind(shared.pool) as () => Promise<PoolClient>;
    database.ping = () => world.gate("ping", async () => void (await monitor`select 1`));
    database.pool.connect = (() =>
      world.gate(
        "connect",
        async () => {
          const client = await take();
          const lane = lanes.get(client) ?? (await watch(client));
          lane.holder = process;
          lane.account = undefined;
          return client;
        },
        { isPlain: true },
      )) as typeof database.pool.connect;
    process.onKill.push(() => endHeld((holder) => holder === process));
    return database;
  }

  /** From here on what is sent on this connection waits at a gate. */
  async function watch(client: PoolClient): Promise<Lane> {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const isEnded = new Promise<void>((resolve) => {
      (client as unknown as { once(name: "end", then: () => void): void }).once("end", resolve);
    });
    const lane: Lane = { client, pid: rows[0]?.pid ?? 0, account: undefined, holder: undefined, isEnded };
    lanes.set(client, lane);
    const send = client.query.bind(client) as Send;
    const query = (config: Query, given?: unknown[]) => {
      const { text, values = given ?? [] } = typeof config === "string" ? { text: config } : config;
      const label = text.replaceAll(/\s+/g, " ").slice(0, 90);
      const { world } = borrowed();
      return world.gate(label, () => pass(lane, send, { config, given, statement: { text, values } }), {
        lane: client,
        isPlain: label === "begin" || label.startsWith("select set_config"),
        note: (outcome) => noteOf(values, outcome),
      });
    };
    Object.defineProperty(client, "query", { value: query });
    return lane;
  }

  async function pass(
    lane: Lane,
    send: Send,
    { config, given, statement }: { config: Query; given: unknown[] | undefined; statement: Statement },
  ): Promise<QueryResult> {
    const now = borrowed();
    now.databases.statements += 1;
    const { text, values } = statement;
    if (text.startsWith("select set_config('vigil.account_id'")) lane.account = String(values[0]);
    if (/^(commit|rollback)/i.test(text)) lane.account = undefined;
    if (now.failure !== undefined && !/^(begin|commit|rollback|select set_config)/i.test(text)) {
      const code = now.failure;
      now.failure = undefined;
      return send({
        text: `do $$ begin raise exception 'by the simulation' using errcode = '${code}'; end $$`,
      });
    }
    const planted = now.rewrite?.(statement);
    if (planted) return send({ text: planted.text, values: [...planted.values] });
    const answer = await (given ? send(config, given) : send(config));
    assertOwn(now.world, lane, statement, answer);
    return answer;
  }

  return {
    lend(world, rewrite) {
      world.isBlocked = isBlocked;
      const databases: Databases = {
        open: (process) => open(world, process),
        restart: () => endLanes([...lanes.values()]),
        failNext(code) {
          borrowed().failure = code;
        },
        async cancelLast() {
          const lane = world.lastBlockedLane && lanes.get(world.lastBlockedLane);
          if (!lane) return false;
          await monitor`select pg_cancel_backend(${lane.pid})`;
          await world.deliverUnblocked();
          return true;
        },
        giveBack: () => endHeld(() => true),
        statements: 0,
      };
      lent = { world, databases, rewrite };
      return databases;
    },
    async close() {
      await Promise.all([shared.close(), monitor.end()]);
    },
  };
}

type Query = string | { text: string; values?: unknown[] };
type Send = (config: Query, values?: unknown[]) => Promise<QueryResult>;

/** In a transaction of an account nobody sees the rows of another. */
function assertOwn(world: World, { account }: Lane, { text }: Statement, answer: QueryResult): void {
  if (account === undefined || !Array.isArray(answer.fields)) return;
  const at = answer.fields.findIndex(({ name }) => name === "account_id" || name === "accountId");
  if (at < 0) return;
  for (const row of answer.rows as (Record<string, unknown> | unknown[])[]) {
    const owner = Array.isArray(row) ? row[at] : (row.account_id ?? row.accountId);
    if (typeof owner === "string" && owner !== account) {
      world.violate("foreign-row", `${account} read a row of ${owner}: ${text.slice(0, 120)}`);
    }
  }
}

function noteOf(values: readonly unknown[], outcome: Outcome): string {
  if ("error" in outcome) return nameOf(outcome.error);
  const { rowCount } = (outcome.value ?? {}) as { rowCount?: number | null };
  const told = values.map((value) =>
    value instanceof Date
      ? value.toISOString()
      : value instanceof Uint8Array
        ? Buffer.from(value).toString("hex")
        : value,
  );
  return `${rowCount ?? 0} ${JSON.stringify(told)}`;
}

/**
 * A database as it was when the accounts were made, again and again: what a run wrote is gone before the next one. Nothing
 * is vacuumed, analysed or ended by a clock meanwhile, so that each run finds the same.
 */
export async function keepPristine(ownerUrl: string): Promise<() => Promise<void>> {
  const owner = openSql(ownerUrl, { connectionsMax: 1 });
  const tables = (
    await owner<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' order by tablename`
  ).map(({ name }) => name);
  await owner`create schema pristine`;
  for (const name of tables) {
    await owner`create table pristine.${raw(name)} as table public.${raw(name)}`;
    await owner`alter table public.${raw(name)} set (autovacuum_enabled = false)`;
  }
  const [database] = await owner<{ name: string }[]>`select current_database() as name`;
  for (const setting of ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]) {
    await owner`alter role vigil_app in database ${raw(database?.name ?? "")} set ${raw(setting)} = 0`;
  }
  // A deadlock is found by the world, which sees all that wait.
  await owner`alter role vigil_app in database ${raw(database?.name ?? "")} set deadlock_timeout = '1h'`;
  // The one thing that the database itself leaves to chance.
  await owner`create sequence salts`;
  await owner`grant usage on sequence salts to public`;
  await owner`create or replace function random_salt() returns bytea language sql volatile
    return decode(md5(nextval('salts')::text), 'hex')`;
  const filled: { name: string; columns: string }[] = [];
  for (const name of tables) {
    const [row] = await owner<
      { any: boolean }[]
    >`select exists (select from ${raw(`pristine.${name}`)}) as any`;
    if (!row?.any) continue;
    // What is computed from others is not copied.
    const [told] = await owner<{ columns: string }[]>`
      select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
      where table_schema = 'public' and table_name = ${name} and is_generated = 'NEVER'`;
    filled.push({ name, columns: told?.columns ?? "" });
  }
  await owner.end();
  const again = openSql(ownerUrl, { connectionsMax: 1 });
  return async () => {
    await again.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`alter sequence salts restart`;
      await sql`truncate ${raw(tables.map((name) => `public."${name}"`).join(", "))} restart identity cascade`;
      for (const { name, columns } of filled) {
        await sql`insert into public.${raw(name)} (${raw(columns)}) overriding system value
          select ${raw(columns)} from pristine.${raw(name)}`;
      }
    });
  };
}
