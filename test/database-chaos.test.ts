/**
 * The API as a process, under load, while its database is killed, its connections are cut and it is itself frozen: it
 * answers 202 or 503, it lives, what it has acknowledged is there once, and it comes back by itself.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { migrate, openSql, type Sql } from "@vigil/core/db";
import { createSigningKey } from "@vigil/core/review/job-signature";
import { type Seeded, seed } from "@vigil/core/seed";
import { environmentWith } from "../scripts/config.ts";
import { type Postgres, startPostgres } from "../scripts/local/postgres.ts";
import { type Queues, startQueues } from "../scripts/local/queues.ts";
import { until } from "../scripts/local/until.ts";
import { type Relay, startRelay } from "./walk/relay.ts";

const credentials = { accessKeyId: "chaos", secretAccessKey: "secret-of-the-chaos" };
const region = "eu-west-2";
const appPassword = "app-of-the-chaos";
/** Requests under way at any time, and acknowledged events that make a load, before and after the harm. */
const atOnce = 12;
const enough = 30;
const recoverMsMax = 120_000;

type Answer = { status: number; retryAfter: string | null; id: string };

describe("the API under load survives", { timeout: 480_000 }, () => {
  const closing: (() => Promise<unknown>)[] = [];
  let folder: string;
  let server: Postgres;
  let relay: Relay;
  let queues: Queues;
  let api: ChildProcess;
  let apiUrl: string;
  let seeded: Seeded;

  const startServer = async () => {
    server = await startPostgres({
      dataDir: join(folder, "data"),
      logFile: join(folder, "postgres.log"),
      password: "owner",
    });
    relay.leadTo(server.port);
  };
  const owner = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const sql = openSql(server.url("vigil"), { connectionsMax: 1 });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-chaos-"));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    relay = await startRelay();
    closing.push(() => relay.close());
    await startServer();
    closing.push(() => server.stop());
    await server.createDatabase("vigil");
    const ownerUrl = server.url("vigil");
    await migrate({ ownerUrl, appPassword, signInPassword: appPassword });
    seeded = await seed({ ownerUrl });
    queues = await startQueues({ region, credentials });
    closing.push(() => queues.stop());
    const readyFile = join(folder, "ready.json");
    api = spawn(process.execPath, ["functions/src/local.ts"], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      stdio: ["ignore", "ignore", "inherit"],
      env: environmentWith({
        AWS_REGION: region,
        DATABASE_URL: `postgres://vigil_app:${appPassword}@127.0.0.1:${relay.port}/vigil`,
        SIGN_IN_DATABASE_URL: `postgres://vigil_sign_in:${appPassword}@127.0.0.1:${relay.port}/vigil`,
        SIGN_IN_SECRET: "a secret of the tests, that is long enough",
        JOB_SIGNING_KEY: createSigningKey(),
        SQS_ENDPOINT: queues.endpoint,
        SQS_ACCESS_KEY_ID: credentials.accessKeyId,
        SQS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        PRIORITY_QUEUE_URL: queues.urls["vigil-priority"],
        STANDARD_QUEUE_URL: queues.urls["vigil-standard"],
        BULK_QUEUE_URL: queues.urls["vigil-bulk"],
        SESSION_QUEUE_URL: queues.urls["vigil-session"],
        DELIVERY_QUEUE_URL: queues.urls["vigil-delivery"],
        DELIVERY_SECRET: "a secret of the tests, long enough",
        DEAD_LETTER_QUEUE_URL: queues.urls["vigil-dead-letter"],
        EVIDENCE_BUCKET: "none",
        EVIDENCE_ENDPOINT: "http://127.0.0.1:9",
        EVIDENCE_ACCESS_KEY_ID: credentials.accessKeyId,
        EVIDENCE_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        CONSOLE_ORIGIN: "http://127.0.0.1:9",
        LOG_LEVEL: "silent",
        READY_FILE: readyFile,
      }),
    });
    const ended = new Promise((resolve) => api.once("exit", resolve));
    closing.push(async () => {
      api.kill("SIGCONT");
      api.kill("SIGKILL");
      await ended;
    });
    apiUrl = await until(
      async () => {
        assert.equal(api.exitCode, null, "the API ended before it was ready");
        const text = await readFile(readyFile, "utf8").catch(() => "");
        return text ? (JSON.parse(text) as { apiUrl: string }).apiUrl : undefined;
      },
      { withinMs: 180_000, because: "the API did not become ready" },
    );
  });
  after(async () => {
    for (const close of closing.toReversed()) await close();
  });

  async function report(): Promise<Answer> {
    const id = randomUUID();
    const { accounts } = seeded;
    const { deviceKey } = accounts[Math.floor(Math.random() * accounts.length)] ?? {};
    const answer = await fetch(`${apiUrl}/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${deviceKey}`, "content-type": "application/json" },
      body: JSON.stringify({ id, type: "motion", occurredAt: new Date().toISOString() }),
    });
    await answer.arrayBuffer();
    return { status: answer.status, retryAfter: answer.headers.get("retry-after"), id };
  }

  /** Does the harm while events come in, and goes on until they are acknowledged again. */
  async function underLoad(harm: () => Promise<void>): Promise<void> {
    const answers: Answer[] = [];
    const faults: unknown[] = [];
    let stopped = false;
    const reporting = Array.from({ length: atOnce }, async () => {
      while (!stopped) {
        try {
          answers.push(await report());
        } catch (error) {
          faults.push(error);
          stopped = true;
        }
      }
    });
    const acknowledged = () => answers.filter(({ status }) => status === 202);
    const reach = (count: number, because: string) =>
      until(() => (faults.length > 0 || acknowledged().length >= count ? true : undefined), {
        withinMs: recoverMsMax,
        because,
      });
    try {
      await reach(enough, "no load came about");
      await harm();
      await reach(acknowledged().length + enough, "events were not acknowledged again");
    } finally {
      stopped = true;
      await Promise.all(reporting);
    }
    assert.deepEqual(faults, [], "every request is answered");
    assert.equal(api.exitCode, null, "the API lives");
    const others = answers.filter(({ status }) => status !== 202);
    assert.deepEqual(
      [...new Set(others.map(({ status }) => status))].filter((status) => status !== 503),
      [],
    );
    assert.ok(
      others.every(({ retryAfter }) => Number(retryAfter) > 0),
      "503 says when to come back",
    );
    const ids = acknowledged().map(({ id }) => id);
    const [row] = await owner(
      (sql) => sql<{ events: number; ids: number }[]>`
        select count(*)::int as events, count(distinct client_id)::int as ids from event where client_id = any(${ids})`,
    );
    assert.deepEqual(row, { events: ids.length, ids: ids.length }, "acknowledged is recorded, once");
    assert.equal((await fetch(`${apiUrl}/healthz`)).status, 200);
  }

  const terminate = () =>
    owner((sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vigil_app'`);

  it("one of its connections that is terminated", () =>
    underLoad(async () => {
      await owner(
        (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity
          where usename = 'vigil_app' order by random() limit 1`,
      );
    }));

  it("all of its connections that are terminated, three times", () =>
    underLoad(async () => {
      for (let times = 0; times < 3; times += 1) await terminate();
    }));

  it("a backend of PostgreSQL that is killed, for which all others are ended and recover", () =>
    underLoad(async () => {
      const [backend] = await owner(
        (sql) => sql<{ pid: number }[]>`select pid from pg_stat_activity where usename = 'vigil_app' limit 1`,
      );
      assert.ok(backend);
      process.kill(backend.pid, "SIGKILL");
    }));

  it("PostgreSQL killed as a whole and started anew", () =>
    underLoad(async () => {
      process.kill(server.pid, "SIGKILL");
      await server.ended;
      await until(async () => ((await report()).status === 503 ? true : undefined), {
        withinMs: recoverMsMax,
        because: "503 was not answered while there was no database",
      });
      await startServer();
    }));

  it("a freeze, in which its connections end, and a thaw", () =>
    underLoad(async () => {
      api.kill("SIGSTOP");
      try {
        await until(
          async () => {
            const state = await readFile(`/proc/${api.pid}/stat`, "utf8").catch(() => " T ");
            return / T /.test(state) ? true : undefined;
          },
          { withinMs: 180_000, because: "the API did not freeze" },
        );
        await terminate();
        await until(
          async () => {
            const [left] = await owner(
              (sql) => sql<{ count: number }[]>`
                select count(*)::int as count from pg_stat_activity where usename = 'vigil_app'`,
            );
            return left?.count === 0 ? true : undefined;
          },
          { withinMs: 180_000, because: "its connections did not end" },
        );
      } finally {
        api.kill("SIGCONT");
      }
    }));
});
