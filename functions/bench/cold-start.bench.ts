/**
 * Cold starts: each function of the API, bundled as it is deployed, in a process of its own, from nothing to its first answer,
 * beside a function of Hono that asks the database one thing. In turn, in one run, on a real PostgreSQL, object store and
 * queue; ratios of one run are what counts, and nothing passes or fails by them.
 *
 * The handler is called as Lambda's runtime calls it. What Lambda does before (a machine, the download of the bundle) is not
 * in it.
 *
 *   npm run bench -- cold-start --rounds 9
 */
import "../../scripts/help.ts";
import { spawn } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { sign } from "@vigil/core/worker/signature";
import { onDatabase } from "../../packages/core/bench/on-database.ts";
import type { TestDatabase } from "../../packages/core/testing/database.ts";
import { percentile } from "../../packages/core/testing/simulate.ts";
import { startObjectStore } from "../../scripts/local/object-store/index.ts";
import { startQueues } from "../../scripts/local/queues.ts";
import { announced, eventAt, multipart } from "../testing/api.ts";
import { type Bundled, bundleFunction } from "./cold-start/bundle.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "9" } } });
const rounds = Number(values.rounds);
const credentials = { accessKeyId: "local", secretAccessKey: "of the bench" };
const storage = { bucket: "vigil-evidence", region: "local", credentials };
const picture = Buffer.from(
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z",
  "base64",
);

type Wake = { name: string; source: string; request: () => Promise<Request>; status: number };
type Woken = {
  loadMs: number;
  answerMs: number;
  cpuMs: number;
  peakMb: number;
  status: number;
  body: string;
};

