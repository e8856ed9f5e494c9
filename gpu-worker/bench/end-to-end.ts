/**
 * A worker process from end to end: objects in a loopback store, jobs in real SQS queues, digests accepted by a
 * loopback API that verifies every signature and schema. The services live in this process, the worker in its own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Finding } from "@vigil/core/digest/wire";
import * as Id from "@vigil/core/id";
import type { Job } from "@vigil/core/review/wire";
import { allocatorSettings } from "../src/allocator.ts";
import { makeJob, makeMoment } from "../testing/make-job.ts";
import { queueCredentials, queueRegion } from "../testing/queues.ts";
import { startTestWorld, type TestWorld } from "../testing/test-world.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { readRss, readThreadCpu, since, type ThreadCpu } from "./threads.ts";

export type CpuByStage = { infer: number; decode: number; main: number; other: number };

export type EndToEnd = {
  items: number;
  seconds: number;
  itemsPerSecond: number;
  batchP50Ms: number;
  batchP95Ms: number;
  /** CPU milliseconds an item. `main`: fetching, checking, comparing, reporting; `other`: mostly garbage collection. */
  cpuMsPerItem: CpuByStage;
  /** CPU milliseconds an item of the benchmark's own services, on the same cores: queues, object store, API. */
  servicesCpuMsPerItem: number;
  rssMaxBytes: number;
  /** Moments by outcome. */
  outcomes: Record<string, number>;
};

export type WorkerUnderTest = {
  world: TestWorld;
  pid: number;
  /** Stores the frames, made unlike any before, and makes one job of them all, from one camera. */
  prepareJob(frames: readonly Uint8Array[]): Job;
  send(job: Job): Promise<unknown>;
  readonly momentsDone: number;
  isAnswered(job: Job): boolean;
  /** Drops the jobs that have been answered, with their objects: a long run would fill the memory. */
  forget(jobs: readonly Job[]): void;
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
};

const workerEntry = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const baselineEntry = fileURLToPath(new URL("./baseline.ts", import.meta.url));
const urlSeconds = 3_600;
export async function startWorkerUnderTest(options: {
  kind: "worker" | "baseline";
  model: string;
  cacheDir: string;
  settings?: Record<string, string>;
}): Promise<WorkerUnderTest> {
  const world = await startTestWorld();
  const child = spawn(process.execPath, [options.kind === "worker" ? workerEntry : baselineEntry], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      API_URL: world.api.url,
      WORKER_KEY: world.api.key,
      JOB_PUBLIC_KEYS: world.addresses.jobPublicKey,
      PRIORITY_QUEUE_URL: world.queues.priorityUrl,
      STANDARD_QUEUE_URL: world.queues.standardUrl,
      BULK_QUEUE_URL: world.queues.bulkUrl,
      SQS_ENDPOINT: world.queues.endpoint,
      SQS_ACCESS_KEY_ID: queueCredentials.accessKeyId,
      SQS_SECRET_ACCESS_KEY: queueCredentials.secretAccessKey,
      AWS_REGION: queueRegion,
      EVIDENCE_HOST: world.host.origin,
      MODEL: options.model,
      CACHE_DIR: options.cacheDir,
      POLL_SECONDS: "1",
      ...allocatorSettings,
      ...options.settings,
    },
  });
  const metricsUrl = await ready(child);
  let objects = 0;
  return {
    world,
    pid: child.pid ?? 0,
    prepareJob(frames) {
      const deviceId = Id.create("device");
      const moments = frames.map((frame) => {
        objects += 1;
        // Decoders ignore what follows the end of a JPEG; the hash does not: no cache knows these bytes.
        const bytes = Buffer.concat([frame, Buffer.from(String(objects).padStart(12, "0"))]);
        const path = `/frames/${objects}.jpg`;
        world.host.put(path, bytes);
        return makeMoment({ ...world.host.url(path, urlSeconds), bytes }, { deviceId });
      });
      return makeJob(moments);
    },
    send: (job) => world.send(job),
    get momentsDone() {
      return [...world.api.digests.values()].reduce((sum, { moments }) => sum + moments.length, 0);
    },
    isAnswered: ({ reviewId, part }) => world.api.digests.has(`${reviewId}/${part}`),
    forget(jobs) {
      for (const { reviewId, part, moments } of jobs) {
        world.api.digests.delete(`${reviewId}/${part}`);
        for (const { url } of moments) world.host.remove(new URL(url).pathname);
      }
    },
    async metric(name) {
      if (!metricsUrl) return 0;
      const text = await (await fetch(metricsUrl)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? 0);
    },
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      await world.close();
    },
  };
}

