/**
 * The whole of Vigil on one machine: PostgreSQL, the stand-ins for SQS and S3, the API with the session closer, one
 * worker and the console. Brought up side by side where nothing depends on order; stopped from the outside in.
 */
import { join } from "node:path";
import * as z from "zod";
import { startObjectStore } from "../local/object-store/index.ts";
import { type Queues, startQueues } from "../local/queues.ts";
import type { Terminal } from "../terminal.ts";
import { type Child, startChild, tail } from "./child.ts";
import { buildConsole, serveConsole } from "./console.ts";
import { type Database, startDatabase } from "./database.ts";
import { writeSecretJson } from "./keep-json.ts";
import type { LocalFile } from "./local-file.ts";
import { fetchModel } from "./model.ts";
import type { Options } from "./options.ts";
import { endOrphans, noteChildren } from "./orphans.ts";
import { places } from "./places.ts";
import { keepSecrets, type Secrets } from "./secrets.ts";
import { type KeptWorker, keepWorker } from "./worker.ts";

export type Stack = {
  local: LocalFile;
  /** Settles with the reason when the stack cannot go on; never rejects. */
  broken: Promise<string>;
  stop(): Promise<void>;
};

type Part = { stop(): Promise<void>; kill?(): void };
type ApiReady = { apiUrl: string };

const bucket = "vigil-evidence";
const queueRegion = "eu-west-2";
/** As R2 calls its only region. */
const storageRegion = "auto";
/** Silence that ends a session; short, because nobody wants to wait at a desk. */
const sessionGapSeconds = 2;
const apiReadyMsMax = 60_000;
const apiGraceMs = 10_000;
const apiLog = join(places.logs, "api.log");

function queueSettings(queues: Queues, secrets: Secrets): Record<string, string> {
  return {
    AWS_REGION: queueRegion,
    SQS_ENDPOINT: queues.endpoint,
    SQS_ACCESS_KEY_ID: secrets.queues.accessKeyId,
    SQS_SECRET_ACCESS_KEY: secrets.queues.secretAccessKey,
    PRIORITY_QUEUE_URL: queues.urls["vigil-priority"],
    STANDARD_QUEUE_URL: queues.urls["vigil-standard"],
  };
}

function startApi(
  environment: Record<string, string>,
  database: Database,
  queues: Queues,
  options: Options,
): Promise<Child<ApiReady>> {
  return startChild({
    name: "API",
    args: ["functions/src/local.ts"],
    environment: {
      ...environment,
      DATABASE_URL: database.appUrl,
      SESSION_QUEUE_URL: queues.urls["vigil-session"],
      DEAD_LETTER_QUEUE_URL: queues.urls["vigil-dead-letter"],
      SESSION_GAP_SECONDS: String(sessionGapSeconds),
      API_PORT: String(options.apiPort),
    },
    logFile: apiLog,
    readyFile: places.ready("api"),
    ready: z.object({ apiUrl: z.string() }),
    readyMsMax: apiReadyMsMax,
  });
}

/** Parts in the order in which they came up; they stop in the opposite one. */
function createParts() {
  const parts: Part[] = [];
  return {
    add<T extends Part>(part: T): T {
      parts.push(part);
      return part;
    },
    async stop() {
      for (let part = parts.pop(); part; part = parts.pop()) await part.stop();
    },
  };
}

/**
 * Starts everything. When a part does not come up, stops those that did and throws.
 * `say` is for what happens later, such as the death of a worker.
 */
export async function startStack(
  options: Options,
  terminal: Terminal,
  say: (text: string) => void,
): Promise<Stack> {
  const parts = createParts();
  try {
    return await bringUp(options, terminal, say, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function bringUp(
  options: Options,
  terminal: Terminal,
  say: (text: string) => void,
  parts: ReturnType<typeof createParts>,
): Promise<Stack> {
  await endOrphans();
  const secrets = await keepSecrets();
  // What takes long without depending on anything goes on beside the rest.
  const preparing = Promise.all([
    terminal.step("console", buildConsole),
    options.worker ? terminal.step("model", fetchModel) : undefined,
  ]);
  // Its failure is met below, where it is awaited.
  preparing.catch(() => undefined);

  const database = await startDatabase(terminal, secrets);
  parts.add(database.server);
  const peers = { apiUrl: "", s3Url: "" };
  const console = parts.add(await serveConsole(options.consolePort, () => peers));
  const [objects, queues] = await terminal.step("object store and queues", async () => {
    const store = await startObjectStore({
      dataDir: places.objects,
      bucket,
      region: storageRegion,
      credentials: secrets.storage,
      origins: () => [console.url],
      onError: (error) => say(`object store: ${String(error)}`),
    });
    parts.add(store);
    const started = await startQueues({
      dataDir: places.queues,
      region: queueRegion,
      credentials: secrets.queues,
    });
    return [store, parts.add(started)] as const;
  });
  peers.s3Url = objects.url;
  const shared = queueSettings(queues, secrets);
  const api = await terminal.step("API", () =>
    startApi(
      {
        ...shared,
        EVIDENCE_BUCKET: bucket,
        EVIDENCE_ENDPOINT: objects.url,
        EVIDENCE_REGION: storageRegion,
        EVIDENCE_ACCESS_KEY_ID: secrets.storage.accessKeyId,
        EVIDENCE_SECRET_ACCESS_KEY: secrets.storage.secretAccessKey,
        CONSOLE_ORIGIN: console.url,
      },
      database,
      queues,
      options,
    ),
  );
  parts.add({ stop: () => api.stop(apiGraceMs) });
  peers.apiUrl = api.ready.apiUrl;
  await noteChildren([api.identity]);
  await preparing;

  const local: LocalFile = {
    apiUrl: api.ready.apiUrl,
    consoleUrl: console.url,
    workerMetricsUrl: null,
    sqsUrl: queues.endpoint,
    s3Url: objects.url,
    databaseUrl: database.ownerUrl,
    ...database.seeded,
  };
  if (options.worker) {
    const worker = await terminal.step("worker", () => addWorker(shared, local, api, objects.url, say));
    parts.add(worker);
  }
  await writeSecretJson(places.local, local);
  return { local, broken: whyBroken(api, database), stop: () => parts.stop() };
}

function addWorker(
  shared: Record<string, string>,
  local: LocalFile,
  api: Child<ApiReady>,
  evidenceHost: string,
  say: (text: string) => void,
): Promise<KeptWorker> {
  return keepWorker({
    environment: {
      ...shared,
      API_URL: local.apiUrl,
      WORKER_KEY: local.workerKey,
      EVIDENCE_HOST: evidenceHost,
    },
    onDeath: say,
    async onReady(worker) {
      local.workerMetricsUrl = worker.ready.metricsUrl;
      await noteChildren([api.identity, worker.identity]);
      await writeSecretJson(places.local, local);
    },
  });
}

async function whyBroken(api: Child<ApiReady>, database: Database): Promise<string> {
  const apiEnd = async () => `The API died: ${await api.ended}\n${await tail(apiLog)}`;
  const databaseEnd = async () => {
    await database.server.ended;
    return `PostgreSQL died\n${await tail(join(places.logs, "postgres.log"))}`;
  };
  return Promise.race([apiEnd(), databaseEnd()]);
}
