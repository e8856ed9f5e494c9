/**
 * What values the activations of a model take on the operator's own frames.
 *
 * The float32 model runs with extra outputs: the smallest and the largest value of every activation, reduced inside
 * the graph, and, for the inputs of a SiLU, the values themselves, which go into histograms at once. So memory holds
 * one frame's activations at a time, however many frames there are.
 */

import { consumers, node, opset, valueInfo } from "../../model/onnx/graph.ts";
import { copy, dataType, encode, type Graph, type Model } from "../../model/onnx/protobuf.ts";
import { pixelsName } from "../../model/onnx/u8-input.ts";
import { InferenceSession, type OnnxValueMap } from "../../model/runtime/index.ts";
import type { Picture } from "../../pipe/decode/index.ts";
import type { Range } from "./affine.ts";
import { Histogram } from "./histogram.ts";
import { siluFloor } from "./silu-floor.ts";
import { tensorOf } from "./tensor-of.ts";

/** Letterboxed as in production. */
export type Frames = AsyncIterable<Picture> | Iterable<Picture>;

export type CalibrateOptions = {
  onProgress?: ((frames: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Of the float32 session; all cores unless given. */
  threads?: number | undefined;
};

/** The range to quantise of each named activation. The model must be a prepared one. */
export async function calibrate(
  model: Model,
  names: readonly string[],
  frames: Frames,
  { onProgress, signal, threads }: CalibrateOptions = {},
): Promise<Map<string, Range>> {
  refuseUnprepared(model);
  const histograms = new Map(siluInputs(model.graph, names).map((name) => [name, new Histogram()]));
  const ranges = new Map(names.filter((name) => !histograms.has(name)).map((name) => [name, emptyRange()]));
  const session = await InferenceSession.create(
    encode(withCalibrationOutputs(model, [...ranges.keys()], [...histograms.keys()])),
    {
      executionProviders: ["cpu"],
      logSeverityLevel: 3,
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    },
  );
  let count = 0;
  try {
    for await (const frame of frames) {
      signal?.throwIfAborted();
      const outputs = await session.run({ [pixelsName]: tensorOf(frame) });
      for (const [name, range] of ranges) widen(range, name, outputs);
      for (const [name, histogram] of histograms) histogram.add(outputs[name]?.data as Float32Array);
      count += 1;
      onProgress?.(count);
    }
  } finally {
    await session.release();
  }
  if (count === 0) throw new Error("expected at least one frame to calibrate with, got none");
  for (const [name, histogram] of histograms) {
    ranges.set(name, { min: siluFloor(histogram), max: histogram.max });
  }
  return ranges;
}

function refuseUnprepared(model: Model): void {
  const [input] = model.graph.input;
  if (input?.name !== pixelsName || input.type?.tensorType?.elemType !== dataType.uint8) {
    throw new Error("expected a prepared model with uint8 input [n, H, W, 3], got another; prepare it first");
  }
  if (opset(model) < 13) {
    throw new Error(`expected opset 13 or newer, got ${opset(model)}; prepare the model first`);
  }
}

/** The values of which a SiLU, spelt Mul(x, Sigmoid(x)), is all that becomes. */
function siluInputs(graph: Graph, names: readonly string[]): string[] {
  const usedBy = consumers(graph);
  return names.filter((name) => {
    const uses = usedBy.get(name) ?? [];
    const sigmoid = uses.find(({ opType }) => opType === "Sigmoid");
    const product = uses.find(
      ({ opType, input }) => opType === "Mul" && input.includes(sigmoid?.output[0] ?? ""),
    );
    return uses.length === 2 && sigmoid !== undefined && product !== undefined;
  });
}

const emptyRange = (): Range => ({ min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY });
const minName = (name: string): string => `vigil:min:${name}`;
const maxName = (name: string): string => `vigil:max:${name}`;

/** Equal names of sizes would promise the runtime equal sizes. */
function sizesOf(name: string): string[] {
  return ["n", `${name}:channels`, `${name}:height`, `${name}:width`];
}

function withCalibrationOutputs(
  original: Model,
  reduced: readonly string[],
  whole: readonly string[],
): Model {
  const model = copy(original);
  const { graph } = model;
  graph.output = whole.map((name) => valueInfo(name, dataType.float32, sizesOf(name)));
  const reduce = (opType: string, name: string, output: string) => {
    graph.node.push(node(opType, [name], [output], { keepdims: 0 }));
    graph.output.push(valueInfo(output, dataType.float32, []));
  };
  for (const name of reduced) {
    reduce("ReduceMin", name, minName(name));
    reduce("ReduceMax", name, maxName(name));
  }
  return model;
}

function widen(range: Range, name: string, outputs: OnnxValueMap): void {
  const min = Number(outputs[minName(name)]?.data[0]);
  const max = Number(outputs[maxName(name)]?.data[0]);
  if (!Number.isFinite(min) || !Number.isFinite(max)) {
    throw new Error(
      `expected finite values in ${name}, got ${min}..${max}; the model overflows on this frame`,
    );
  }
  range.min = Math.min(range.min, min);
  range.max = Math.max(range.max, max);
}
