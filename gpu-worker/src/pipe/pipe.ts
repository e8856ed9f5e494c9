/**
 * The worker's pipe: consume -> preload -> decode -> batch -> detect -> interpret -> report.
 *
 * The stages overlap across moments and jobs; order does not matter. Memory is bounded at every stage: jobs by the
 * moments in hand, evidence by bytes, decoded images by number, batches by size and by how many are out. A job's
 * message is deleted only after the API has taken its digest, so that whatever dies on the way is done again.
 */
import type { KeyObject } from "node:crypto";
import { RecordingJob } from "@vigil/core/check/wire";
import type { DigestReport } from "@vigil/core/digest/wire";
import { worker as limits } from "@vigil/core/limits";
import { workSpan } from "@vigil/core/platform/message-spans";
import type { Queue } from "@vigil/core/platform/queue";
import type { Tracer } from "@vigil/core/platform/trace";
import { Job } from "@vigil/core/review/wire";
import { ChunkJob } from "@vigil/core/run/wire";
import type { HeartbeatReply } from "@vigil/core/worker/wire";
import * as z from "zod";
import type { Api } from "../api/index.ts";
import { createBudget } from "../bounds/budget.ts";
import { untilAborted } from "../bounds/until-aborted.ts";
import { createHealth, type Health } from "../observe/health/index.ts";
import type { Log } from "../observe/log.ts";
import type { Metrics } from "../observe/metrics/index.ts";
import { type BatchRecord, createBatcher } from "./batch/index.ts";
import { createResults } from "./batch/results.ts";
import { createLookAtItem, inspectChunk, type LookAtItem } from "./chunk-job/index.ts";
import { workChunks } from "./chunk-job/work-chunks.ts";
import { createInHand, type InHand } from "./consume/in-hand.ts";
import { consume, createSource, type Source } from "./consume/index.ts";
import { createPlaces, type Places } from "./consume/places.ts";
import { createReadJob } from "./consume/read-job.ts";
import type { Decoder } from "./decode/index.ts";
import type { Detector } from "./infer/index.ts";
import type { Preloader } from "./preload/index.ts";
import type { ProvenanceReader } from "./provenance/index.ts";
import type { Recordings } from "./recording/index.ts";
import { startHeartbeats } from "./report/heartbeats.ts";
import { createReporter, type Reporter, type Settlement } from "./report/index.ts";
import { createExamine, type Examine, review } from "./review-job/index.ts";
import { createLooksOfReviews, type SecondStage } from "./second-stage/index.ts";

export type PipeSettings = {
  /** The API's public keys, by one of which every job is signed. */
  jobKeys: readonly KeyObject[];
  batch: { imagesMax: number; windowMs: number };
  momentsInHandMax: number;
  queues: { pollSeconds: number; visibilitySeconds: number; heartbeatSeconds: number };
  drainSeconds: number;
  stallSeconds: number;
};

export type PipeParts = {
  settings: PipeSettings;
  workerId: string;
  queues: { priority: Queue; standard: Queue; bulk: Queue };
  api: Api;
  preloader: Preloader;
  decoder: Decoder;
  detector: Detector;
  secondStage: SecondStage;
  provenance: Pick<ProvenanceReader, "read">;
  recordings: Pick<Recordings, "work">;
  metrics: Metrics;
  tracer: Tracer;
  /** Called with every answer to a heartbeat: which model all workers are to use; null: what they were started with. */
  onModel?: (wanted: HeartbeatReply["model"]) => void;
  /** Called with every answer to a heartbeat: what a share of reviews is to be looked at with as well; null: nothing. */
  onShadow?: (wish: HeartbeatReply["shadow"]) => void;
  /** The digest of a review is stored. */
  onStored?: (job: Job) => void;
  /** Reviews that a pipe before this one has in hand still. */
  reviewsLeft?: () => string[];
  log: Log;
};

export interface Pipe {
  readonly health: Health;
  /** Of the reviews in hand. */
  readonly reviewIds: string[];
  /** Resolves when no review is in hand. */
  quiet(): Promise<void>;
  /** Works until `stop`, then drains; resolves when nothing is in hand. Rejects when the detector went down. */
  run(): Promise<void>;
  /** Takes no more jobs; what is in hand may finish within the drain time, the rest goes back to the queue. */
  stop(): void;
  /** Stops for another pipe of the same worker, which speaks for both from now on. */
  giveWay(): void;
}

/** One batch that the detector works on, and one so that it never waits for the next. */
const batchesOutMax = 2;
/** Whole batches that may be decoded beyond those. */
const batchesAhead = 1;

