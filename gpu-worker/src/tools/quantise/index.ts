/**
 * Static INT8: a prepared float32 model becomes one whose convolutions and activations run in 8 bits, with ranges
 * measured on frames like those it will see.
 *
 * @example
 *   const int8 = await quantise({ model: prepared.model, calibration: frames, onProgress: (p) => show(p) });
 *
 * Caution: processors without VNNI instructions add products of 8-bit numbers in 16 bits, which saturates. Weights
 * therefore use 7 of their 8 bits unless `weightMax` says otherwise. YOLOv8 loses too little by that to measure;
 * YOLO11 as much as decides between 8 bits throughout and mixed precision.
 */
import { decode, encode, type GraphNode, type Model } from "../../model/onnx/protobuf.ts";
import type { Range } from "./affine.ts";
import { type CalibrateOptions, calibrate, type Frames } from "./calibrate.ts";
import { withFastUpsample } from "./fast-upsample.ts";
import { withFoldedPixels } from "./fold-pixels.ts";
import { insertPairs, plan } from "./insert-qdq.ts";
import { withRankingFirst } from "./rank-first.ts";
import { blockOf, findRegion } from "./region.ts";

export type { AgreementFigures } from "../../model/onnx/manifest.ts";
export { matching, measureAgreement } from "./agreement.ts";
export type { Frames } from "./calibrate.ts";

export type QuantiseProgress = { step: "calibrate" | "write"; frames: number };

export type QuantiseOptions = {
  /** The bytes of a prepared float32 model. */
  model: Uint8Array;
  /** Letterboxed as in production. */
  calibration: Frames;
  /** Names of convolutions to leave in float32, with their activation; see `convolutions`. */
  float?: readonly string[];
  /** The largest stored weight: 63 (7 bits) is right on every processor, 127 only where there is VNNI. */
  weightMax?: 127 | 63;
  onProgress?: (progress: QuantiseProgress) => void;
  signal?: AbortSignal;
  threads?: number;
};

export async function quantise(options: QuantiseOptions): Promise<Uint8Array> {
  const ranges = await measureRanges(options.model, options.calibration, {
    onProgress: (frames) => options.onProgress?.({ step: "calibrate", frames }),
    signal: options.signal,
    threads: options.threads,
  });
  options.onProgress?.({ step: "write", frames: 0 });
  return withRanges(options.model, ranges, options);
}

/** The range of every activation that INT8 needs, by name. The slow half of `quantise`. */
export async function measureRanges(
  model: Uint8Array,
  frames: Frames,
  options: CalibrateOptions = {},
): Promise<Map<string, Range>> {
  const decoded = decode(model);
  const { activations, pixels } = plan(decoded.graph, quantisedNodes(decoded, []));
  const owners = new Set(activations.values());
  owners.delete(pixels.float);
  return calibrate(decoded, [...owners], frames, options);
}

/** The quick half: `ranges` come from `measureRanges` of the same model, and serve any choice of float layers. */
export function withRanges(
  model: Uint8Array,
  ranges: ReadonlyMap<string, Range>,
  { float = [], weightMax = 63 }: Pick<QuantiseOptions, "float" | "weightMax"> = {},
): Uint8Array {
  const decoded = decode(model);
  const steps = plan(decoded.graph, quantisedNodes(decoded, float));
  const paired = insertPairs(decoded, steps, ranges, weightMax);
  return encode(withRankingFirst(withFastUpsample(withFoldedPixels(paired)), weightMax));
}

/** Names of the convolutions that can run in 8 bits, in the order of the graph. */
export function convolutions(model: Uint8Array): string[] {
  const { graph } = decode(model);
  const { nodes, lastConvolutions } = findRegion(graph);
  return graph.node
    .filter((each) => each.opType === "Conv" && nodes.has(each) && !lastConvolutions.includes(each))
    .map(({ name }) => name);
}

/** The last convolutions answer the head directly and stay in float32: see `region.ts`. */
function quantisedNodes(model: Model, float: readonly string[]): Set<GraphNode> {
  const { nodes, lastConvolutions } = findRegion(model.graph);
  const left = new Set<GraphNode>(lastConvolutions);
  for (const name of float) {
    const convolution = [...nodes].find((each) => each.name === name && each.opType === "Conv");
    if (!convolution) throw new Error(`expected a convolution of the model to leave in float32, got ${name}`);
    for (const each of blockOf(convolution, model.graph)) left.add(each);
  }
  return new Set([...nodes].filter((each) => !left.has(each)));
}
