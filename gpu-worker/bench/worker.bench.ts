/**
 * The worker's benchmark: how much of the machine's bare inference speed reaches accepted digests.
 *
 *     npm run bench -- worker [--frames DIR] [--models yolov8n,yolov8n-int8] [--items 800] [--soak 600]
 *
 * Each model is measured bare (`session.run` and nothing else, the best plan), then end to end, then bare again, so
 * that the ratio does not depend on what else the machine did meanwhile; for the same reason the baseline, a plain
 * worker on float32, is measured before and after all models. Bare is the square that the model was exported for and,
 * where the model takes rectangles, also the canvas of the frames that are sent. Prints a table, writes JSON, and
 * passes or fails on nothing.
 */
import "../../scripts/help.ts";
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sniff } from "@vigil/core/evidence/read-head";
import { systemClock } from "@vigil/core/platform/clock";
import { type LoadedModel, load } from "../src/model/index.ts";
import { prepareOnce } from "../src/model/prepare-once.ts";
import { place } from "../src/pipe/decode/index.ts";
import { terminal } from "../src/tools/model-command/terminal.ts";
import { type Bare, type BarePlan, measureBare, measureBestBare } from "./bare.ts";
import { measureEndToEnd } from "./end-to-end.ts";
import { frameHeight, frameWidth, makeDistinctFrames, makeStillFrames, readSources } from "./frames.ts";
import { measureMissed } from "./missed.ts";
import { prepareModels } from "./prepare-models.ts";
import { printReport } from "./print.ts";
import type { BenchReport, ModelReport } from "./report.ts";
import { soak } from "./soak.ts";

export type BenchOptions = {
  /** Frames to send; sample photographs are cropped when absent. */
  frames?: string;
  /** Catalogue names or prepared models; yolov8n in float32 and in INT8 when absent. */
  models?: string[];
  /** Moments of the distinct run, a multiple of 20. */
  items?: number;
  /** Milliseconds of each bare measurement. */
  bareMs?: number;
  /** Seconds at 80 % of the measured capacity, with the last model; none when absent. */
  soakSeconds?: number;
  cacheDir?: string;
  /** Where the JSON goes. */
  out?: string;
};

const baselineModel = "yolov8n";
const perJob = 20;
const distinctFrames = 80;
const stillJobs = 8;
/** A still job takes a tenth of a second: the same frames are sent again, as other reviews, for a run of some seconds. */
const stillRounds = 12;
const baselineJobs = 3;
/** The engine compiles what runs often: the first seconds of a worker are its slowest. */
const warmUpJobs = 6;
const stillWarmUpRounds = 3;
const secondsMax = 600;
const root = fileURLToPath(new URL("../../", import.meta.url));

export async function run(options: BenchOptions = {}): Promise<BenchReport> {
  const cacheDir = options.cacheDir ?? join(root, ".vigil", "cache");
  terminal.done("making frames");
  const sources = await readSources({ cacheDir, ...(options.frames ? { folder: options.frames } : {}) });
  const distinct = await makeDistinctFrames(sources, distinctFrames);
  const still = await makeStillFrames(sources, { jobs: stillJobs, perJob });
  const recorded = options.frames ? inJobs(sources.filter(isJpeg)) : [];
  const jobs = Array.from({ length: Math.ceil((options.items ?? 800) / perJob) }, (_, job) =>
    Array.from({ length: perJob }, (_unused, index) => pick(distinct, job * perJob + index)),
  );
  const warmUp = jobs.slice(0, warmUpJobs);

  // Fetched here, with this process's npm settings; the workers find it in the cache.
  await load(baselineModel, { cacheDir });
  const measureBaseline = async () => {
    terminal.done("baseline: one message at a time");
    const { figures } = await measureEndToEnd({
      kind: "baseline",
      model: baselineModel,
      cacheDir,
      warmUp: [distinct.slice(0, 4)],
      jobs: jobs.slice(0, baselineJobs),
      secondsMax,
    });
    return figures;
  };
  const baselineBefore = await measureBaseline();
  const models: ModelReport[] = [];
  const names = options.models ?? (await prepareModels(baselineModel, { cacheDir, frames: options.frames }));
  for (const name of names) {
    terminal.done(name);
    const bareMs = options.bareMs ?? 6_000;
    models.push(await measureModel(name, { cacheDir, warmUp, jobs, still, recorded, bareMs }));
  }
  const baseline = meanOf(baselineBefore, await measureBaseline());
  const report: BenchReport = {
    at: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    node: process.version,
    baseline,
    models,
  };
  const last = models.at(-1);
  if (options.soakSeconds && last) {
    terminal.done(`soak: ${options.soakSeconds} s at 80 % of capacity`);
    report.soak = await soak({
      kind: "worker",
      model: last.model,
      cacheDir,
      frames: distinct,
      perJob,
      itemsPerSecond: 0.8 * last.distinct.itemsPerSecond,
      seconds: options.soakSeconds,
      onProgress: (seconds) => terminal.progress(`soak: ${seconds.toFixed(0)} of ${options.soakSeconds} s`),
    });
  }
  await writeReport(report, options.out ?? join(root, ".vigil", "bench", "worker.json"));
  printReport(report);
  return report;
}

