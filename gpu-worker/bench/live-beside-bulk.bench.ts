/**
 * What a flood of run items costs live reviews, and what the worker does for runs when no review comes.
 *
 *     npm run bench -- live-beside-bulk [--rounds 8] [--jobs 5] [--items 128] [--model yolov8n-int8] [--frames DIR]
 *
 * One real worker in its own process. Each round measures in turn, so that what else the machine does meets all alike: the rate of
 * live items, the rate of run items (each picture new: nothing is reused, hash and embedding on), single reviews with nothing beside
 * them, and single reviews beside a flood that never ends. Passes or fails on nothing.
 */
import "../../scripts/help.ts";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { pause } from "../src/bounds/backoff.ts";
import { load } from "../src/model/index.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { startWorkerUnderTest, type WorkerUnderTest } from "./end-to-end.ts";
import { type Flood, openFlood } from "./flood.ts";
import { makeDistinctFrames, readSources } from "./frames.ts";
import { prepareModels } from "./prepare-models.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const reference = "yolov8n";
const distinctFrames = 80;
const perJob = 20;
/** A review of one short event. */
const momentsOfSingle = 8;
/** Between two single reviews, so that a flood fills the pipe again. */
const betweenMs = 1_500;
const msMax = 600_000;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "8" },
    jobs: { type: "string", default: "5" },
    items: { type: "string", default: "128" },
    model: { type: "string", default: `${reference}-int8` },
    frames: { type: "string" },
    "cache-dir": { type: "string", default: join(root, ".vigil", "cache") },
  },
});
const rounds = Number(values.rounds);
const jobs = Number(values.jobs);
const items = Number(values.items);

type Measured = {
  liveRates: number[];
  runRates: number[];
  aloneMs: number[];
  besideMs: number[];
  batchMs: number[];
};

class Bench {
  readonly #worker: WorkerUnderTest;
  readonly #flood: Flood;
  readonly #frames: readonly Uint8Array[];
  #next = 0;

  constructor(worker: WorkerUnderTest, frames: readonly Uint8Array[]) {
    this.#worker = worker;
    this.#frames = frames;
    this.#flood = openFlood(worker.world, frames);
  }

  async round(measured: Measured): Promise<void> {
    measured.liveRates.push(await this.liveRate());
    measured.runRates.push(items / (await this.#flood.seconds(items)));
    measured.batchMs.push(await this.#worker.metric("batch_p95_ms"));
    measured.aloneMs.push(...(await this.#singles()));
    await this.#flood.begin();
    try {
      measured.besideMs.push(...(await this.#singles()));
    } finally {
      await this.#flood.end();
    }
  }

  /** Live items a second, with as many reviews waiting as the pipe takes. */
  async liveRate(): Promise<number> {
    const prepared = Array.from({ length: Math.ceil(items / perJob) }, () => this.#prepare(perJob));
    const startedAt = performance.now();
    for (const job of prepared) await this.#worker.send(job);
    await waitUntil(() => prepared.every((job) => this.#worker.isAnswered(job)), { what: "digests", msMax });
    const seconds = (performance.now() - startedAt) / 1000;
    this.#worker.forget(prepared);
    return (prepared.length * perJob) / seconds;
  }

  /** From the sending of each job to the digest that the API stored, one after the other. */
  async #singles(): Promise<number[]> {
    const taken: number[] = [];
    for (let count = 0; count < jobs; count += 1) {
      await pause(betweenMs, new AbortController().signal);
      const job = this.#prepare(momentsOfSingle);
      const startedAt = performance.now();
      await this.#worker.send(job);
      await waitUntil(() => this.#worker.isAnswered(job), { what: "a digest", msMax });
      taken.push(performance.now() - startedAt);
      this.#worker.forget([job]);
    }
    return taken;
  }

  #prepare(moments: number) {
    const frames = Array.from({ length: moments }, () => {
      const frame = this.#frames[this.#next % this.#frames.length];
      this.#next += 1;
      if (!frame) throw new Error("there are no frames");
      return frame;
    });
    return this.#worker.prepareJob(frames);
  }

  get findings() {
    return this.#flood.findings;
  }
}

async function measure(): Promise<void> {
  const cacheDir = values["cache-dir"];
  await load(reference, { cacheDir });
  await prepareModels(reference, { cacheDir, frames: values.frames });
  const sources = await readSources({ cacheDir, ...(values.frames ? { folder: values.frames } : {}) });
  const frames = await makeDistinctFrames(sources, distinctFrames);
  const worker = await startWorkerUnderTest({ kind: "worker", model: values.model, cacheDir });
  const measured: Measured = { liveRates: [], runRates: [], aloneMs: [], besideMs: [], batchMs: [] };
  try {
    const bench = new Bench(worker, frames);
    await bench.liveRate();
    for (let round = 0; round < rounds; round += 1) await bench.round(measured);
    if (worker.world.api.faults.length > 0) throw new Error(worker.world.api.faults.join("; "));
    print(measured, bench.findings);
  } finally {
    await worker.stop();
  }
}

function print(measured: Measured, findings: Bench["findings"]): void {
  const { liveRates, runRates, aloneMs, besideMs, batchMs } = measured;
  const alone = quantile(aloneMs, 0.95);
  const beside = quantile(besideMs, 0.95);
  const batch = Math.max(...batchMs);
  const lines = [
    `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, Node ${process.version}, ${values.model}`,
    `live items/s            ${mean(liveRates).toFixed(1)}   (${liveRates.map((rate) => rate.toFixed(1)).join(", ")})`,
    `run items/s             ${mean(runRates).toFixed(1)}   (${runRates.map((rate) => rate.toFixed(1)).join(", ")})`,
    `  of the live rate      ${(mean(runRates) / mean(liveRates)).toFixed(2)}`,
    `  looked at             ${findings.inspected} of ${findings.all}, with hash ${findings.hashes}, with embedding ${findings.embeddings}`,
    `${aloneMs.length} reviews of ${momentsOfSingle} moments, sent to digest stored, P50 / P95 ms`,
    `  alone                 ${quantile(aloneMs, 0.5).toFixed(0)} / ${alone.toFixed(0)}`,
    `  beside a flood        ${quantile(besideMs, 0.5).toFixed(0)} / ${beside.toFixed(0)}`,
    `  one batch of a run    ${batch.toFixed(0)} (P95)`,
    `  beside - alone, P95   ${(beside - alone).toFixed(0)}, ${((beside - alone) / batch).toFixed(2)} batches`,
  ];
  process.stdout.write(`\n${lines.join("\n")}\n`);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

await measure();
