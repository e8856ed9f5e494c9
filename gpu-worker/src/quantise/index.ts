/**
 * Static INT8: a prepared float32 model becomes one whose convolutions and activations run in 8 bits, with ranges
 * measured on frames like those it will see.
 *
 * @example
 *   const int8 = await quantise({ model: prepared.model, calibration: frames, onProgress: (p) => show(p) });
 */
import { decode, encode, type GraphNode, type Model } from "../onnx/protobuf.ts";
import { calibrate, type Frames } from "./calibrate.ts";
import { insertPairs, plan } from "./insert-qdq.ts";
import { blockOf, findRegion } from "./region.ts";

export type QuantiseProgress = { stage: "calibrate" | "write"; frames: number };

export type QuantiseOptions = {
  /** The bytes of a prepared float32 model. */
  model: Uint8Array;
  /** uint8 [S, S, 3] RGB each, letterboxed as in production. */
  calibration: Frames;
  /** Names of convolutions to leave in float32, with their activation; see `layers`. */
  float?: readonly string[];
  /** 63 for x86 processors without VNNI, whose 8-bit multiply saturates; 127 otherwise. */
  weightMax?: 127 | 63;
  onProgress?: (progress: QuantiseProgress) => void;
  signal?: AbortSignal;
  threads?: number;
};

export async function quantise(options: QuantiseOptions): Promise<Uint8Array> {
  const model = decode(options.model);
  const nodes = quantisedNodes(model, options.float ?? []);
  const steps = plan(model.graph, nodes);
  const owners = [...new Set(steps.activations.values())].filter((name) => name !== steps.pixels.float);
  const ranges = await calibrate(model, owners, options.calibration, {
    onProgress: (frames) => options.onProgress?.({ stage: "calibrate", frames }),
    signal: options.signal,
    threads: options.threads,
  });
  options.onProgress?.({ stage: "write", frames: 0 });
  return encode(insertPairs(model, steps, ranges, options.weightMax ?? 127));
}

/** Names of the convolutions that `quantise` can run in 8 bits, in the order of the graph. */
export function layers(model: Uint8Array): string[] {
  const { graph } = decode(model);
  const { nodes, lastConvolutions } = findRegion(graph);
  return [...nodes]
    .filter((each) => each.opType === "Conv" && !lastConvolutions.includes(each))
    .map(({ name }) => name);
}

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
