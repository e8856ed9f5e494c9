/** What operators see, as Grafana's dashboards are written from it (`npm run monitoring`). */
import { promises } from "./promises.ts";
import type { Dashboard, Row } from "./write-dashboard.ts";

const atAGlance: Row = {
  title: "At a glance",
  kind: "number",
  width: 4,
  height: 5,
  panels: [
    {
      title: "Jobs waiting or in flight",
      description: "As the API counts them: most wait in PostgreSQL, a window of them in SQS.",
      unit: "short",
      queries: { jobs: 'max(queue_depth_deep_jobs{job="vigil-api"})' },
    },
    {
      title: "Expected wait",
      description: "Moments waiting, divided by what the workers can do.",
      unit: "s",
      queries: { wait: "vigil:expected_wait_seconds" },
    },
    {
      title: "Workers",
      description: "Workers that have reported lately.",
      unit: "short",
      queries: { workers: 'max(deep_workers{job="vigil-api"})' },
    },
    {
      title: "Items per second",
      description: "Moments ended, all workers together.",
      unit: "ops",
      queries: { "items/s": "vigil:items_per_second" },
    },
    {
      title: "Review time, 95th percentile",
      description: "From the request of a review to its stored digest.",
      unit: "s",
      queries: { p95: "vigil:review_seconds:p95" },
    },
    {
      title: "Overloaded",
      description: "1 while reviews look at fewer moments because of load.",
      unit: "bool_yes_no",
      queries: { overloaded: 'max(deep_overloaded{job="vigil-api"})' },
    },
  ],
};

const load: Row = {
  title: "Load and what is done about it",
  kind: "course",
  width: 8,
  height: 8,
  panels: [
    {
      title: "Queue depth",
      description: "Jobs that have not ended, by queue.",
      unit: "short",
      queries: {
        "{{queue}}": 'max by (queue) (deep_queue_depth{job="vigil-api"})',
        moments: 'max(deep_queue_depth_moments{job="vigil-api"})',
      },
    },
    {
      title: "Oldest job",
      description: "Age of the oldest job that has not ended, by queue.",
      unit: "s",
      queries: { "{{queue}}": 'max by (queue) (deep_queue_oldest_seconds{job="vigil-api"})' },
    },
    {
      title: "K in force and batch window",
      description: "Moments that a new review looks at, by tier, and milliseconds added to the batch window.",
      unit: "short",
      queries: {
        "K {{tier}}": 'max by (tier) (deep_k_in_force{job="vigil-api"})',
        "extra window, ms": 'max(deep_extra_batch_window_ms{job="vigil-api"})',
      },
    },
  ],
};

const workers: Row = {
  title: "Workers",
  kind: "course",
  width: 8,
  height: 8,
  panels: [
    {
      title: "Items per second against capacity",
      description: "Ended per worker, and the best that it has shown.",
      unit: "ops",
      queries: {
        "{{instance}}": 'sum by (instance) (rate(deep_items_total{job="vigil-worker"}[2m]))',
        "capacity, all": 'sum(vigil_worker_items_per_second_capacity{job="vigil-worker"})',
      },
    },
    {
      title: "Batch time",
      description: "Median and 95th percentile of a batch at the detector.",
      unit: "ms",
      queries: {
        "p50 {{instance}}": 'max by (instance) (batch_p50_ms{job="vigil-worker"})',
        "p95 {{instance}}": 'max by (instance) (batch_p95_ms{job="vigil-worker"})',
      },
    },
    {
      title: "Images per batch",
      description: "Mean; near the configured size when busy.",
      unit: "short",
      queries: {
        "{{instance}}":
          'sum by (instance) (rate(vigil_worker_batch_images_sum{job="vigil-worker"}[2m])) / clamp_min(sum by (instance) (rate(deep_batches_total{job="vigil-worker"}[2m])), 0.001)',
      },
    },
    {
      title: "Where the time of a moment goes",
      description: "Mean seconds per stage.",
      unit: "s",
      queries: {
        "{{stage}}":
          'sum by (stage) (rate(vigil_worker_stage_seconds_sum{job="vigil-worker"}[5m])) / clamp_min(sum by (stage) (rate(vigil_worker_stage_seconds_count{job="vigil-worker"}[5m])), 0.001)',
      },
    },
    {
      title: "Review time",
      description: "From the request of a review to its stored digest.",
      unit: "s",
      queries: {
        p50: 'histogram_quantile(0.5, sum by (le) (rate(vigil_worker_review_seconds_bucket{job="vigil-worker"}[5m])))',
        p95: 'histogram_quantile(0.95, sum by (le) (rate(vigil_worker_review_seconds_bucket{job="vigil-worker"}[5m])))',
      },
    },
    {
      title: "Jobs in hand",
      description: "Moments of the jobs that each worker holds.",
      unit: "short",
      queries: { "{{instance}}": 'max by (instance) (vigil_worker_moments_in_hand{job="vigil-worker"})' },
    },
  ],
};

