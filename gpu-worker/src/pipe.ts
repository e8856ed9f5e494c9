/**
 * The worker's pipe: consume -> preload -> decode -> batch -> detect -> interpret -> report.
 *
 * The stages overlap across moments and jobs; order does not matter. Memory is bounded at every stage: jobs by the
 * moments in hand, evidence by bytes, decoded images by number, batches by size and by how many are out. A job's
 * message is deleted only after the API has taken its digest, so that whatever dies on the way is done again.
 */
import type { DigestReport } from "@vigil/core/digest/wire";
import { worker as workerLimits } from "@vigil/core/limits";
import type { Queue } from "@vigil/core/platform/queue";
import type { Job } from "@vigil/core/review/wire";
import { LRUCache } from "lru-cache";
import type { Api } from "./api/index.ts";
import { createBatcher } from "./batch/index.ts";
import { createResults } from "./batch/results.ts";
import { createBudget } from "./bounds/budget.ts";
import { consume, createSource, type HeldMessage } from "./consume/index.ts";
import { createReadJob } from "./consume/read-job.ts";
import type { decode } from "./decode/index.ts";
import { createHealth, type Health } from "./health/index.ts";
import type { Detector } from "./infer/index.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics/index.ts";
import type { Preloader } from "./preload/index.ts";
import { startHeartbeats } from "./report/heartbeats.ts";
import { createReporter, type Settlement } from "./report/index.ts";
import { createLook, review } from "./review-job/index.ts";
import type { SecondStage } from "./second-stage/index.ts";

export type PipeSettings = {
  batch: { imagesMax: number; windowMs: number };
  momentsInHandMax: number;
  queues: { pollSeconds: number; visibilitySeconds: number; heartbeatSeconds: number };
  drainSeconds: number;
  stallSeconds: number;
};

export type PipeParts = {
  settings: PipeSettings;
  workerId: string;
  queues: { priority: Queue; standard: Queue };
  api: Api;
  preloader: Preloader;
  decode: typeof decode;
  detector: Detector;
  secondStage: SecondStage;
  metrics: Metrics;
  log: Log;
};

export interface Pipe {
  readonly health: Health;
  /** Works until `stop`, then drains; resolves when nothing is in hand any more. Rejects when the detector is down. */
  run(): Promise<void>;
  /** Takes no more jobs; what is in hand may finish within the drain time, the rest goes back to the queue. */
  stop(): void;
}

type InHand = { job: Job; held: HeldMessage[]; done: Promise<void> };

/** How many whole batches may be decoded ahead of the detector, beside the two that it has. */
const batchesAhead = 1;
const batchesOutMax = 2;

