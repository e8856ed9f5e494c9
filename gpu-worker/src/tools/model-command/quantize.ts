import { cpus } from "node:os";
import { dirname } from "node:path";
import { systemClock } from "@vigil/core/platform/clock";
import { preparedPath } from "../../model/index.ts";
import {
  type AgreementFigures,
  type Manifest,
  prepare,
  sha256,
  sha256OfList,
  write,
} from "../../model/onnx/index.ts";
import { type Picture, usualCanvas } from "../../pipe/decode/index.ts";
import {
  type FrameSets,
  hashesOf,
  picturesOf,
  readFrames,
  samplePhotographs,
  spread,
} from "../quantise/frames.ts";
import { measureAgreement, measureRanges } from "../quantise/index.ts";
import { type Mixed, quantiseToTarget, target } from "../quantise/mixed-precision.ts";
import { timeInTurn } from "../quantise/time-in-turn.ts";
import type { Options } from "./options.ts";
import { readSource } from "./source.ts";
import type { Terminal } from "./terminal.ts";

const timedRounds = 9;
/** Frames of the calibration on which groups of convolutions are compared with each other. */
const samplesMax = 8;

export async function runQuantize(options: Options, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const source = await readSource(options, terminal, signal);
  const name = options.as ?? `${source.name}-int8`;
  const sets = await frameSets(options, terminal, signal);
  const prepared = await prepare({
    ...source,
    name,
    candidates: options.candidates,
    createdAt: systemClock.now(),
  });
  const mixed = await quantisePrepared(prepared, sets, options, terminal, signal);
  terminal.progress("comparing the speed with float32, one thread");
  const [float32Ms = 0, resultMs = 0] = await timeInTurn([prepared.model, mixed.model], {
    canvas: usualCanvas(prepared.manifest),
    rounds: timedRounds,
    signal,
  });
  const speed = { float32Ms, resultMs, processor: cpus()[0]?.model ?? "unknown" };
  const manifest = { ...describe(prepared.manifest, mixed, sets, options), speed };
  signal.throwIfAborted();
  const path = await write(dirname(preparedPath(name, options["cache-dir"])), mixed.model, manifest);
  terminal.done(report(manifest, mixed));
  if (mixed.float.length > 0 && !options["full-weight-range"]) {
    terminal.done("for processors with VNNI, --full-weight-range may leave more of it in 8 bits");
  }
  terminal.print(path);
}

async function frameSets(options: Options, terminal: Terminal, signal: AbortSignal): Promise<FrameSets> {
  if (options.calibrate !== undefined) return readFrames(options.calibrate, options["hold-out"]);
  terminal.done(
    "no --calibrate folder: sample photographs calibrate; frames of your own cameras serve them better",
  );
  return samplePhotographs({ cacheDir: options["cache-dir"], signal });
}

async function quantisePrepared(
  { model, manifest }: { model: Uint8Array; manifest: Manifest },
  sets: FrameSets,
  options: Options,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Mixed> {
  const count = sets.calibration.length;
  const ranges = await measureRanges(model, picturesOf(sets.calibration, manifest), {
    onProgress: (frames) => terminal.progress(`calibrating: frame ${frames} of ${count}`),
    signal,
  });
  terminal.done(`calibrated on ${count} frames; measuring on ${sets.heldOut.length} others`);
  const samples: Picture[] = [];
  const sampled = spread(sets.calibration, samplesMax);
  for await (const picture of picturesOf(sampled, manifest)) samples.push(picture);
  return quantiseToTarget({
    model,
    ranges,
    samples,
    weightMax: options["full-weight-range"] ? 127 : 63,
    floatGroupsMax: options["no-mixed"] ? 0 : undefined,
    measure: (candidate) => agreement(model, candidate, manifest, sets, terminal, signal),
    onAttempt: (text) => terminal.done(text),
    onProgress: (text) => terminal.progress(`ranking: ${text}`),
    signal,
  });
}

async function agreement(
  reference: Uint8Array,
  candidate: Uint8Array,
  shape: Manifest,
  sets: FrameSets,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<AgreementFigures> {
  return measureAgreement({
    reference,
    candidate,
    shape,
    referenceName: "float32 of the same source",
    frames: picturesOf(sets.heldOut, shape),
    onProgress: (frames) => terminal.progress(`agreement: frame ${frames} of ${sets.heldOut.length}`),
    signal,
  });
}

function describe(prepared: Manifest, mixed: Mixed, sets: FrameSets, options: Options): Manifest {
  return {
    ...prepared,
    result: { sha256: sha256(mixed.model), bytes: mixed.model.length },
    precision: mixed.float.length === 0 ? "int8" : "mixed",
    options: {
      ...prepared.options,
      weightBits: options["full-weight-range"] ? 8 : 7,
      floatConvolutions: mixed.float,
    },
    calibration: {
      frames: sets.calibration.length,
      sha256OfList: sha256OfList(hashesOf(sets.calibration)),
      default: sets.isDefault,
    },
    agreement: mixed.agreement,
  };
}

function report({ name, precision, agreement: figures, speed }: Manifest, { reached }: Mixed): string {
  if (!figures || !speed) return name;
  const verdict = reached ? "reaches" : "MISSES";
  return (
    `${name} (${precision}): recall ${percent(figures.recall)}, precision ${percent(figures.precision)} against float32 ` +
    `(${figures.matched} of ${figures.referenceDetections} detections on ${figures.frames} held-out frames); ` +
    `${verdict} the target of ${percent(target.recall)} and ${percent(target.precision)}; ` +
    `${(speed.float32Ms / speed.resultMs).toFixed(2)} times as fast as float32 on this machine`
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
