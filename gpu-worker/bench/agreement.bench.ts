/**
 * What INT8 costs in agreement and gives in speed, against float32 of the same model.
 *
 *     npm run bench -- agreement [--frames DIR] [--hold-out DIR] [--model yolov8n]
 *
 * Ranges are measured on the frames, agreement on others that were held out, and on photographs of other cameras.
 * Times are medians of single images in sessions of one thread, the variants in turn, so that whatever else the
 * machine does meanwhile meets all of them. Prints a table, writes JSON, and passes or fails on nothing.
 */
import "../../scripts/help.ts";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { obtain, readCatalogue } from "../src/model/index.ts";
import { type AgreementFigures, type Manifest, prepare } from "../src/model/onnx/index.ts";
import { usualCanvas } from "../src/pipe/decode/index.ts";
import {
  type FrameSets,
  type Photograph,
  picturesOf,
  readFrames,
  samplePhotographs,
} from "../src/tools/quantise/frames.ts";
import { convolutions, measureAgreement, measureRanges, withRanges } from "../src/tools/quantise/index.ts";
import { timeInTurn } from "../src/tools/quantise/time-in-turn.ts";

export type AgreementBenchOptions = {
  /** Frames of the operator; sample photographs when absent. */
  frames?: string;
  /** The last third of the frames when absent. */
  heldOut?: string;
  /** A name of the catalogue. */
  model?: string;
  cacheDir?: string;
  /** Where the JSON goes. */
  out?: string;
};

export type VariantReport = {
  variant: string;
  medianMs: number;
  /** Of the float32 median. */
  speedUp: number;
  heldOut?: AgreementFigures;
  /** Photographs of other cameras than those that calibrated. */
  others?: AgreementFigures;
};

type Variant = { name: string; model: Uint8Array };

const root = fileURLToPath(new URL("../../", import.meta.url));
const timedRounds = 24;
/** Convolutions at the start of the network that the mixed variant keeps in float32. */
const stemConvolutions = 6;

export async function run(options: AgreementBenchOptions = {}): Promise<VariantReport[]> {
  const cacheDir = options.cacheDir ?? join(root, ".vigil", "cache");
  const photographs = await samplePhotographs({ cacheDir });
  const sets = options.frames ? await readFrames(options.frames, options.heldOut) : photographs;
  const others = sets.isDefault ? [] : [...photographs.calibration, ...photographs.heldOut];
  const prepared = await prepareModel(options.model ?? "yolov8n", cacheDir);
  const variants = await makeVariants(prepared, sets);
  say("timing, one thread, in turn");
  const medians = await timeInTurn(
    variants.map(({ model }) => model),
    { canvas: usualCanvas(prepared.manifest), rounds: timedRounds },
  );
  const reports: VariantReport[] = [];
  for (const [index, { name, model }] of variants.entries()) {
    const medianMs = medians[index] ?? 0;
    const report: VariantReport = { variant: name, medianMs, speedUp: (medians[0] ?? 0) / medianMs };
    if (index > 0) {
      say(`agreement: ${name}`);
      report.heldOut = await agreement(prepared, model, sets.heldOut);
      if (others.length > 0) report.others = await agreement(prepared, model, others);
    }
    reports.push(report);
  }
  print(reports, sets, others.length);
  await writeReport(reports, options.out ?? join(root, ".vigil", "bench", "agreement.json"));
  return reports;
}

type Prepared = { model: Uint8Array; manifest: Manifest };

async function prepareModel(name: string, cacheDir: string): Promise<Prepared> {
  const { detectors } = await readCatalogue();
  const entry = detectors[name];
  if (!entry) throw new Error(`expected one of ${Object.keys(detectors).join(", ")}, got ${name}`);
  const { file, licence, layout, inputSize, labels } = entry;
  const path = "package" in file ? await obtain({ ...file, licence }, { cacheDir }) : file.path;
  const known = { name, licence, layout, inputSize, labels, origin: file.path };
  return prepare({ ...known, source: await readFile(path), createdAt: new Date() });
}

async function makeVariants({ model, manifest }: Prepared, sets: FrameSets): Promise<Variant[]> {
  say(`calibrating on ${sets.calibration.length} frames`);
  const ranges = await measureRanges(model, picturesOf(sets.calibration, manifest));
  const stem = convolutions(model).slice(0, stemConvolutions);
  return [
    { name: "float32", model },
    { name: "INT8, 7-bit weights", model: withRanges(model, ranges) },
    { name: "INT8, 8-bit weights", model: withRanges(model, ranges, { weightMax: 127 }) },
    { name: `INT8, first ${stemConvolutions} in float32`, model: withRanges(model, ranges, { float: stem }) },
  ];
}

function agreement(
  { model, manifest }: Prepared,
  candidate: Uint8Array,
  images: readonly Photograph[],
): Promise<AgreementFigures> {
  return measureAgreement({
    reference: model,
    candidate,
    shape: manifest,
    referenceName: "float32",
    frames: picturesOf(images, manifest),
  });
}

function print(reports: readonly VariantReport[], sets: FrameSets, others: number): void {
  const rows = reports.map(({ variant, medianMs, speedUp, heldOut, others: foreign }) => [
    variant.padEnd(28),
    medianMs.toFixed(1).padStart(8),
    speedUp.toFixed(2).padStart(7),
    pair(heldOut).padStart(18),
    (heldOut?.meanConfidenceDifference.toFixed(3) ?? "").padStart(7),
    pair(foreign).padStart(18),
  ]);
  const head = [
    "".padEnd(28),
    "   ms, 1",
    "  times",
    " held out: R / P".padStart(18),
    "  d conf",
    "others: R / P".padStart(17),
  ];
  process.stdout.write(
    `\n${cpus()[0]?.model ?? "unknown processor"}; ${sets.calibration.length} frames calibrate, `,
  );
  process.stdout.write(`${sets.heldOut.length} are held out, ${others} are of other cameras\n\n`);
  process.stdout.write(`${[head, ...rows].map((cells) => cells.join(" ")).join("\n")}\n\n`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function pair(figures: AgreementFigures | undefined): string {
  return figures ? `${percent(figures.recall)} / ${percent(figures.precision)}` : "";
}

async function writeReport(reports: readonly VariantReport[], path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const report = { at: new Date().toISOString(), cpu: cpus()[0]?.model ?? "unknown", variants: reports };
  await writeFile(path, `${JSON.stringify(report, undefined, 2)}\n`);
  say(`written to ${path}`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      frames: { type: "string" },
      "hold-out": { type: "string" },
      model: { type: "string" },
      "cache-dir": { type: "string" },
      out: { type: "string" },
    },
  });
  await run({
    ...(values.frames && { frames: values.frames }),
    ...(values["hold-out"] && { heldOut: values["hold-out"] }),
    ...(values.model && { model: values.model }),
    ...(values["cache-dir"] && { cacheDir: values["cache-dir"] }),
    ...(values.out && { out: values.out }),
  });
}