/** Decoded images that the pipe holds at once, for batches of `imagesMax`: of reviews, and of runs, which wait meanwhile. */
export function decodedImagesMax(imagesMax: number): number {
  return imagesMax * (batchesOutMax + batchesAhead + batchesOutMax);
}

export function createPipe(parts: PipeParts): Pipe {
  const { settings, detector, metrics, log } = parts;
  const polling = new AbortController();
  const working = new AbortController();
  const health = createHealth({
    stallMs: settings.stallSeconds * 1000,
    hasWork: () => inHand.jobs > 0,
    detectorIsUsable: () => detector.stats().isUsable,
  });
  const heartbeats = startHeartbeats({
    ...parts,
    // Bulk work waits for ever so long, and says nothing of how busy the system is.
    queues: [parts.queues.priority, parts.queues.standard],
    worker: { workerId: parts.workerId, model: modelName(parts), provider: detector.profile.provider },
    reviewsInHand: () => [...(parts.reviewsLeft?.() ?? []), ...inHand.reviewIds],
  });
  const stages = createStages(parts, health, () => heartbeats.extraBatchWindowMs);
  const endJob = createEndJob({
    parts,
    examine: stages.examine,
    reporter: createReporter(parts),
    signal: working.signal,
    onDetectorDown() {
      stop();
      working.abort(new Error("the detector is down"));
    },
  });
  const inHand: InHand = createInHand({
    momentsMax: settings.momentsInHandMax,
    work: endJob,
    onChange() {
      metrics.momentsInHand(inHand.moments);
      health.progressed();
      places.changed();
    },
  });
  const places = createPlaces({
    total: settings.batch.imagesMax * batchesOutMax,
    reviewsInHand: () => inHand.jobs,
  });
  const chunks = { places, lookAtItem: stages.lookAtItem, polling: polling.signal, working: working.signal };
  let stopped: Promise<void> = Promise.resolve();

  async function drain(): Promise<void> {
    const deadline = setTimeout(() => working.abort(new Error("drained")), settings.drainSeconds * 1000);
    await consuming;
    await inHand.empty();
    await workingChunks;
    clearTimeout(deadline);
  }

  function stop(): void {
    if (polling.signal.aborted) return;
    log.info({ jobsInHand: inHand.jobs }, "draining");
    polling.abort();
    inHand.stopWaiting();
    stopped = drain();
  }

  let consuming: Promise<void> = Promise.resolve();
  let workingChunks: Promise<void> = Promise.resolve();
  return {
    health,
    stop,
    quiet: () => places.quiet(),
    get reviewIds() {
      return inHand.reviewIds;
    },
    giveWay() {
      heartbeats.stop();
      stop();
    },
    async run() {
      consuming = startConsuming(parts, inHand, polling.signal);
      workingChunks = startWorkingChunks(parts, chunks);
      await consuming;
      await stopped;
      heartbeats.stop();
      if (!detector.stats().isUsable) throw new Error("the detector is down; restart the worker");
    },
  };
}

function modelName({ detector }: PipeParts): DigestReport["worker"]["model"] {
  const { name, sha256 } = detector.profile.model;
  return { name, sha256 };
}

async function startConsuming(parts: PipeParts, inHand: InHand, signal: AbortSignal): Promise<void> {
  const { settings, log } = parts;
  const readJob = createReadJob(Job, settings.jobKeys, log);
  const source = (name: "priority" | "standard") => sourceOf(parts, name, signal);
  await consume({
    priority: source("priority"),
    standard: source("standard"),
    room: () => inHand.room(),
    signal,
    take(held) {
      const job = readJob(held.message);
      if (job) inHand.take(job, held);
      else held.leave();
    },
  });
}

function sourceOf(
  { settings, queues, log }: PipeParts,
  name: keyof PipeParts["queues"],
  signal: AbortSignal,
): Source {
  return createSource({ ...settings.queues, name, queue: queues[name], signal, log });
}

/** Chunks of runs, for as long as jobs are polled for. */
async function startWorkingChunks(
  parts: PipeParts,
  chunks: { places: Places; lookAtItem: LookAtItem; polling: AbortSignal; working: AbortSignal },
): Promise<void> {
  const { api, workerId, metrics, log } = parts;
  const own = { api, workerId, model: modelName(parts), ...chunks };
  await workChunks({
    ...chunks,
    source: sourceOf(parts, "bulk", chunks.polling),
    read: createReadJob(z.union([ChunkJob, RecordingJob]), parts.settings.jobKeys, log),
    inspect: (job, signal) => untilAborted(inspectChunk(job, own, signal), signal),
    record: (job, signal) => untilAborted(parts.recordings.work(job, signal), signal),
    api,
    log,
    onEnd(result, report) {
      metrics.chunkEnded(result);
      for (const { outcome } of report?.findings ?? []) metrics.item(outcome);
    },
    onRecordingEnd: (result) => metrics.recordingEnded(result),
  });
}

