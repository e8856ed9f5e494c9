/**
 * The whole of Vigil for one test file: a database on the run's PostgreSQL, the local queues and object store with their
 * real rules, the API as a process, and workers as processes that a test may kill.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sqsQueue } from "@vigil/core/platform/aws";
import type { Depth, Queue } from "@vigil/core/platform/queue";
import { createSigningKey, publicKeyOf, readSigningKey, sign } from "@vigil/core/review/job-signature";
import { Job } from "@vigil/core/review/wire";
import { cacheDir } from "../../gpu-worker/testing/cache-dir.ts";
import type { AccountPlan } from "../../packages/core/src/seed/index.ts";
import { createTestDatabase, type TestDatabase } from "../../packages/core/testing/database.ts";
import { environmentWith } from "../../scripts/config.ts";
import { startObjectStore } from "../../scripts/local/object-store/index.ts";
import { startQueues } from "../../scripts/local/queues.ts";
import { until } from "../../scripts/local/until.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const credentials = { accessKeyId: "walk", secretAccessKey: "secret-of-the-walk" };
const region = "eu-west-2";
const bucket = "evidence";
const deliverySecret = "secret-of-the-deliveries-of-the-walk";
const signInSecret = "secret-of-sign-in-of-the-walk-0123456789";

export type Running = { url: string; pid: number; kill(signal: "SIGKILL" | "SIGTERM"): Promise<void> };

export type World = {
  base: TestDatabase;
  /** Where pictures come from. */
  storeUrl: string;
  /** Variables with which the AWS SDK reaches the store, and the bucket's name. */
  store: { bucket: string; environment: Record<string, string> };
  /** The API, or a program that is made of it; `changes` are variables of its environment. */
  startApi(changes?: Record<string, string>, program?: string): Promise<Running>;
  /** A worker whose jobs come back `visibilitySeconds` after it dies; `evidenceHost`: where it takes the store to be. */
  startWorker(
    apiUrl: string,
    options?: {
      visibilitySeconds?: number;
      evidenceHost?: string;
      model?: string;
      /** Of its environment. */
      changes?: Record<string, string>;
    },
  ): Promise<Running>;
  /** Where a worker takes its jobs from. */
  jobs: Record<"priority" | "standard", Queue>;
  /** What is left in the queues of jobs and in the dead-letter queue. */
  depths(): Promise<Record<"priority" | "standard" | "dead", Depth>>;
  /** Waits for a job in the priority queue and puts it back as it would be an hour later: its URLs have ended. */
  expireWaitingJob(): Promise<void>;
  /** Nothing is left in the queues of jobs, nor in the dead-letter queue. */
  untilQueuesAreEmpty(): Promise<void>;
  close(): Promise<void>;
};

