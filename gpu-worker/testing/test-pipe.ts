/** For tests: the real pipe over loopback services, with a scripted detector in place of a model. */

import { tmpdir } from "node:os";
import { sqsQueue } from "@vigil/core/platform/aws";
import { createTracer } from "@vigil/core/platform/trace";
import { readPublicKey } from "@vigil/core/review/job-signature";
import { createApi } from "../src/api/index.ts";
import { createLog } from "../src/observe/log.ts";
import { createMetrics, type Metrics } from "../src/observe/metrics/index.ts";
import { type Decoder, decode } from "../src/pipe/decode/index.ts";
import { createPipe, type Pipe, type PipeParts, type PipeSettings } from "../src/pipe/pipe.ts";
import {
  createFetcher,
  createGuard,
  createPreloader,
  type PreloaderOptions,
} from "../src/pipe/preload/index.ts";
import { createProvenanceReader } from "../src/pipe/provenance/index.ts";
import { createRecordings } from "../src/pipe/recording/index.ts";
import type { SecondStage } from "../src/pipe/second-stage/index.ts";
import { queueCredentials, queueRegion } from "./queues.ts";
import { createScriptedDetector } from "./scripted-detector.ts";
import { workerKey } from "./worker-api.ts";

/** Where the services of a test are: plain data, so that it can cross into a child process. */
export type TestAddresses = {
  jobPublicKey: string;
  apiUrl: string;
  evidenceOrigin: string;
  sqsEndpoint: string;
  priorityUrl: string;
  standardUrl: string;
  bulkUrl: string;
};

export type TestPipeOptions = {
  settings?: Partial<PipeSettings>;
  preload?: Partial<PreloaderOptions>;
  /** Replaces parts, or wraps them. */
  change?: (parts: PipeParts) => Partial<PipeParts>;
};

export type TestPipe = { pipe: Pipe; metrics: Metrics; parts: PipeParts; running: Promise<void> };

const testSettings: Omit<PipeSettings, "jobKeys"> = {
  batch: { imagesMax: 4, windowMs: 5 },
  momentsInHandMax: 40,
  queues: { pollSeconds: 1, visibilitySeconds: 30, heartbeatSeconds: 10 },
  drainSeconds: 5,
  stallSeconds: 60,
};

const noSecondStage: SecondStage = {
  capabilities: { faces: false, reidentification: false, plates: false },
  inspect: async () => ({}),
  close: async () => undefined,
};

/** The real decoding, without processes to end, and without turns. */
const inlineDecoder: Decoder = {
  decode: async (bytes, options) => ({
    image: await decode(bytes, options),
    ms: 1,
    giveBack: () => undefined,
  }),
  close: async () => undefined,
};

/** Builds the pipe and starts it. */
export function startTestPipe(addresses: TestAddresses, options: TestPipeOptions = {}): TestPipe {
  const parts = testParts(addresses, options);
  const pipe = createPipe(parts);
  return { pipe, metrics: parts.metrics, parts, running: pipe.run() };
}

export function testParts(addresses: TestAddresses, options: TestPipeOptions = {}): PipeParts {
  const detector = createScriptedDetector();
  const metrics = createMetrics({ profile: detector.profile, detectorStats: () => detector.stats() });
  const queue = (url: string) =>
    sqsQueue({ url, endpoint: addresses.sqsEndpoint, region: queueRegion, credentials: queueCredentials });
  const api = createApi({
    url: addresses.apiUrl,
    key: workerKey,
    onRetry: () => metrics.retried("api"),
    backoff: { firstMs: 5, mostMs: 20 },
  });
  const fetcher = () =>
    createFetcher({
      guard: createGuard({ origins: [addresses.evidenceOrigin], privateAddresses: false }),
      connectionsPerHostMax: 4,
    });
  const parts: PipeParts = {
    settings: { jobKeys: [readPublicKey(addresses.jobPublicKey)], ...testSettings, ...options.settings },
    workerId: "test-worker",
    queues: {
      priority: queue(addresses.priorityUrl),
      standard: queue(addresses.standardUrl),
      bulk: queue(addresses.bulkUrl),
    },
    api,
    preloader: createPreloader({
      fetcher: fetcher(),
      events: {
        onShared: () => metrics.cacheHit("image"),
        onFetch: (result, bytes, seconds) => metrics.fetched(result, bytes, seconds),
        onRetry: () => metrics.retried("evidence"),
      },
      backoff: { firstMs: 5, mostMs: 20 },
      // What is there is fetched, however busy the machine is; tests of the deadline set one.
      deadlineMs: [60_000, 60_000, 60_000, 60_000],
      ...options.preload,
    }),
    decoder: inlineDecoder,
    detector,
    secondStage: noSecondStage,
    // The real one: none of the tests' pictures has a manifest, and so no thread begins.
    provenance: createProvenanceReader(),
    recordings: createRecordings({
      api,
      fetcher: fetcher(),
      folder: tmpdir(),
      workerId: "test-worker",
      trustAnchors: "",
      onRetry: () => metrics.retried("evidence"),
    }),
    metrics,
    tracer: createTracer({ record: undefined }),
    log: createLog({ level: "silent", workerId: "test-worker" }),
  };
  return { ...parts, ...options.change?.(parts) };
}
