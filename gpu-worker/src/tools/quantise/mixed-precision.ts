/**
 * INT8 where it agrees with float32, and float32 where it does not.
 *
 * Full INT8 is tried first. When its agreement on held-out frames misses the target, groups of neighbouring
 * convolutions are ranked by how much closer to the reference the scores come when that group runs in float32, on
 * calibration frames, and returned to float32 one after the other. Held-out frames only accept or refuse; they choose
 * nothing.
 */

import type { AgreementFigures } from "../../model/onnx/manifest.ts";
import { pixelsName } from "../../model/onnx/u8-input.ts";
import { InferenceSession } from "../../model/runtime/index.ts";
import type { Picture } from "../../pipe/decode/index.ts";
import type { Range } from "./affine.ts";
import { convolutions, withRanges } from "./index.ts";
import { tensorOf } from "./tensor-of.ts";

/** Recall and precision that a quantised model must reach against its float32 original. */
export const target = Object.freeze({ recall: 0.98, precision: 0.98 });

/** Convolutions that return to float32 together. */
const groupLength = 6;
/** More float groups than this would leave little of INT8's speed. */
const floatGroupsDefault = 3;
/** Candidates compared for each frame: the best ones decide what is reported. */
const scoresCompared = 60;

export type MixedOptions = {
  /** The bytes of a prepared float32 model. */
  model: Uint8Array;
  ranges: ReadonlyMap<string, Range>;
  /** A few frames of the calibration. */
  samples: readonly Picture[];
  weightMax?: 127 | 63;
  /** How many groups may return to float32; 0 keeps full INT8 whatever its agreement. */
  floatGroupsMax?: number | undefined;
  /** Agreement of a candidate with float32 on held-out frames. */
  measure: (candidate: Uint8Array) => Promise<AgreementFigures>;
  /** One line for each candidate that was measured. */
  onAttempt?: (text: string) => void;
  /** What is being tried now. */
  onProgress?: (text: string) => void;
  signal?: AbortSignal;
};

export type Mixed = { model: Uint8Array; float: string[]; agreement: AgreementFigures; reached: boolean };

/** The first candidate that reaches the target, or the best of those tried. */
export async function quantiseToTarget(options: MixedOptions): Promise<Mixed> {
  const { floatGroupsMax = floatGroupsDefault } = options;
  let best = await attempt(options, []);
  if (best.reached || floatGroupsMax === 0) return best;
  let float: string[] = [];
  for (const group of (await rankGroups(options)).slice(0, floatGroupsMax)) {
    float = [...float, ...group];
    const next = await attempt(options, float);
    if (next.reached) return next;
    if (quality(next) > quality(best)) best = next;
  }
  return best;
}

async function attempt(options: MixedOptions, float: string[]): Promise<Mixed> {
  options.signal?.throwIfAborted();
  const model = build(options, float);
  const agreement = await options.measure(model);
  const reached = agreement.recall >= target.recall && agreement.precision >= target.precision;
  const kept = float.length === 0 ? "full INT8" : `${float.length} convolutions in float32`;
  options.onAttempt?.(
    `${kept}: recall ${agreement.recall.toFixed(4)}, precision ${agreement.precision.toFixed(4)}`,
  );
  return { model, float, agreement, reached };
}

function build({ model, ranges, weightMax }: MixedOptions, float: readonly string[]): Uint8Array {
  return withRanges(model, ranges, { float, ...(weightMax === undefined ? {} : { weightMax }) });
}

const quality = ({ agreement }: Mixed): number => Math.min(agreement.recall, agreement.precision);

/** Groups of neighbouring convolutions, first the one whose return to float32 brings the scores closest to the reference. */
async function rankGroups(options: MixedOptions): Promise<string[][]> {
  const names = convolutions(options.model);
  const wanted = await bestScores(options.model, options);
  const ranked: { group: string[]; error: number }[] = [];
  for (let start = 0; start < names.length; start += groupLength) {
    options.signal?.throwIfAborted();
    const group = names.slice(start, start + groupLength);
    options.onProgress?.(
      `convolutions ${start + 1} to ${start + group.length} of ${names.length} in float32`,
    );
    ranked.push({ group, error: distance(wanted, await bestScores(build(options, group), options)) });
  }
  return ranked.toSorted((one, other) => one.error - other.error).map(({ group }) => group);
}

/** The best scores of each sample, best first. */
async function bestScores(model: Uint8Array, { samples }: MixedOptions): Promise<number[][]> {
  const session = await InferenceSession.create(model, { executionProviders: ["cpu"], logSeverityLevel: 3 });
  try {
    const found: number[][] = [];
    for (const sample of samples) {
      const { scores } = await session.run({ [pixelsName]: tensorOf(sample) });
      if (!(scores?.data instanceof Float32Array)) {
        throw new Error(`expected scores float32, got ${scores?.type ?? "none"}; prepare the model first`);
      }
      found.push(Array.from(scores.data.subarray(0, scoresCompared)));
    }
    return found;
  } finally {
    await session.release();
  }
}

/** Mean absolute difference. */
function distance(wanted: readonly number[][], got: readonly number[][]): number {
  const differences = wanted.flatMap((row, sample) =>
    row.map((score, rank) => Math.abs(score - (got[sample]?.[rank] ?? 0))),
  );
  return differences.reduce((sum, value) => sum + value, 0) / Math.max(1, differences.length);
}