/** @param plan the accounts to begin with; those of the local stack when absent */
export async function createWorld(plan?: readonly AccountPlan[]): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-walk-"));
  const base = await createTestDatabase(plan);
  const queues = await startQueues({ region, credentials });
  const objects = await startObjectStore({
    dataDir: join(folder, "objects"),
    bucket,
    region: "auto",
    credentials,
  });
  const jobSigningKey = createSigningKey();
  const children = new Set<ChildProcess>();
  let started = 0;

  async function start(
    script: string,
    environment: Record<string, string>,
  ): Promise<{ ready: Record<string, string>; pid: number; kill: Running["kill"] }> {
    started += 1;
    const readyFile = join(folder, `ready-${started}.json`);
    const child = spawn(process.execPath, [script], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: environmentWith({ ...environment, READY_FILE: readyFile, LOG_LEVEL: "error" }),
    });
    children.add(child);
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    void ended.then(() => children.delete(child));
    const ready = await until(
      async () => {
        if (!children.has(child)) throw new Error(`${script} ended before it was ready`);
        return parse(await readFile(readyFile, "utf8").catch(() => ""));
      },
      { withinMs: 180_000, because: `${script} did not become ready` },
    );
    return {
      ready,
      pid: child.pid ?? 0,
      async kill(signal) {
        child.kill(signal);
        await ended;
      },
    };
  }

  const shared = {
    AWS_REGION: region,
    SQS_ENDPOINT: queues.endpoint,
    SQS_ACCESS_KEY_ID: credentials.accessKeyId,
    SQS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    PRIORITY_QUEUE_URL: queues.urls["vigil-priority"],
    STANDARD_QUEUE_URL: queues.urls["vigil-standard"],
    BULK_QUEUE_URL: queues.urls["vigil-bulk"],
  };
  const queueAt = (url: string) => sqsQueue({ url, region, endpoint: queues.endpoint, credentials });
  const jobs = {
    priority: queueAt(queues.urls["vigil-priority"]),
    standard: queueAt(queues.urls["vigil-standard"]),
  };
  async function depths(): ReturnType<World["depths"]> {
    const [priority, standard, dead] = await Promise.all([
      jobs.priority.depth(),
      jobs.standard.depth(),
      queueAt(queues.urls["vigil-dead-letter"]).depth(),
    ]);
    return { priority, standard, dead };
  }

  return {
    base,
    jobs,
    storeUrl: objects.url,
    store: {
      bucket,
      environment: {
        AWS_ENDPOINT_URL_S3: objects.url,
        AWS_REGION: "auto",
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
    },
    async expireWaitingJob() {
      const queue = jobs.priority;
      const [message] = await queue.receive({ messagesMax: 1, waitSeconds: 20, visibilitySeconds: 60 });
      if (!message) throw new Error("no job was sent");
      const { signature: _, ...job } = Job.parse(JSON.parse(message.body));
      const moments = job.moments.map((moment) => ({
        ...moment,
        url: anHourAgo(moment.url),
        expiresAt: new Date(Date.now() - 3_540_000).toISOString(),
      }));
      for (const { url } of moments) {
        const answer = await fetch(url);
        if (answer.status !== 403) throw new Error(`expected an ended URL, got ${answer.status}`);
      }
      await queue.send(sign({ ...job, moments }, readSigningKey(jobSigningKey)));
      await queue.delete(message);
    },
    async startApi(changes = {}, program = "functions/src/local.ts") {
      const { ready, ...running } = await start(program, {
        ...shared,
        DATABASE_URL: base.appUrl,
        SIGN_IN_DATABASE_URL: base.signInUrl,
        SIGN_IN_SECRET: signInSecret,
        JOB_SIGNING_KEY: jobSigningKey,
        SESSION_QUEUE_URL: queues.urls["vigil-session"],
        DELIVERY_QUEUE_URL: queues.urls["vigil-delivery"],
        DELIVERY_SECRET: deliverySecret,
        DEAD_LETTER_QUEUE_URL: queues.urls["vigil-dead-letter"],
        EVIDENCE_BUCKET: bucket,
        EVIDENCE_ENDPOINT: objects.url,
        EVIDENCE_ACCESS_KEY_ID: credentials.accessKeyId,
        EVIDENCE_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        CONSOLE_ORIGIN: "http://127.0.0.1:1",
        SESSION_GAP_SECONDS: "1",
        ...changes,
      });
      return { url: ready.apiUrl ?? "", ...running };
    },
    async startWorker(
      apiUrl,
      { visibilitySeconds = 30, evidenceHost = objects.url, model = "yolov8n", changes = {} } = {},
    ) {
      const { ready, ...running } = await start("gpu-worker/src/main.ts", {
        ...shared,
        API_URL: apiUrl,
        WORKER_KEY: base.seeded.workerKey,
        JOB_PUBLIC_KEYS: publicKeyOf(jobSigningKey),
        EVIDENCE_HOST: evidenceHost,
        MODEL: model,
        CACHE_DIR: cacheDir,
        VISIBILITY_SECONDS: String(visibilitySeconds),
        VISIBILITY_HEARTBEAT_SECONDS: "1",
        POLL_SECONDS: "1",
        DRAIN_SECONDS: "10",
        // No self-calibration: the test does not depend on how fast it is.
        LANES: "1",
        THREADS: "1",
        ...changes,
      });
      return { url: ready.metricsUrl ?? "", ...running };
    },
    depths,
    async untilQueuesAreEmpty() {
      await until(
        async () => {
          const left = Object.values(await depths());
          return left.every(({ visible, inFlight, delayed }) => visible + inFlight + delayed === 0)
            ? true
            : undefined;
        },
        { withinMs: 180_000, everyMs: 100, because: "something is left in a queue" },
      );
    },
    async close() {
      for (const child of children) child.kill("SIGKILL");
      await until(() => (children.size === 0 ? true : undefined), {
        withinMs: 180_000,
        because: "a process did not end",
      });
      await Promise.all([queues.stop(), objects.stop()]);
      await base.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A presigned URL with its date set back: the store refuses it as it refuses one that has ended. */
function anHourAgo(url: string): string {
  const past = new URL(url);
  const at = new Date(Date.now() - 3_600_000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const credential = past.searchParams.get("X-Amz-Credential") ?? "";
  past.searchParams.set("X-Amz-Date", at);
  // Its scope names the day, which an hour ago may have been another one.
  past.searchParams.set("X-Amz-Credential", credential.replace(/\/\d{8}\//, `/${at.slice(0, 8)}/`));
  return past.href;
}

/** Undefined while the file is not whole. */
function parse(text: string): Record<string, string> | undefined {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    return undefined;
  }
}