export function createPipe(parts: PipeParts): Pipe {
  const { settings, detector, metrics, log, workerId } = parts;
  const { model, provider } = detector.profile;
  const modelName = { name: model.name, sha256: model.sha256 };
  const polling = new AbortController();
  const working = new AbortController();
  const inHand = new Map<string, InHand>();
  /** Jobs that the API has taken a digest of: their message is deleted if it comes once more. */
  const concluded = new LRUCache<string, true>({ max: 1_000 });
  let roomFreed: (() => void) | undefined;

  const health = createHealth({
    stallMs: settings.stallSeconds * 1000,
    hasWork: () => inHand.size > 0,
    detectorIsUsable: () => detector.stats().isUsable,
  });
  const reporter = createReporter({ api: parts.api, workerId, log });
  const readJob = createReadJob(log);
  const heartbeats = startHeartbeats({
    api: parts.api,
    queues: Object.values(parts.queues),
    metrics,
    worker: { workerId, model: modelName, provider },
    reviewsInHand: () => [...new Set([...inHand.values()].map(({ job }) => job.reviewId))],
    log,
  });
  const batcher = createBatcher({
    detector,
    imagesMax: settings.batch.imagesMax,
    batchesOutMax,
    windowMs: () => settings.batch.windowMs + heartbeats.extraBatchWindowMs,
    onBatchOut: () => metrics.batchOut(),
    onBatch(record) {
      metrics.batchBack(record);
      health.progressed();
      log.info({ ...record, ms: Math.round(record.ms), waitMs: Math.round(record.waitMs) }, "batch");
    },
  });
  const look = createLook({
    preloader: parts.preloader,
    decode: parts.decode,
    batcher,
    results: createResults({ modelSha256: model.sha256 }),
    secondStage: parts.secondStage,
    model,
    bytesHeld: createBudget({ name: "bytes of evidence", total: workerLimits.imageCacheBytesMax }),
    imagesHeld: createBudget({
      name: "decoded images",
      total: settings.batch.imagesMax * (batchesOutMax + batchesAhead),
    }),
    events: {
      onStage(stage, seconds) {
        metrics.stage(stage, seconds);
        health.progressed();
      },
      onResultCacheHit: () => metrics.cacheHit("result"),
      onSecondStageFault: (error) => log.warn({ err: error }, "the second stage failed on an image"),
    },
  });
  const worker: DigestReport["worker"] = {
    id: workerId,
    provider,
    model: modelName,
    capabilities: parts.secondStage.capabilities,
  };

  function momentsInHand(): number {
    let moments = 0;
    for (const { job } of inHand.values()) moments += job.moments.length;
    return moments;
  }

  async function room(): Promise<void> {
    while (momentsInHand() >= settings.momentsInHandMax && !polling.signal.aborted) {
      await new Promise<void>((resolve) => {
        roomFreed = resolve;
      });
    }
  }

  function take(held: HeldMessage): void {
    const job = readJob(held.message);
    if (!job) return held.leave();
    const key = `${job.reviewId}/${job.part}`;
    if (concluded.has(key)) return void held.delete();
    const known = inHand.get(key);
    if (known) return join(known, held);
    health.progressed();
    const entry: InHand = { job, held: [held], done: Promise.resolve() };
    inHand.set(key, entry);
    metrics.momentsInHand(momentsInHand());
    entry.done = work(key, entry);
  }

  /** Another message for a job in hand, or the same one received anew, shares its fate. */
  function join(entry: InHand, held: HeldMessage): void {
    for (const earlier of entry.held.filter(({ message }) => message.id === held.message.id)) earlier.leave();
    entry.held = [...entry.held.filter(({ message }) => message.id !== held.message.id), held];
  }

  async function work(key: string, entry: InHand): Promise<void> {
    const settlement = await end(entry.job);
    if (settlement.message === "delete") concluded.set(key, true);
    metrics.reviewed(settlement.result, (Date.now() - Date.parse(entry.job.requestedAt)) / 1000);
    await Promise.all(entry.held.map((held) => settle(held, settlement)));
    inHand.delete(key);
    metrics.momentsInHand(momentsInHand());
    health.progressed();
    roomFreed?.();
  }

  /** Reviews and reports. Never rejects. */
  async function end(job: Job): Promise<Settlement> {
    const { signal } = working;
    try {
      const digest = await untilAborted(review(job, { look, api: parts.api, worker }, signal), signal);
      const startedAt = performance.now();
      const settlement = await reporter.digest(job, digest, signal);
      metrics.stage("report", (performance.now() - startedAt) / 1000);
      if (settlement.result === "stored") {
        for (const { outcome } of digest.moments) metrics.moment(outcome);
      }
      log.info(
        { reviewId: job.reviewId, part: job.part, moments: digest.moments.length, result: settlement.result },
        "review",
      );
      return settlement;
    } catch (error) {
      if (!detector.stats().isUsable) stopForGood();
      if (signal.aborted) return { message: "release", seconds: 0, result: "drained" };
      return reporter.failure(job, error, signal);
    }
  }

  /** A worker without a detector gives everything back, for another one to do, and ends. */
  function stopForGood(): void {
    stop();
    working.abort(new Error("the detector is down"));
  }

  function stop(): void {
    if (polling.signal.aborted) return;
    log.info({ jobsInHand: inHand.size }, "draining");
    polling.abort();
    roomFreed?.();
    stopped = drain();
  }

  async function drain(): Promise<void> {
    const deadline = setTimeout(() => working.abort(new Error("drained")), settings.drainSeconds * 1000);
    await consuming;
    await Promise.all([...inHand.values()].map(({ done }) => done));
    clearTimeout(deadline);
  }

  let consuming: Promise<void> = Promise.resolve();
  let stopped: Promise<void> = Promise.resolve();

  return {
    health,
    async run() {
      const source = (name: "priority" | "standard") =>
        createSource({ ...settings.queues, name, queue: parts.queues[name], signal: polling.signal, log });
      consuming = consume({
        priority: source("priority"),
        standard: source("standard"),
        room,
        take,
        signal: polling.signal,
      });
      await consuming;
      await stopped;
      heartbeats.stop();
      if (!detector.stats().isUsable) throw new Error("the detector is down; restart the worker");
    },
    stop,
  };
}

async function settle(held: HeldMessage, settlement: Settlement): Promise<void> {
  if (settlement.message === "delete") return held.delete();
  if (settlement.message === "release") return held.release(settlement.seconds);
  return held.leave();
}

/** The promise's own end, or the signal's reason as soon as it fires. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
