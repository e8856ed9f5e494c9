/**
 * What operators watch, as it was measured last: kept in the database, so that it holds for all functions together, and
 * read from one row, so that a scrape costs the same however much waits.
 */
import {
  type CheckedLedger,
  getCheckedLedger,
  getLastLoad,
  getRunLevels,
  type RunLevels,
  type Services,
} from "@vigil/core/flow";
import { queue } from "@vigil/core/limits";
import { Gauge, Registry } from "prom-client";
import type { HttpMetrics } from "./http-metrics.ts";

/** @param http what this process has answered; undefined: nobody watched */
export async function renderMetrics(
  services: Services,
  http: HttpMetrics | undefined,
): Promise<{ body: string; contentType: string }> {
  const [load, ledger, runs] = await Promise.all([
    getLastLoad(services),
    getCheckedLedger(services),
    getRunLevels(services),
  ]);
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  gauge(
    "queue_depth_deep_jobs",
    "Deep-review jobs that have not ended, waiting or in flight.",
    sum(load.queues.map(({ jobs }) => jobs)),
  );
  gauge(
    "deep_queue_depth_moments",
    "Moments of the jobs that have not ended.",
    sum(load.queues.map(({ moments }) => moments)),
  );
  gauge("deep_overloaded", "1 while reviews are shrunk because of load.", Number(load.overloaded));
  gauge(
    "deep_extra_batch_window_ms",
    "Milliseconds added to the worker's batch window.",
    load.extraBatchWindowMs,
  );
  gauge("deep_load_age_seconds", "Seconds since all of this was measured.", load.ageSeconds);
  gauge("deep_workers", "Workers that have reported lately.", load.workers);
  gauge("deep_items_per_second", "Images that these workers can look at in a second.", load.momentsPerSecond);
  gauge(
    "deep_dead_letters",
    `Jobs that nobody could finish and that no operator has sent once more, counted up to ${queue.countedMax}.`,
    load.deadLetters,
  );
  if (runs) addRuns(registry, runs, services.clock.now());
  if (ledger) addLedger(registry, ledger, services.clock.now());
  const k = new Gauge({
    name: "deep_k_in_force",
    help: "Moments that a review asked for now would look at.",
    labelNames: ["tier"],
    registers: [registry],
  });
  for (const [tier, moments] of Object.entries(load.k)) k.set({ tier }, moments);
  const reason = new Gauge({
    name: "deep_k_reason",
    help: "1 for each reason why K is what it is; nothing while the system is neither busy nor idle.",
    labelNames: ["reason"],
    registers: [registry],
  });
  for (const text of load.reasonCodes) reason.set({ reason: text }, 1);
  const byQueue = new Gauge({
    name: "deep_queue_depth",
    help: "Deep-review jobs that have not ended, by queue.",
    labelNames: ["queue"],
    registers: [registry],
  });
  const oldest = new Gauge({
    name: "deep_queue_oldest_seconds",
    help: "Age of the oldest job that has not ended, by queue.",
    labelNames: ["queue"],
    registers: [registry],
  });
  for (const { queue: name, jobs, oldestSeconds = 0 } of load.queues) {
    byQueue.set({ queue: name }, jobs);
    oldest.set({ queue: name }, oldestSeconds);
  }
  const parts = await Promise.all([registry.metrics(), http?.render() ?? ""]);
  return { body: parts.join(""), contentType: registry.contentType };
}

/** As the sweep measured it last. */
function addRuns(registry: Registry, levels: RunLevels, now: Date): void {
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  const secondsSince = (at: string | null) =>
    at === null ? 0 : Math.max(0, (now.getTime() - new Date(at).getTime()) / 1000);
  const chunks = new Gauge({
    name: "runs_chunks",
    help: "Chunks of runs that have not ended: waiting for a place in the queue, or sent there.",
    labelNames: ["state"],
    registers: [registry],
  });
  chunks.set({ state: "waiting" }, levels.waiting);
  chunks.set({ state: "sent" }, levels.sent);
  gauge(
    "runs_oldest_chunk_seconds",
    "Age of the oldest chunk that has not ended, of runs that are not paused.",
    secondsSince(levels.oldestAt),
  );
  gauge("runs_to_group", "Runs of which all has ended and that are not grouped yet.", levels.toGroup);
  const items = new Gauge({
    name: "runs_items",
    help: "Items of runs that were opened within a day, by how they ended.",
    labelNames: ["ending"],
    registers: [registry],
  });
  for (const [ending, count] of Object.entries(levels.items)) items.set({ ending }, count);
  gauge(
    "runs_alike_items",
    "Of these items, those that look like an earlier one of their run.",
    levels.alike,
  );
  gauge("runs_age_seconds", "Seconds since runs were measured.", secondsSince(levels.at));
}

/** As the sweep checked it last. */
function addLedger(registry: Registry, ledger: CheckedLedger, now: Date): void {
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  gauge(
    "ledger_balanced",
    "1 while all that was accepted is under way or has ended, and no row is at fault.",
    Number(ledger.balanced),
  );
  gauge(
    "ledger_faults",
    "Rows that nothing carries on, or whose parts contradict: counted up to 20.",
    ledger.faults,
  );
  gauge(
    "ledger_age_seconds",
    "Seconds since the ledger was checked.",
    Math.max(0, (now.getTime() - new Date(ledger.at).getTime()) / 1000),
  );
  const missing = new Gauge({
    name: "ledger_missing",
    help: "How many are neither under way nor ended, or are there twice, by what they are.",
    labelNames: ["noun"],
    registers: [registry],
  });
  for (const line of ledger.missing) missing.set({ noun: line.noun }, line.missing);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
