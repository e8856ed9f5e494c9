/**
 * What the worker measures, as Prometheus metrics: dashboards and scaling rules read them by name.
 * No label names an account, a review or a device.
 */
import { collectDefaultMetrics, Registry } from "prom-client";
import {
  createBatchInstruments,
  createReviewInstruments,
  createTrafficInstruments,
  type Profile,
  registerProfile,
  registerReadings,
} from "./instruments.ts";
import { createQuantiles } from "./quantiles.ts";
import { createRates, type Rates } from "./rate.ts";

export type Stage = "fetch" | "decode" | "batch_wait" | "infer" | "post" | "second_stage" | "report";

/** Of the detector, since it was started: see `vigil_worker_lane_restarts` and `vigil_worker_poisoned_images`. */
export type DetectorCounts = { laneRestarts: number; poisoned: number };

export interface Metrics {
  readonly rates: Rates;
  batchOut(): void;
  batchBack(batch: { images: number; ms: number; waitMs: number }): void;
  /** Of the last 512 batches, in milliseconds; `q` is 0..1. */
  batchQuantileMs(q: number): number;
  moment(outcome: string): void;
  stage(stage: Stage, seconds: number): void;
  reviewed(result: string, seconds: number): void;
  /** A chunk of a run. */
  chunkEnded(result: string): void;
  recordingEnded(result: string): void;
  /** An item of a run. */
  item(outcome: string): void;
  fetched(result: string, bytes: number, seconds: number): void;
  cacheHit(cache: "image" | "result"): void;
  retried(call: "api" | "evidence"): void;
  queueDepth(jobs: number): void;
  momentsInHand(moments: number): void;
  /** Another detector took the place of the one before. */
  profile(profile: Profile): void;
  /** The exposition text and its content type. */
  expose(): Promise<{ contentType: string; text: string }>;
}

export function createMetrics(options: { profile: Profile; detectorStats: () => DetectorCounts }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const rates = createRates();
  const batchMs = createQuantiles();
  const batch = createBatchInstruments(registry);
  const review = createReviewInstruments(registry);
  const traffic = createTrafficInstruments(registry);
  const setProfile = registerProfile(registry);
  setProfile(options.profile);
  registerReadings(
    registry,
    readings(rates, (q) => batchMs.at(q), options.detectorStats),
  );

  return {
    rates,
    batchOut: () => rates.onBatchOut(),
    batchBack({ images, ms, waitMs }) {
      rates.onBatchBack(images);
      batchMs.add(ms);
      batch.batches.inc();
      batch.seconds.observe(ms / 1000);
      batch.images.observe(images);
      batch.stageSeconds.observe({ stage: "batch_wait" }, waitMs / 1000);
    },
    batchQuantileMs: (q) => batchMs.at(q),
    moment(outcome) {
      rates.onMoment();
      review.items.inc();
      review.moments.inc({ outcome });
      if (outcome === "early_exit") review.earlyExits.inc();
    },
    stage: (stage, seconds) => batch.stageSeconds.observe({ stage }, seconds),
    reviewed(result, seconds) {
      review.reviews.inc({ result });
      review.seconds.observe(seconds);
    },
    item(outcome) {
      rates.onMoment();
      review.runItems.inc({ outcome });
    },
    chunkEnded: (result) => review.chunks.inc({ result }),
    recordingEnded: (result) => review.recordings.inc({ result }),
    fetched(result, bytes, seconds) {
      traffic.downloads.inc({ result });
      traffic.bytes.inc(bytes);
      batch.stageSeconds.observe({ stage: "fetch" }, seconds);
    },
    cacheHit: (cache) => traffic.cacheHits.inc({ cache }),
    retried: (call) => traffic.retries.inc({ call }),
    queueDepth: (jobs) => review.queueDepth.set(jobs),
    profile: setProfile,
    momentsInHand: (count) => review.inHand.set(count),
    async expose() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function readings(rates: Rates, batchQuantileMs: (q: number) => number, detector: () => DetectorCounts) {
  return {
    batch_p50_ms: {
      help: "Median time of a batch at the detector, over the last 512.",
      read: () => batchQuantileMs(0.5),
    },
    batch_p95_ms: {
      help: "95th percentile of a batch's time at the detector, over the last 512.",
      read: () => batchQuantileMs(0.95),
    },
    vigil_worker_items_per_second: {
      help: "Moments ended per second over the last 30 s.",
      read: () => rates.itemsPerSecond(),
    },
    vigil_worker_items_per_second_capacity: {
      help: "Images per second that the detector has shown it can look at.",
      read: () => rates.itemsPerSecondCapacity(),
    },
    vigil_worker_lane_restarts: {
      help: "Detector lanes restarted after a crash or a hang.",
      read: () => detector().laneRestarts,
    },
    vigil_worker_poisoned_images: {
      help: "Images that brought a detector lane down twice.",
      read: () => detector().poisoned,
    },
  };
}