const looked: Row = {
  title: "What is looked at, and what is spared",
  kind: "course",
  width: 8,
  height: 8,
  panels: [
    {
      title: "Moments by outcome",
      description: "Per second.",
      unit: "ops",
      queries: {
        "{{outcome}}": 'sum by (outcome) (rate(vigil_worker_moments_total{job="vigil-worker"}[5m]))',
      },
    },
    {
      title: "Spared",
      description: "Early exits, and images known by their content, per second.",
      unit: "ops",
      queries: {
        "early exit": 'sum(rate(deep_early_exits_total{job="vigil-worker"}[5m]))',
        "{{cache}} cache": 'sum by (cache) (rate(vigil_worker_cache_hits_total{job="vigil-worker"}[5m]))',
      },
    },
    {
      title: "Downloads",
      description: "Fetches of evidence by result, per second.",
      unit: "ops",
      queries: {
        "{{result}}": 'sum by (result) (rate(vigil_worker_downloads_total{job="vigil-worker"}[5m]))',
      },
    },
  ],
};

const trouble: Row = {
  title: "Trouble",
  kind: "course",
  width: 6,
  height: 8,
  panels: [
    {
      title: "Jobs by result",
      description: "Per second.",
      unit: "ops",
      queries: { "{{result}}": 'sum by (result) (rate(vigil_worker_reviews_total{job="vigil-worker"}[5m]))' },
    },
    {
      title: "Retries",
      description: "Requests repeated after a passing fault, per second.",
      unit: "ops",
      queries: { "{{call}}": 'sum by (call) (rate(vigil_worker_retries_total{job="vigil-worker"}[5m]))' },
    },
    {
      title: "Detector",
      description: "Lanes restarted, and images that made one crash when tried alone.",
      unit: "short",
      queries: {
        "restarts {{instance}}": 'sum by (instance) (vigil_worker_lane_restarts{job="vigil-worker"})',
        "poisoned {{instance}}": 'sum by (instance) (vigil_worker_poisoned_images{job="vigil-worker"})',
      },
    },
    {
      title: "Memory",
      description: "Resident memory of each worker.",
      unit: "bytes",
      queries: { "{{instance}}": 'max by (instance) (process_resident_memory_bytes{job="vigil-worker"})' },
    },
  ],
};

