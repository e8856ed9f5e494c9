/** A whole worker from its settings: the real queues, API, object store, model and detector, around the pipe. */
import { readFile } from "node:fs/promises";
import { worker as limits, review } from "@vigil/core/limits";
import { sqsQueue } from "@vigil/core/platform/aws";
import { systemClock } from "@vigil/core/platform/clock";
import { type Api, createApi } from "./api/index.ts";
import type { Config } from "./config.ts";
import { type LoadedModel, load, type Progress } from "./model/index.ts";
import { prepareOnce } from "./model/prepare-once.ts";
import { type HealthServer, serveHealth } from "./observe/health/serve.ts";
import type { Log } from "./observe/log.ts";
import { createMetrics, type Metrics } from "./observe/metrics/index.ts";
import { createDecoder, type Decoder } from "./pipe/decode/index.ts";
import { createDetector, type Detector } from "./pipe/infer/index.ts";
import { createPipe, decodedImagesMax } from "./pipe/pipe.ts";
import { createFetcher, createGuard, createPreloader, type Preloader } from "./pipe/preload/index.ts";
import { createProvenanceReader } from "./pipe/provenance/index.ts";
import { createSecondStage, type SecondStage } from "./pipe/second-stage/index.ts";

export interface Worker {
  readonly metricsUrl: string;
  readonly detector: Detector;
  /** Works until `stop`; resolves when drained and closed. */
  run(): Promise<void>;
  stop(): void;
}

export async function createWorker(config: Config, log: Log): Promise<Worker> {
  const model = await loadModel(config, log);
  const detector = await createDetector({
    model,
    provider: config.model.provider,
    cacheDir: config.model.cacheDir,
    ...(config.model.lanes ? { lanes: config.model.lanes } : {}),
    ...(config.model.threads ? { threads: config.model.threads } : {}),
    detectionConfidence: review.detectionConfidence,
    nmsIou: review.nmsIou,
    onLog: (message, fields) => log.info(fields, message),
  });
  const secondStage = await startSecondStage(config);
  const provenance = createProvenanceReader({ trustAnchors: await readTrustAnchors(config) });
  const metrics = createMetrics({ profile: detector.profile, detectorStats: () => detector.stats() });
  const api = createApi({ ...config.api, onRetry: () => metrics.retried("api") });
  const preloader = evidencePreloader(config, metrics);
  const decoder = createDecoder({
    inputSize: model.inputSize,
    imagesMax: decodedImagesMax(config.batch.imagesMax),
  });
  const queue = (url: string) =>
    sqsQueue({
      url,
      region: config.queues.region,
      endpoint: config.queues.endpoint,
      credentials: config.queues.credentials,
    });
  const pipe = createPipe({
    settings: config,
    workerId: config.workerId,
    queues: {
      priority: queue(config.queues.priorityUrl),
      standard: queue(config.queues.standardUrl),
      bulk: queue(config.queues.bulkUrl),
    },
    api,
    preloader,
    decoder,
    detector,
    secondStage,
    provenance,
    metrics,
    log,
  });
  const server = await serveHealth({ ...config.metrics, metrics, health: pipe.health });
  logProfile(detector, log);
  return {
    metricsUrl: server.metricsUrl,
    detector,
    stop: () => pipe.stop(),
    async run() {
      try {
        await pipe.run();
      } finally {
        await closeAll({ api, preloader, decoder, detector, server, secondStage, provenance });
      }
    },
  };
}

async function closeAll(parts: {
  api: Api;
  preloader: Preloader;
  decoder: Decoder;
  detector: Detector;
  server: HealthServer;
  secondStage: { close(): Promise<void> };
  provenance: { close(): Promise<void> };
}): Promise<void> {
  await Promise.allSettled(Object.values(parts).map((part) => part.close()));
}

function evidencePreloader(config: Config, metrics: Metrics): Preloader {
  const { origins, privateAddresses } = config.evidence;
  return createPreloader({
    fetcher: createFetcher({
      guard: createGuard({ origins, privateAddresses }),
      connectionsPerHostMax: limits.preloadPerHostMax,
    }),
    events: {
      onShared: () => metrics.cacheHit("image"),
      onFetch: (result, bytes, seconds) => metrics.fetched(result, bytes, seconds),
      onRetry: () => metrics.retried("evidence"),
    },
  });
}

/** @throws when the file is named and is not there: a list that is not read would trust nobody, and nobody would know */
async function readTrustAnchors({ provenance }: Config): Promise<string> {
  const { trustListPath } = provenance;
  return trustListPath === undefined ? "" : readFile(trustListPath, "utf8");
}

async function startSecondStage({ secondStage, model }: Config): Promise<SecondStage> {
  const { faces, plates, reidentificationPath } = secondStage;
  return createSecondStage({
    cacheDir: model.cacheDir,
    faces,
    plates,
    ...(reidentificationPath ? { reidentificationPath } : {}),
  });
}

const progressStepMs = 1_000;

async function loadModel(config: Config, log: Log): Promise<LoadedModel> {
  let toldAt = 0;
  const onProgress = ({ receivedBytes, totalBytes }: Progress) => {
    if (Date.now() - toldAt < progressStepMs) return;
    toldAt = Date.now();
    log.info({ model: config.model.name, receivedBytes, totalBytes }, "fetching the model");
  };
  const { name, cacheDir } = config.model;
  return prepareOnce(await load(name, { cacheDir, onProgress }), {
    cacheDir,
    clock: systemClock,
    onLog: (message, fields) => log.info(fields, message),
  });
}

function logProfile({ profile }: Detector, log: Log): void {
  const { model, ...rest } = profile;
  const { name, sha256, licence, precision, input, output, inputSize } = model;
  log.info({ ...rest, model: { name, sha256, licence, precision, input, output, inputSize } }, "profile");
}
