/** A whole worker from its settings: the real queues, API, object store, model and detector, around the pipe. */
import { readFile } from "node:fs/promises";
import { worker as limits, review } from "@vigil/core/limits";
import { sqsQueue } from "@vigil/core/platform/aws";
import { systemClock } from "@vigil/core/platform/clock";
import { otlpSpans, type SpanExport } from "@vigil/core/platform/otlp";
import { createTracer } from "@vigil/core/platform/trace";
import type { Job, ModelName } from "@vigil/core/review/wire";
import type { ShadowWish } from "@vigil/core/shadow/wire";
import { createApi } from "./api/index.ts";
import type { Config } from "./config.ts";
import { createFollower, type Engine, type Follower } from "./follow-model.ts";
import { type LoadedModel, load, type Progress } from "./model/index.ts";
import { prepareOnce } from "./model/prepare-once.ts";
import { serveHealth } from "./observe/health/serve.ts";
import type { Log } from "./observe/log.ts";
import { createMetrics, type Metrics } from "./observe/metrics/index.ts";
import { createDecoder } from "./pipe/decode/index.ts";
import { createDetector, type Detector } from "./pipe/infer/index.ts";
import { createPipe, decodedImagesMax, type Pipe, type PipeParts } from "./pipe/pipe.ts";
import {
  createFetcher,
  createGuard,
  createPreloader,
  type Fetcher,
  type Preloader,
} from "./pipe/preload/index.ts";
import { createProvenanceReader } from "./pipe/provenance/index.ts";
import { createRecordings } from "./pipe/recording/index.ts";
import { createSecondStage, type SecondStage } from "./pipe/second-stage/index.ts";
import { challengerLanes, createChallenger } from "./shadow/challenger.ts";
import { createShadow } from "./shadow/index.ts";

export interface Worker {
  readonly metricsUrl: string;
  readonly detector: Detector;
  /** Works until `stop`; resolves when drained and closed. */
  run(): Promise<void>;
  stop(): void;
}

type Running = Engine & { pipe: Pipe; detector: Detector };

export async function createWorker(config: Config, log: Log): Promise<Worker> {
  const detector = await startDetector(config, await loadModel(config, config.model.name, log), log);
  const startedWith = detector.profile.model.sha256;
  const metrics = createMetrics({
    profile: detector.profile,
    detectorStats: () => follower.engine.detector.stats(),
  });
  const shared = await sharedParts(config, metrics, log);
  const shadow = createShadow({
    api: shared.api,
    log,
    quiet: () => follower.engine.pipe.quiet(),
    async make({ name, sha256 }) {
      const model = await loadModel(config, sha256 === startedWith ? config.model.name : name, log, sha256);
      return createChallenger(await startDetector(config, model, log, challengerLanes), shared.preloader);
    },
  });
  const spans = startSpans(config, log);
  const tracer = createTracer({ record: spans?.record });
  const parts = {
    ...shared,
    metrics,
    tracer,
    onModel: (wanted: ModelName | null) => follower.follow(wanted),
    onShadow: (wish: ShadowWish | null) => shadow.follow(wish),
    onStored: (job: Job) => shadow.offer(job),
  };
  const follower: Follower<Running> = createFollower({
    first: startEngine(parts, detector, undefined),
    async make(wanted) {
      const name = wanted.sha256 === startedWith ? config.model.name : wanted.name;
      const model = await loadModel(config, name, log, wanted.sha256);
      return startEngine(parts, await startDetector(config, model, log), follower.engine.pipe);
    },
    onChange({ detector: next }) {
      metrics.profile(next.profile);
      logProfile(next, log);
    },
    log,
  });
  const health = { check: () => follower.engine.pipe.health.check() };
  const server = await serveHealth({ ...config.metrics, metrics, health });
  logProfile(detector, log);
  return {
    metricsUrl: server.metricsUrl,
    detector,
    stop: () => follower.stop(),
    async run() {
      try {
        await follower.run();
      } finally {
        await shadow.close();
        const { api, preloader, secondStage, provenance, recordings } = shared;
        const more = spans ? [spans] : [];
        await closeAll([recordings, api, preloader, server, secondStage, provenance, ...more]);
      }
    },
  };
}

