/**
 * What the worker measures, as Prometheus metrics. Names are an interface: dashboards and scaling rules read them.
 * No label names an account, a review or a device.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { DetectorStats, Profile } from "../infer/index.ts";
import { createQuantiles } from "./quantiles.ts";
import { createRates, type Rates } from "./rate.ts";

export type Stage = "fetch" | "decode" | "batch_wait" | "infer" | "post" | "second_stage" | "report";

export interface Metrics {
  readonly rates: Rates;
  batchOut(): void;
  batchBack(batch: { images: number; ms: number; waitMs: number }): void;
  batchQuantileMs(q: number): number;
  moment(outcome: string): void;
  stage(stage: Stage, seconds: number): void;
  reviewed(result: string, seconds: number): void;
  fetched(result: string, bytes: number, seconds: number): void;
  cacheHit(cache: "image" | "result"): void;
  retried(call: "api" | "evidence"): void;
  queueDepth(jobs: number): void;
  momentsInHand(moments: number): void;
  /** The exposition text and its content type. */
  expose(): Promise<{ contentType: string; text: string }>;
}

const secondsBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const reviewSecondsBuckets = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900];

export function createMetrics(options: { profile: Profile; detectorStats: () => DetectorStats }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const rates = createRates();
  const batchMs = createQuantiles();

  const batches = new Counter({ name: "deep_batches_total", help: "Batches looked at.", registers });
  const items = new Counter({ name: "deep_items_total", help: "Moments ended, by any outcome.", registers });
  const earlyExits = new Counter({
    name: "deep_early_exits_total",
    help: "Moments with nothing above the early-exit confidence: no second stage ran.",
    registers,
  });
  new Gauge({
    name: "batch_p50_ms",
    help: "Median time of a batch at the detector, over the last 512.",
    registers,
    collect() {
      this.set(batchMs.at(0.5));
    },
  });
  new Gauge({
    name: "batch_p95_ms",
    help: "95th percentile of a batch's time at the detector, over the last 512.",
    registers,
    collect() {
      this.set(batchMs.at(0.95));
    },
  });
  const depth = new Gauge({
    name: "queue_depth_deep_jobs",
    help: "Jobs in both queues, visible and in flight, as last seen.",
    registers,
  });
  const batchSeconds = new Histogram({
    name: "vigil_worker_batch_seconds",
    help: "Time of a batch at the detector.",
    buckets: secondsBuckets,
    registers,
  });
  const batchImages = new Histogram({
    name: "vigil_worker_batch_images",
    help: "Images in a batch.",
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers,
  });
  const stageSeconds = new Histogram({
    name: "vigil_worker_stage_seconds",
    help: "Time of one image (report: of one digest) in a stage.",
    labelNames: ["stage"] as const,
    buckets: secondsBuckets,
    registers,
  });
  const reviewSeconds = new Histogram({
    name: "vigil_worker_review_seconds",
    help: "From the request of a review to the API's answer to its digest.",
    buckets: reviewSecondsBuckets,
    registers,
  });
  const reviews = new Counter({
    name: "vigil_worker_reviews_total",
    help: "Jobs ended, by result.",
    labelNames: ["result"] as const,
    registers,
  });
  const moments = new Counter({
    name: "vigil_worker_moments_total",
    help: "Moments ended, by outcome.",
    labelNames: ["outcome"] as const,
    registers,
  });
  const cacheHits = new Counter({
    name: "vigil_worker_cache_hits_total",
    help: "Images not fetched (image) or not looked at (result) because they were known.",
    labelNames: ["cache"] as const,
    registers,
  });
  const downloads = new Counter({
    name: "vigil_worker_downloads_total",
    help: "Fetches of evidence, by result.",
    labelNames: ["result"] as const,
    registers,
  });
  const downloadBytes = new Counter({
    name: "vigil_worker_download_bytes_total",
    help: "Bytes of evidence fetched.",
    registers,
  });
  const retries = new Counter({
    name: "vigil_worker_retries_total",
    help: "Requests repeated after a passing fault.",
    labelNames: ["call"] as const,
    registers,
  });
  const inHand = new Gauge({
    name: "vigil_worker_moments_in_hand",
    help: "Moments of the jobs in hand.",
    registers,
  });
  new Gauge({
    name: "vigil_worker_items_per_second",
    help: "Moments ended per second over the last 30 s.",
    registers,
    collect() {
      this.set(rates.itemsPerSecond());
    },
  });
  new Gauge({
    name: "vigil_worker_items_per_second_capacity",
    help: "Images per second that the detector has shown it can look at.",
    registers,
    collect() {
      this.set(rates.itemsPerSecondCapacity());
    },
  });
  new Gauge({
    name: "vigil_worker_lane_restarts",
    help: "Detector lanes restarted after a crash or a hang.",
    registers,
    collect() {
      this.set(options.detectorStats().laneRestarts);
    },
  });
  new Gauge({
    name: "vigil_worker_poisoned_images",
    help: "Images that made a lane crash or hang when tried alone.",
    registers,
    collect() {
      this.set(options.detectorStats().poisoned);
    },
  });
  const { profile } = options;
  new Gauge({
    name: "vigil_worker_profile",
    help: "Always 1; the labels say how the detector runs.",
    labelNames: ["provider", "model", "precision", "lanes", "threads", "batch"] as const,
    registers,
  }).set(
    {
      provider: profile.provider,
      model: profile.model.name,
      precision: profile.model.precision,
      lanes: profile.lanes,
      threads: profile.threads,
      batch: profile.batchMax,
    },
    1,
  );

  return {
    rates,
    batchOut: () => rates.onBatchOut(),
    batchBack({ images, ms, waitMs }) {
      rates.onBatchBack(images);
      batches.inc();
      batchMs.add(ms);
      batchSeconds.observe(ms / 1000);
      batchImages.observe(images);
      stageSeconds.observe({ stage: "batch_wait" }, waitMs / 1000);
    },
    batchQuantileMs: (q) => batchMs.at(q),
    moment(outcome) {
      rates.onMoment();
      items.inc();
      moments.inc({ outcome });
      if (outcome === "early_exit") earlyExits.inc();
    },
    stage: (stage, seconds) => stageSeconds.observe({ stage }, seconds),
    reviewed(result, seconds) {
      reviews.inc({ result });
      reviewSeconds.observe(seconds);
    },
    fetched(result, bytes, seconds) {
      downloads.inc({ result });
      downloadBytes.inc(bytes);
      stageSeconds.observe({ stage: "fetch" }, seconds);
    },
    cacheHit: (cache) => cacheHits.inc({ cache }),
    retried: (call) => retries.inc({ call }),
    queueDepth: (jobs) => depth.set(jobs),
    momentsInHand: (count) => inHand.set(count),
    async expose() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