const origin = "https://cold.test";
const post = (
  path: string,
  key: string,
  body: NonNullable<RequestInit["body"]>,
  headers: Record<string, string> = {},
) =>
  new Request(origin + path, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
const json = { "content-type": "application/json" };

/** What each function is woken with. */
function wakesOf({ seeded }: TestDatabase): Wake[] {
  const [account] = seeded.accounts;
  if (!account) throw new Error("expected an account");
  const accept = "functions/src/accept-lambda.ts";
  const api = "functions/src/lambda.ts";
  const { deviceKey, memberToken } = account;
  const report = async (part: object) =>
    post("/v1/events", deviceKey, JSON.stringify(eventAt(new Date(), { ...part })), json);
  return [
    {
      name: "Hono and select 1",
      source: "functions/bench/cold-start/baseline.ts",
      request: async () => new Request(`${origin}/`),
      status: 200,
    },
    { name: "accept: an event", source: accept, request: () => report({}), status: 202 },
    {
      name: "accept: with a picture",
      source: accept,
      request: async () =>
        post("/v1/events", deviceKey, multipart(eventAt(new Date()), { "a.jpg": picture })),
      status: 202,
    },
    {
      name: "accept: announced",
      source: accept,
      request: () => report({ evidence: [announced("a.jpg", picture)] }),
      status: 202,
    },
    {
      name: "API: a member reads",
      source: api,
      request: async () =>
        new Request(`${origin}/v1/account`, { headers: { authorization: `Bearer ${memberToken}` } }),
      status: 200,
    },
    {
      name: "API: a worker reports",
      source: api,
      request: async () => heartbeat(seeded.workerKey),
      status: 200,
    },
    {
      name: "stream: a page opens",
      source: "functions/src/stream-lambda.ts",
      request: async () =>
        new Request(`${origin}/v1/digests/stream`, { headers: { authorization: `Bearer ${memberToken}` } }),
      status: 200,
    },
    {
      name: "sign-in",
      source: "functions/src/sign-in/lambda.ts",
      request: async () => new Request(`${origin}/sign-in/v1/get-session`),
      status: 200,
    },
  ];
}

function heartbeat(key: string): Request {
  const body = JSON.stringify({
    workerId: "cold",
    model: { name: "none", sha256: "0".repeat(64) },
    provider: "cpu",
    itemsPerSecond: 0,
    itemsPerSecondCapacity: 0,
    batchP50Ms: 0,
    batchP95Ms: 0,
    inFlight: 0,
    queueDepthSeen: 0,
    reviewsInHand: [],
  });
  const signature = sign(key, { id: `msg_${randomUUID()}`, at: new Date(), body });
  return post("/worker/v1/heartbeats", key, body, { ...json, ...signature });
}

/** As a function URL hands it on. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
async function eventOf(request: Request): Promise<object> {
  const { pathname, search, host } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: { host, ...Object.fromEntries(request.headers) },
    requestContext: {
      domainName: host,
      http: { method: request.method, path: pathname, sourceIp: "127.0.0.1" },
    },
    ...(body.byteLength > 0 && { body: body.toString("base64") }),
    isBase64Encoded: body.byteLength > 0,
  };
}

async function wake(
  waker: Bundled,
  { path }: Bundled,
  request: Request,
  env: Record<string, string>,
): Promise<Woken> {
  const child = spawn(process.execPath, [waker.path, path], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 60_000,
  });
  child.stdin.end(JSON.stringify(await eventOf(request)));
  const [said] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (said === "") throw new Error(`${path} ended without an answer`);
  return JSON.parse(said) as Woken;
}

function print(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell, index) => cell.padEnd(index === 0 ? 26 : 13)).join("")}\n`);
}

const folder = await mkdtemp(join(tmpdir(), "vigil-cold-"));
const plan = [
  { name: "home", tier: "lite" as const, siteName: "Home", deviceName: "Camera", timeZone: "Europe/London" },
];
try {
  await using store = await startObjectStore({ dataDir: join(folder, "objects"), ...storage });
  const queues = await startQueues({ region: storage.region, credentials });
  try {
    await onDatabase(plan, async (base) => {
      const env = environmentOf(base, store.url, queues);
      const wakes = wakesOf(base);
      // A bundle too: reading TypeScript takes memory that no function takes.
      const waker = await bundleFunction("functions/bench/cold-start/wake.ts", join(folder, "waker"));
      const sources = [...new Set(wakes.map(({ source }) => source))];
      const bundles = new Map(
        await Promise.all(
          sources.map(
            async (source, index) =>
              [source, await bundleFunction(source, join(folder, String(index)))] as const,
          ),
        ),
      );
      const measured = new Map<string, Woken[]>(wakes.map(({ name }) => [name, []]));
      for (let round = 0; round < rounds; round += 1) {
        for (const { name, source, request, status } of wakes) {
          const bundled = bundles.get(source);
          if (!bundled) throw new Error(`expected a bundle of ${source}`);
          const woken = await wake(waker, bundled, await request(), env);
          if (woken.status !== status) {
            throw new Error(`${name}: expected ${status}, got ${woken.status}: ${woken.body}`);
          }
          measured.get(name)?.push(woken);
        }
        process.stderr.write(`round ${round + 1} of ${rounds}\n`);
      }
      print([
        "median of the rounds",
        "KB at once",
        "KB in all",
        "load, ms",
        "answer, ms",
        "both, ms",
        "ratio",
        "CPU, ms",
        "peak, MB",
      ]);
      const median = (name: string, of: (woken: Woken) => number) =>
        percentile((measured.get(name) ?? []).map(of), 0.5);
      const both = (name: string) => median(name, ({ loadMs, answerMs }) => loadMs + answerMs);
      for (const { name, source } of wakes) {
        const { atOnce = 0, inAll = 0 } = bundles.get(source)?.bytes ?? {};
        print([
          name,
          (atOnce / 1024).toFixed(0),
          (inAll / 1024).toFixed(0),
          median(name, ({ loadMs }) => loadMs).toFixed(0),
          median(name, ({ answerMs }) => answerMs).toFixed(0),
          both(name).toFixed(0),
          `x${(both(name) / both(wakes[0]?.name ?? "")).toFixed(1)}`,
          median(name, ({ cpuMs }) => cpuMs).toFixed(0),
          median(name, ({ peakMb }) => peakMb).toFixed(0),
        ]);
      }
    });
  } finally {
    await queues.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function environmentOf(
  base: TestDatabase,
  storeUrl: string,
  queues: Awaited<ReturnType<typeof startQueues>>,
) {
  const jobSigningKey = generateKeyPairSync("ed25519").privateKey;
  const { urls, endpoint } = queues;
  return {
    DATABASE_URL: base.appUrl,
    SIGN_IN_DATABASE_URL: base.signInUrl,
    DATABASE_CONNECTIONS_MAX: "2",
    AWS_REGION: storage.region,
    PRIORITY_QUEUE_URL: urls["vigil-priority"],
    STANDARD_QUEUE_URL: urls["vigil-standard"],
    BULK_QUEUE_URL: urls["vigil-bulk"],
    SESSION_QUEUE_URL: urls["vigil-session"],
    DELIVERY_QUEUE_URL: urls["vigil-delivery"],
    DEAD_LETTER_QUEUE_URL: urls["vigil-dead-letter"],
    SQS_ENDPOINT: endpoint,
    SQS_ACCESS_KEY_ID: credentials.accessKeyId,
    SQS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    EVIDENCE_BUCKET: storage.bucket,
    EVIDENCE_ENDPOINT: storeUrl,
    EVIDENCE_REGION: storage.region,
    EVIDENCE_ACCESS_KEY_ID: credentials.accessKeyId,
    EVIDENCE_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    DELIVERY_SECRET: randomUUID(),
    SIGN_IN_SECRET: randomUUID(),
    ROUTER_KEY: randomUUID(),
    SCRAPER_KEY: randomUUID(),
    CONSOLE_ORIGIN: "https://console.test",
    JOB_SIGNING_KEY: jobSigningKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
    LOG_LEVEL: "silent",
  };
}