async function measureModel(
  name: string,
  options: {
    cacheDir: string;
    warmUp: readonly (readonly Uint8Array[])[];
    jobs: readonly (readonly Uint8Array[])[];
    still: readonly (readonly Uint8Array[])[];
    recorded: readonly (readonly Uint8Array[])[];
    bareMs: number;
  },
): Promise<ModelReport> {
  const { cacheDir, warmUp, jobs, still, recorded, bareMs } = options;
  const known = { cacheDir, clock: systemClock, onLog: () => undefined };
  const model = await prepareOnce(await load(name, { cacheDir }), known);
  const worker = { kind: "worker", model: name, cacheDir, warmUp, secondsMax } as const;
  const before = await measureBares(model, bareMs);
  const { figures: distinct } = await measureEndToEnd({ ...worker, jobs });
  const after = await measureBares(model, bareMs, before[0]);
  const [bare, bareFitted] = before.map((one, index) => meanOf(one, after[index] ?? one));
  if (!bare) throw new Error("nothing was measured");
  const { figures: stillFigures, findings } = await measureEndToEnd({
    ...worker,
    warmUp: repeated(still, stillWarmUpRounds),
    jobs: repeated(still, stillRounds),
  });
  const asRecorded = recorded.length > 0 ? await measureEndToEnd({ ...worker, jobs: recorded }) : undefined;
  return {
    model: name,
    precision: model.precision,
    input: model.input,
    sha256: model.sha256,
    bare,
    ...(bareFitted ? { bareFitted } : {}),
    distinct,
    still: stillFigures,
    missed: await measureMissed(model, still, findings.slice(0, still.length)),
    ...(asRecorded
      ? {
          recorded: asRecorded.figures,
          missedRecorded: await measureMissed(model, recorded, asRecorded.findings),
        }
      : {}),
  };
}

/** On the square first, then on the canvas of the frames if the model takes it. The plan is searched for once. */
async function measureBares(model: LoadedModel, ms: number, plan?: BarePlan): Promise<Bare[]> {
  const square = { width: model.inputSize, height: model.inputSize };
  const first = plan
    ? await measureBare(model, plan, { canvas: square, ms })
    : await measureBestBare(model, { canvas: square, ms });
  if (!model.rectangular) return [first];
  const { canvas } = place(frameWidth, frameHeight, model);
  return [first, await measureBare(model, first, { canvas, ms })];
}

/** The speed of both, all else of the first. */
function meanOf<T extends { itemsPerSecond: number }>(one: T, other: T): T {
  return { ...one, itemsPerSecond: (one.itemsPerSecond + other.itemsPerSecond) / 2 };
}

function inJobs(frames: readonly Uint8Array[]): Uint8Array[][] {
  return Array.from({ length: Math.ceil(frames.length / perJob) }, (_, job) =>
    frames.slice(job * perJob, (job + 1) * perJob),
  );
}

function repeated<T>(values: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => values).flat();
}

function isJpeg(bytes: Uint8Array): boolean {
  return sniff(bytes) === "image/jpeg";
}

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}

async function writeReport(report: BenchReport, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(report, undefined, 2)}\n`);
  terminal.done(`written to ${path}`);
}

export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      frames: { type: "string" },
      models: { type: "string" },
      items: { type: "string" },
      "bare-ms": { type: "string" },
      soak: { type: "string" },
      "cache-dir": { type: "string" },
      out: { type: "string" },
    },
  });
  return {
    ...(values.frames ? { frames: values.frames } : {}),
    ...(values.models ? { models: values.models.split(",") } : {}),
    ...(values.items ? { items: Number(values.items) } : {}),
    ...(values["bare-ms"] ? { bareMs: Number(values["bare-ms"]) } : {}),
    ...(values.soak ? { soakSeconds: Number(values.soak) } : {}),
    ...(values["cache-dir"] ? { cacheDir: values["cache-dir"] } : {}),
    ...(values.out ? { out: values.out } : {}),
  };
}

if (import.meta.main) await run(parseBenchOptions(process.argv.slice(2)));
