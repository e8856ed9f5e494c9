/** The Prometheus instruments of the worker, by what they measure. Names are an interface. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

const secondsBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const reviewSecondsBuckets = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900];

/** Registers gauges that are read when they are scraped. */
export function registerReadings(
  registry: Registry,
  readings: Record<string, { help: string; read: () => number }>,
): void {
  for (const [name, { help, read }] of Object.entries(readings)) {
    const gauge: Gauge = new Gauge({ name, help, registers: [], collect: () => gauge.set(read()) });
    registry.registerMetric(gauge);
  }
}

export function createBatchInstruments(registry: Registry) {
  const registers = [registry];
  return {
    batches: new Counter({ name: "deep_batches_total", help: "Batches looked at.", registers }),
    seconds: new Histogram({
      name: "vigil_worker_batch_seconds",
      help: "Time of a batch at the detector.",
      buckets: secondsBuckets,
      registers,
    }),
    images: new Histogram({
      name: "vigil_worker_batch_images",
      help: "Images in a batch.",
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    }),
    stageSeconds: new Histogram({
      name: "vigil_worker_stage_seconds",
      help: "Time of one image (report: of one digest) in a stage.",
      labelNames: ["stage"] as const,
      buckets: secondsBuckets,
      registers,
    }),
  };
}

export function createReviewInstruments(registry: Registry) {
  const registers = [registry];
  return {
    items: new Counter({ name: "deep_items_total", help: "Moments ended, by any outcome.", registers }),
    earlyExits: new Counter({
      name: "deep_early_exits_total",
      help: "Moments with nothing above the early-exit confidence: no second stage ran.",
      registers,
    }),
    chunks: new Counter({
      name: "vigil_worker_chunks_total",
      help: "Chunks of runs ended, by result.",
      labelNames: ["result"] as const,
      registers,
    }),
    recordings: new Counter({
      name: "vigil_worker_recordings_total",
      help: "Recordings that were uploaded to be checked, by how they ended.",
      labelNames: ["result"] as const,
      registers,
    }),
    runItems: new Counter({
      name: "vigil_worker_run_items_total",
      help: "Items of runs that were looked at, by outcome.",
      labelNames: ["outcome"] as const,
      registers,
    }),
    moments: new Counter({
      name: "vigil_worker_moments_total",
      help: "Moments ended, by outcome.",
      labelNames: ["outcome"] as const,
      registers,
    }),
    reviews: new Counter({
      name: "vigil_worker_reviews_total",
      help: "Jobs ended, by result.",
      labelNames: ["result"] as const,
      registers,
    }),
    seconds: new Histogram({
      name: "vigil_worker_review_seconds",
      help: "From the request of a review to the end of its job.",
      buckets: reviewSecondsBuckets,
      registers,
    }),
    inHand: new Gauge({
      name: "vigil_worker_moments_in_hand",
      help: "Moments of the jobs in hand.",
      registers,
    }),
    queueDepth: new Gauge({
      name: "queue_depth_deep_jobs",
      help: "Jobs in both queues, visible and in flight, as last seen.",
      registers,
    }),
  };
}

export function createTrafficInstruments(registry: Registry) {
  const registers = [registry];
  return {
    downloads: new Counter({
      name: "vigil_worker_downloads_total",
      help: "Fetches of evidence, by result.",
      labelNames: ["result"] as const,
      registers,
    }),
    bytes: new Counter({
      name: "vigil_worker_download_bytes_total",
      help: "Bytes of evidence fetched.",
      registers,
    }),
    cacheHits: new Counter({
      name: "vigil_worker_cache_hits_total",
      help: "Images that another moment was fetching already (image), or whose bytes were looked at before (result).",
      labelNames: ["cache"] as const,
      registers,
    }),
    retries: new Counter({
      name: "vigil_worker_retries_total",
      help: "Requests repeated after a passing fault.",
      labelNames: ["call"] as const,
      registers,
    }),
  };
}

/** How the detector runs: see `pipe/infer`. */
export type Profile = {
  provider: string;
  threads: number;
  lanes: number;
  batchMax: number;
  model: { name: string; precision: string };
};

/** How the detector runs, as labels of a gauge that is always 1. */
export function registerProfile(registry: Registry): (profile: Profile) => void {
  const gauge = new Gauge({
    name: "vigil_worker_profile",
    help: "Always 1; the labels say how the detector runs.",
    labelNames: ["provider", "model", "precision", "lanes", "threads", "batch"],
    registers: [registry],
  });
  return ({ model, provider, lanes, threads, batchMax }) => {
    gauge.reset();
    const { name, precision } = model;
    const numbers = { lanes: String(lanes), threads: String(threads), batch: String(batchMax) };
    gauge.set({ provider, model: name, precision, ...numbers }, 1);
  };
}
