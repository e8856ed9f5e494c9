/**
 * The whole of Vigil on one machine: PostgreSQL, the stand-ins for SQS and S3, the API with the session closer, one
 * worker, the console, and a simulated site with its gateway. Brought up side by side where nothing depends on order; stopped from the outside in.
 */
import { join } from "node:path";
import { startEdge } from "../local/edge.ts";
import { freePort } from "../local/free-port.ts";
import { startMailCatcher } from "../local/mail-catcher.ts";
import { startObjectStore } from "../local/object-store/index.ts";
import { startQueues } from "../local/queues.ts";
import { startStripe } from "../local/stripe/index.ts";
import { startTraceCatcher } from "../local/trace-catcher.ts";
import type { Terminal } from "../terminal.ts";
import { type Child, tail } from "./child.ts";
import { buildConsole, serveConsole, watchConsole } from "./console.ts";
import { type Database, startDatabase } from "./database.ts";
import { writeSecretJson } from "./keep-json.ts";
import type { LocalFile } from "./local-file.ts";
import { fetchModel } from "./model.ts";
import type { Options } from "./options.ts";
import { endNoted, noteProcesses, type ProcessNotes } from "./orphans.ts";
import { paths } from "./paths.ts";
import {
  apiLog,
  bucket,
  queueRegion,
  type Surroundings,
  startApi,
  startWorker,
  storageRegion,
} from "./processes.ts";
import { keepSecrets, type Secrets } from "./secrets.ts";
import { type Site, startSite } from "./site.ts";

export type Stack = {
  local: LocalFile;
  /** Absent where none was asked for. */
  site: Site | undefined;
  /** Settles with the reason when the stack cannot go on; never rejects. */
  broken: Promise<string>;
  stop(): Promise<void>;
};

/** How a start proceeds: what was asked, where to show it, and what has come up so far. */
type Start = {
  options: Options;
  terminal: Terminal;
  /** For what happens later, such as the death of a worker. */
  say: (text: string) => void;
  parts: ReturnType<typeof createParts>;
};

const apiGraceMs = 10_000;

/** Parts in the order in which they came up; they stop in the opposite one. */
function createParts() {
  const parts: { stop(): Promise<void> }[] = [];
  return {
    add<T extends { stop(): Promise<void> }>(part: T): T {
      parts.push(part);
      return part;
    },
    async stop() {
      for (let part = parts.pop(); part; part = parts.pop()) await part.stop();
    },
  };
}

/** Starts everything. When a part does not come up, stops those that did and throws. */
export async function startStack(
  options: Options,
  terminal: Terminal,
  say: (text: string) => void,
): Promise<Stack> {
  const start: Start = { options, terminal, say, parts: createParts() };
  try {
    return await bringUp(start);
  } catch (error) {
    await start.parts.stop();
    throw error;
  }
}

async function bringUp(start: Start): Promise<Stack> {
  const { options, terminal, parts } = start;
  await endNoted();
  const notes = await noteProcesses();
  const secrets = await keepSecrets();
  // What takes long without depending on anything goes on beside the rest.
  const prepared = Promise.all([
    terminal.step("console", buildConsole),
    options.worker ? terminal.step("model", fetchModel) : undefined,
  ]);
  // Its failure is met where it is awaited.
  prepared.catch(() => undefined);

  const database = await startDatabase(terminal, secrets);
  parts.add(database.server);
  await notes.note("postgres", database.server.pid, "SIGQUIT");
  const { queues, mail, stripe, traces, apiUrl, ...addresses } = await startStores(start, secrets);
  const local: LocalFile = {
    ...addresses,
    apiUrl: options.edge ? await startFront(start, apiUrl, notes) : apiUrl,
    workerMetricsUrl: null,
    gatewayUrl: null,
    databaseUrl: database.ownerUrl,
    ...database.seeded,
  };
  if (options.watch) parts.add(watchConsole(start.say));
  const { api, site } = await startProcesses(
    start,
    { local, apiUrl, database, queues, mail, stripe, traces, secrets, notes, watch: options.watch },
    prepared,
  );
  await writeSecretJson(paths.local, local);
  return { local, site, broken: whyBroken(api, database), stop: () => parts.stop() };
}