const runs: Row = {
  title: "Runs",
  kind: "course",
  width: 6,
  height: 8,
  panels: [
    {
      title: "Items of runs per second",
      description: "What workers look at for runs. It falls while they have reviews in hand.",
      unit: "ops",
      queries: { items: "vigil:run_items_per_second" },
    },
    {
      title: "Chunks that have not ended",
      description: "Few are in the queue at a time, so that accounts take turns.",
      unit: "short",
      queries: {
        "{{state}}": 'max by (state) (runs_chunks{job="vigil-api"})',
        "runs to be grouped": 'max(runs_to_group{job="vigil-api"})',
      },
    },
    {
      title: "Oldest chunk",
      description: "Of runs that are not paused.",
      unit: "s",
      queries: { oldest: 'max(runs_oldest_chunk_seconds{job="vigil-api"})' },
    },
    {
      title: "How items of the last day ended",
      description: "Reused: seen before, and not looked at again.",
      unit: "percentunit",
      queries: {
        "{{ending}}": "vigil:run_items:share",
        "look like an earlier one":
          'max(runs_alike_items{job="vigil-api"}) / clamp_min(sum(max by (ending) (runs_items{job="vigil-api"})), 1)',
      },
    },
  ],
};

const byPromise = (expression: string) => Object.fromEntries([["{{promise}}", expression]]);

const kept: Row = {
  title: "Promises",
  kind: "course",
  width: 8,
  height: 8,
  panels: [
    {
      title: "How fast the budget is spent",
      description: `1: it lasts for its 30 days. ${promises.map(({ name, title, objective }) => `${name}: ${title}, ${objective * 100} %`).join("; ")}.`,
      unit: "short",
      queries: byPromise("vigil:promise_broken:ratio1h / on (promise) vigil:promise_budget:ratio"),
    },
    {
      title: "Broken, of the last three days",
      description: "The share that went wrong.",
      unit: "percentunit",
      queries: byPromise("vigil:promise_broken:ratio3d"),
    },
    {
      title: "The ledger",
      description: "1 while all that was accepted is under way or has ended.",
      unit: "short",
      queries: {
        balanced: 'min(ledger_balanced{job="vigil-api"})',
        faults: 'max(ledger_faults{job="vigil-api"})',
      },
    },
  ],
};

const requests: Row = {
  title: "Requests",
  kind: "course",
  width: 8,
  height: 8,
  panels: [
    {
      title: "Requests by route",
      description: "As this process, or these, answered them; on Lambda the platform's own figures say it.",
      unit: "ops",
      queries: {
        "{{method}} {{route}}": 'sum by (method, route) (rate(http_requests_total{job="vigil-api"}[5m]))',
      },
    },
    {
      title: "Refused and failed",
      description: "By status, from 400 on.",
      unit: "ops",
      queries: {
        "{{status}}": 'sum by (status) (rate(http_requests_total{job="vigil-api", status=~"[45].."}[5m]))',
      },
    },
    {
      title: "Time to answer, 95th percentile",
      description: "By route; a stream ends by itself, and is among them.",
      unit: "s",
      queries: {
        "{{route}}":
          'histogram_quantile(0.95, sum by (route, le) (rate(http_request_duration_seconds_bucket{job="vigil-api"}[5m])))',
      },
    },
    {
      title: "Under way",
      description: "An open stream is one.",
      unit: "short",
      queries: { "{{instance}}": 'sum by (instance) (http_requests_inprogress{job="vigil-api"})' },
    },
    {
      title: "Sent",
      description: "Bytes of answers.",
      unit: "Bps",
      queries: { "{{route}}": 'sum by (route) (rate(http_response_size_bytes_sum{job="vigil-api"}[5m]))' },
    },
    {
      title: "How old the measurements are",
      description: "Heartbeats and the sweep measure.",
      unit: "s",
      queries: {
        load: 'max(deep_load_age_seconds{job="vigil-api"})',
        ledger: 'max(ledger_age_seconds{job="vigil-api"})',
        runs: 'max(runs_age_seconds{job="vigil-api"})',
      },
    },
  ],
};

export const dashboards: readonly Dashboard[] = [
  {
    file: "deep-reviews.json",
    uid: "vigil-deep-reviews",
    title: "Vigil: deep reviews",
    rows: [atAGlance, load, workers, looked, trouble, runs],
  },
  {
    file: "promises.json",
    uid: "vigil-promises",
    title: "Vigil: promises and requests",
    rows: [kept, requests],
  },
];