/** Undefined where no collector is named. */
function startSpans({ spans }: Config, log: Log): SpanExport | undefined {
  if (!spans) return undefined;
  const onFault = ({ err, spans: lost }: { err: unknown; spans: number }) =>
    log.warn({ err, spans: lost }, "spans could not be sent, and are lost");
  return otlpSpans({ ...spans, service: "vigil-worker", onFault });
}

async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.allSettled(parts.map((part) => part.close()));
}

/** What all engines of this worker share. */
async function sharedParts(config: Config, metrics: Metrics, log: Log) {
  const queue = (url: string) =>
    sqsQueue({
      url,
      region: config.queues.region,
      endpoint: config.queues.endpoint,
      credentials: config.queues.credentials,
    });
  const trustAnchors = await readTrustAnchors(config);
  const api = createApi({ ...config.api, onRetry: () => metrics.retried("api") });
  return {
    settings: config,
    workerId: config.workerId,
    queues: {
      priority: queue(config.queues.priorityUrl),
      standard: queue(config.queues.standardUrl),
      bulk: queue(config.queues.bulkUrl),
    },
    api,
    preloader: evidencePreloader(config, metrics),
    secondStage: await startSecondStage(config),
    provenance: createProvenanceReader({ trustAnchors }),
    recordings: createRecordings({
      api,
      fetcher: evidenceFetcher(config),
      folder: config.model.cacheDir,
      workerId: config.workerId,
      trustAnchors,
      onRetry: () => metrics.retried("evidence"),
    }),
    log,
  };
}

/** A detector with its decoder, and a pipe around both. @param before what gives way to it, until it has drained */
function startEngine(
  parts: Omit<PipeParts, "decoder" | "detector" | "reviewsLeft">,
  detector: Detector,
  before: Pipe | undefined,
): Running {
  const { name, sha256, inputSize } = detector.profile.model;
  const imagesMax = decodedImagesMax(parts.settings.batch.imagesMax);
  const decoder = createDecoder({ inputSize, imagesMax });
  let leaving = before;
  const pipe = createPipe({ ...parts, detector, decoder, reviewsLeft: () => leaving?.reviewIds ?? [] });
  return {
    model: { name, sha256 },
    pipe,
    detector,
    onAlone() {
      leaving = undefined;
    },
    close: () => closeAll([decoder, detector]),
  };
}

function startDetector(
  config: Config,
  model: LoadedModel,
  log: Log,
  { lanes, threads }: Pick<Config["model"], "lanes" | "threads"> = config.model,
): Promise<Detector> {
  return createDetector({
    model,
    provider: config.model.provider,
    cacheDir: config.model.cacheDir,
    ...(lanes ? { lanes } : {}),
    ...(threads ? { threads } : {}),
    detectionConfidence: review.detectionConfidence,
    nmsIou: review.nmsIou,
    onLog: (message, fields) => log.info(fields, message),
  });
}

function evidenceFetcher({ evidence: { origins, privateAddresses } }: Config): Fetcher {
  return createFetcher({
    guard: createGuard({ origins, privateAddresses }),
    connectionsPerHostMax: limits.preloadPerHostMax,
  });
}

function evidencePreloader(config: Config, metrics: Metrics): Preloader {
  return createPreloader({
    fetcher: evidenceFetcher(config),
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

/** @param wanted the hash that it must have; without one, whatever it has. @throws when there is no such model, or it is another */
async function loadModel(config: Config, name: string, log: Log, wanted?: string): Promise<LoadedModel> {
  let toldAt = 0;
  const onProgress = ({ receivedBytes, totalBytes }: Progress) => {
    if (Date.now() - toldAt < progressStepMs) return;
    toldAt = Date.now();
    log.info({ model: name, receivedBytes, totalBytes }, "fetching the model");
  };
  const { cacheDir } = config.model;
  const model = await prepareOnce(await load(name, { cacheDir, onProgress }), {
    cacheDir,
    clock: systemClock,
    onLog: (message, fields) => log.info(fields, message),
  });
  if (wanted !== undefined && model.sha256 !== wanted) {
    throw new Error(
      `expected ${name} with the SHA-256 ${wanted}, got ${model.sha256}: prepare it as it was registered`,
    );
  }
  return model;
}

function logProfile({ profile }: Detector, log: Log): void {
  const { model, ...rest } = profile;
  const { name, sha256, licence, precision, input, output, inputSize } = model;
  log.info({ ...rest, model: { name, sha256, licence, precision, input, output, inputSize } }, "profile");
}