/** The object store, the queues and the console's server; and where the API will be. */
async function startStores({ options, terminal, say, parts }: Start, secrets: Secrets) {
  return terminal.step("object store, queues, mail and payments", async () => {
    // The port is chosen here, so that the worker can start while the API does.
    const apiPort = options.edge ? 0 : options.apiPort;
    const apiUrl = `http://127.0.0.1:${apiPort || (await freePort())}`;
    const peers = { apiUrl, s3Url: "", mailUrl: "" };
    const console = parts.add(await serveConsole({ port: options.consolePort }, () => peers));
    const objects = parts.add(
      await startObjectStore({
        dataDir: paths.objects,
        bucket,
        region: storageRegion,
        credentials: secrets.storage,
        origins: [console.url],
        onError: (error) => say(`object store: ${String(error)}`),
      }),
    );
    peers.s3Url = objects.url;
    const queues = parts.add(
      await startQueues({ dataDir: paths.queues, region: queueRegion, credentials: secrets.queues }),
    );
    const mail = parts.add(await startMailCatcher({ folder: paths.mail }));
    peers.mailUrl = mail.pageUrl;
    const { stripeKey: secretKey, stripeWebhookSecret: webhookSecret } = secrets;
    const stripe = parts.add(await startStripe({ apiUrl: () => apiUrl, secretKey, webhookSecret }));
    const traces = parts.add(await startTraceCatcher());
    return {
      queues,
      mail,
      stripe,
      traces,
      apiUrl,
      consoleUrl: console.url,
      sqsUrl: queues.endpoint,
      s3Url: objects.url,
      mailUrl: mail.pageUrl,
    };
  });
}

/** What devices and programs reach the API through. @returns its address */
async function startFront(
  { options, terminal, say, parts }: Start,
  apiUrl: string,
  notes: ProcessNotes,
): Promise<string> {
  const edge = await terminal.step("edge", () =>
    startEdge({
      apiUrl,
      port: options.apiPort,
      onSpawn: (pid) => notes.note("edge", pid),
      onOutput: (text) => say(`edge: ${text.trimEnd()}`),
    }),
  );
  parts.add(edge);
  return edge.url;
}

/** The API and the worker, side by side, the worker once its model is there; the site once the API answers. */
async function startProcesses(
  { options, terminal, say, parts }: Start,
  surroundings: Surroundings,
  prepared: Promise<unknown>,
): Promise<{ api: Child<unknown>; site: Site | undefined }> {
  const apiStarts = terminal.step("API", () => startApi(surroundings));
  const workerStarts = prepared.then(() =>
    options.worker ? terminal.step("worker", () => startWorker(surroundings, say)) : undefined,
  );
  const siteStarts = apiStarts.then(() =>
    options.site ? terminal.step("site", () => startSite(surroundings)) : undefined,
  );
  const [api, worker, site] = await Promise.allSettled([apiStarts, workerStarts, siteStarts]);
  if (api.status === "fulfilled") parts.add({ stop: () => api.value.stop(apiGraceMs) });
  if (worker.status === "fulfilled" && worker.value) parts.add(worker.value);
  if (site.status === "fulfilled" && site.value) parts.add(site.value);
  if (api.status === "rejected") throw api.reason;
  if (worker.status === "rejected") throw worker.reason;
  if (site.status === "rejected") throw site.reason;
  return { api: api.value, site: site.value };
}

async function whyBroken(api: Child<unknown>, database: Database): Promise<string> {
  const apiEnd = async () => `the API died: ${await api.ended}\n${await tail(apiLog)}`;
  const databaseEnd = async () => {
    await database.server.ended;
    return `PostgreSQL died\n${await tail(join(paths.logs, "postgres.log"))}`;
  };
  return Promise.race([apiEnd(), databaseEnd()]);
}