/** From the fetch of a moment, or of an item of a run, to what was seen in it. */
function createStages(
  parts: PipeParts,
  health: Health,
  extraBatchWindowMs: () => number,
): { examine: Examine; lookAtItem: LookAtItem } {
  const { settings, detector, metrics, log } = parts;
  const { imagesMax, windowMs } = settings.batch;
  const { model, rectangular } = detector.profile;
  const batching = {
    detector,
    imagesMax,
    batchesOutMax,
    windowMs: () => windowMs + extraBatchWindowMs(),
    onBatchOut: () => metrics.batchOut(),
    onBatch(record: BatchRecord) {
      metrics.batchBack(record);
      health.progressed();
      log.info({ ...record, ms: Math.round(record.ms), waitMs: Math.round(record.waitMs) }, "batch");
    },
  };
  const batcher = createBatcher(batching);
  // Their own batches, which let those of reviews pass: a review waits for what runs, and for nothing that is queued.
  const ofRuns = createBatcher({ ...batching, yields: true });
  const canvas = { inputSize: model.inputSize, layout: model.layout, rectangular };
  const onStage = (stage: "decode" | "infer" | "post" | "second_stage", seconds: number) => {
    metrics.stage(stage, seconds);
    health.progressed();
  };
  const { preloader, decoder } = parts;
  const lookAtItem = createLookAtItem({ preloader, decoder, batcher: ofRuns, canvas, onStage });
  const examine = createExamine({
    preloader,
    decoder,
    batcher,
    results: createResults({ modelSha256: model.sha256 }),
    secondStage: parts.secondStage,
    provenance: parts.provenance,
    canvas,
    bytesHeld: createBudget({ name: "bytes of evidence", total: limits.evidenceBytesMax }),
    events: {
      onStage,
      onResultCacheHit: () => metrics.cacheHit("result"),
      onSecondStageFault: (error) => log.warn({ err: error }, "the second stage failed on an image"),
    },
  });
  return { examine, lookAtItem };
}

const reportSpan = {
  name: "POST /worker/v1/reviews/{id}/digest",
  kind: "client",
  attributes: { "http.request.method": "POST" },
} as const;

/** Reviews and reports one job, and says what is to become of its messages. What it returns never rejects. */
function createEndJob(options: {
  parts: PipeParts;
  examine: Examine;
  reporter: Reporter;
  signal: AbortSignal;
  onDetectorDown: () => void;
}): (job: Job) => Promise<Settlement> {
  const { parts, examine, reporter, signal } = options;
  const { api, metrics, log, detector, tracer } = parts;
  const looks = createLooksOfReviews();
  const worker: DigestReport["worker"] = {
    id: parts.workerId,
    provider: detector.profile.provider,
    model: modelName(parts),
    capabilities: parts.secondStage.capabilities,
  };

  async function reviewAndReport(job: Job): Promise<Settlement> {
    const digest = await untilAborted(review(job, { examine, api, looks, worker, tracer }, signal), signal);
    const startedAt = performance.now();
    const settlement = await tracer.span(reportSpan, async ({ traceparent }) =>
      reporter.digest({ ...job, traceparent }, digest, signal),
    );
    metrics.stage("report", (performance.now() - startedAt) / 1000);
    if (settlement.result === "stored") {
      for (const { outcome } of digest.moments) metrics.moment(outcome);
      if (job.part === 0) parts.onStored?.(job);
    }
    return settlement;
  }

  async function orTellWhyNot(job: Job, error: unknown): Promise<Settlement> {
    if (!detector.stats().isUsable) options.onDetectorDown();
    if (signal.aborted) return { message: "release", seconds: 0, result: "drained" };
    return reporter.failure(job, error, signal);
  }

  return async (job) => {
    const { reviewId, part, moments, traceparent } = job;
    const attributes = { "vigil.review": reviewId, "vigil.moments": moments.length };
    const settlement = await tracer.span(workSpan("jobs", traceparent, attributes), async ({ set }) => {
      const end = await reviewAndReport(job).catch((error: unknown) => orTellWhyNot(job, error));
      set({ "vigil.result": end.result });
      return end;
    });
    const seconds = (Date.now() - Date.parse(job.requestedAt)) / 1000;
    metrics.reviewed(settlement.result, seconds);
    log.info({ reviewId, part, moments: moments.length, result: settlement.result, seconds }, "review");
    return settlement;
  };
}