/** Where its metrics are, once the process says that it is ready; rejects when it ends instead. */
async function ready(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) throw new Error("the worker has no standard output");
  const lines = createInterface(child.stdout);
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the worker ended with ${code} before it was ready`)));
    lines.on("line", (line) => {
      const { msg, metricsUrl } = JSON.parse(line) as { msg?: string; metricsUrl?: string };
      if (msg === "worker ready") resolve(metricsUrl);
    });
  });
}

export type Measured = {
  figures: EndToEnd;
  /** What the digests say of the frames, by job, in the order in which they were sent. */
  findings: Finding[][];
};

/** Sends all jobs at once and waits for the last digest. */
export async function measureEndToEnd(
  options: Parameters<typeof startWorkerUnderTest>[0] & {
    /** Jobs that come before the clock starts. */
    warmUp: readonly (readonly Uint8Array[])[];
    jobs: readonly (readonly Uint8Array[])[];
    secondsMax: number;
  },
): Promise<Measured> {
  const worker = await startWorkerUnderTest(options);
  const watch = watchMemory(worker.pid);
  try {
    const done = (moments: number) =>
      waitUntil(() => worker.momentsDone >= moments, {
        what: `${moments} moments`,
        msMax: options.secondsMax * 1000,
      });
    for (const frames of options.warmUp) await worker.send(worker.prepareJob(frames));
    await done(options.warmUp.flat().length);
    worker.world.api.digests.clear();

    const jobs = options.jobs.map((frames) => worker.prepareJob(frames));
    const items = options.jobs.flat().length;
    const cpuBefore = await readThreadCpu(worker.pid);
    const ownBefore = process.cpuUsage();
    const startedAt = performance.now();
    for (const job of jobs) await worker.send(job);
    await done(items);
    const seconds = (performance.now() - startedAt) / 1000;
    const own = process.cpuUsage(ownBefore);
    const cpu = since(cpuBefore, await readThreadCpu(worker.pid));
    if (worker.world.api.faults.length > 0) throw new Error(worker.world.api.faults.join("; "));
    const figures: EndToEnd = {
      items,
      seconds,
      itemsPerSecond: items / seconds,
      batchP50Ms: await worker.metric("batch_p50_ms"),
      batchP95Ms: await worker.metric("batch_p95_ms"),
      cpuMsPerItem: cpuByStage(cpu, items),
      servicesCpuMsPerItem: (own.user + own.system) / 1000 / items,
      rssMaxBytes: watch.maxBytes(),
      outcomes: countOutcomes(worker.world),
    };
    const digests = worker.world.api.digests;
    return {
      figures,
      findings: jobs.map((job) => digests.get(`${job.reviewId}/${job.part}`)?.moments ?? []),
    };
  } finally {
    watch.stop();
    await worker.stop();
  }
}

function watchMemory(pid: number): { maxBytes: () => number; stop: () => void } {
  let most = 0;
  const look = async () => {
    most = Math.max(most, await readRss(pid));
  };
  const timer = setInterval(() => void look(), 250);
  return { maxBytes: () => most, stop: () => clearInterval(timer) };
}

/** Threads are named by what they do: lanes infer and interpret, V8's collect garbage. */
function cpuByStage(cpu: ThreadCpu, items: number): CpuByStage {
  const stages: CpuByStage = { infer: 0, decode: 0, main: 0, other: 0 };
  for (const [thread, ms] of cpu) stages[stageOf(thread)] += ms / items;
  return stages;
}

function stageOf(thread: string): keyof CpuByStage {
  if (thread === "main") return "main";
  if (thread.startsWith("lane")) return "infer";
  return thread === "decode" ? "decode" : "other";
}

function countOutcomes(world: TestWorld): Record<string, number> {
  const outcomes: Record<string, number> = {};
  for (const { moments } of world.api.digests.values()) {
    for (const { outcome } of moments) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return outcomes;
}
