/**
 * QuantizeLinear/DequantizeLinear pairs around every value of a region: the form of a quantised graph from which
 * onnxruntime builds its 8-bit kernels (QLinearConv, QLinearSigmoid, QLinearMul, QLinearAdd, QLinearConcat).
 */
import {
  consumers,
  initializers,
  node,
  producers,
  prune,
  replaceInput,
  sort,
} from "../../model/onnx/graph.ts";
import { copy, type Graph, type GraphNode, type Model, type Tensor } from "../../model/onnx/protobuf.ts";
import {
  dims,
  floatTensor,
  int8Tensor,
  int32Tensor,
  readFloats,
  uint8Tensor,
} from "../../model/onnx/tensor.ts";
import { type Affine, quantiseBias, quantiseWeights, type Range, toAffine } from "./affine.ts";
import { movers } from "./region.ts";

/** Where the pixels become floats: the uint8 planes [n, 3, S, S], the float value, and the factor between them. */
export type Pixels = { planes: string; float: string; scale: number };

export type Plan = {
  /** Names of the nodes that run in 8 bits. */
  nodes: ReadonlySet<string>;
  /** Names of the activations that get a pair, each with the activation whose scale it shares (often itself). */
  activations: ReadonlyMap<string, string>;
  /** Owners of scales that are one scale, so that joining their values is copying them. */
  joined: readonly ReadonlySet<string>[];
  pixels: Pixels;
};

/** Which activations must be quantised for these nodes to run in 8 bits. */
export function plan(graph: Graph, nodes: ReadonlySet<GraphNode>): Plan {
  const constants = initializers(graph);
  const producedBy = producers(graph);
  const pixels = findPixels(graph);
  const activations = new Map<string, string>();
  for (const each of nodes) {
    for (const name of [
      ...each.input.filter((input) => input !== "" && !constants.has(input)),
      ...each.output,
    ]) {
      activations.set(name, scaleOwner(name, producedBy, nodes));
    }
  }
  return {
    nodes: new Set([...nodes].map(({ name }) => name)),
    activations,
    joined: joinedBy(nodes, activations),
    pixels,
  };
}

/** Each Concat joins the owners of its inputs and its output; those of two that share one are joined to each other. */
function joinedBy(nodes: ReadonlySet<GraphNode>, activations: ReadonlyMap<string, string>): Set<string>[] {
  let groups: Set<string>[] = [];
  for (const { opType, input, output } of nodes) {
    if (opType !== "Concat") continue;
    let group = new Set([...input, ...output].map((name) => activations.get(name) ?? name));
    const apart = groups.filter((other) => other.isDisjointFrom(group));
    for (const other of groups) if (!apart.includes(other)) group = group.union(other);
    groups = [...apart, group];
  }
  return groups;
}

/** A value that was only moved has the scale of the value it was moved from. */
function scaleOwner(name: string, producedBy: Map<string, GraphNode>, nodes: ReadonlySet<GraphNode>): string {
  let owner = name;
  for (let from = producedBy.get(owner); from && nodes.has(from) && movers.has(from.opType); ) {
    owner = from.input[0] ?? owner;
    from = producedBy.get(owner);
  }
  return owner;
}

function findPixels(graph: Graph): Pixels {
  const usedBy = consumers(graph);
  const constants = initializers(graph);
  const cast = graph.node.find(({ opType }) => opType === "Cast");
  const [planes, bytes] = [cast?.input[0], cast?.output[0]];
  if (planes === undefined || bytes === undefined) {
    throw new Error(
      "expected a prepared model whose pixels are cast in the graph, got none; prepare it first",
    );
  }
  const product = usedBy.get(bytes)?.find(({ opType }) => opType === "Mul");
  const factor = product ? constants.get(product.input[1] ?? "") : undefined;
  if (!product || !factor) return { planes, float: bytes, scale: 1 };
  return { planes, float: product.output[0] ?? "", scale: readFloats(factor)[0] ?? 1 };
}

/** Ranges must cover the owners of all activations of the plan, except the pixels, whose scale is exact. */
export function insertPairs(
  original: Model,
  { nodes, activations, joined, pixels }: Plan,
  ranges: ReadonlyMap<string, Range>,
  weightMax: 127 | 63,
): Model {
  const model = copy(original);
  const { graph } = model;
  const affineOf = (name: string): Affine => {
    const owner = activations.get(name) ?? name;
    if (owner === pixels.float) return { scale: pixels.scale, zeroPoint: 0 };
    return toAffine(rangeOf(joined.find((owners) => owners.has(owner)) ?? [owner], ranges));
  };
  const constants = initializers(graph);
  for (const each of graph.node.filter(({ name, opType }) => opType === "Conv" && nodes.has(name))) {
    quantiseConvolution(graph, each, constants, affineOf(each.input[0] ?? ""), weightMax);
  }
  for (const name of activations.keys()) pairActivation(graph, name, affineOf(name), pixels);
  prune(graph);
  sort(graph);
  return model;
}

/** What covers all of them. */
function rangeOf(owners: Iterable<string>, ranges: ReadonlyMap<string, Range>): Range {
  const all = [...owners].map((owner) => {
    const range = ranges.get(owner);
    if (!range) throw new Error(`expected a calibrated range for ${owner}, got none`);
    return range;
  });
  return { min: Math.min(...all.map(({ min }) => min)), max: Math.max(...all.map(({ max }) => max)) };
}

function pairActivation(graph: Graph, name: string, affine: Affine, pixels: Pixels): void {
  const dequantised = `${name}:dequantised`;
  replaceInput(graph, name, dequantised);
  const [scale, zeroPoint] = [`${name}:scale`, `${name}:zero-point`];
  graph.initializer.push(
    floatTensor(scale, [], [affine.scale]),
    uint8Tensor(zeroPoint, [], [affine.zeroPoint]),
  );
  // The pixels are stored in 8 bits already: quantising them again would change nothing.
  const quantised = name === pixels.float ? pixels.planes : `${name}:quantised`;
  if (name !== pixels.float) {
    graph.node.push(node("QuantizeLinear", [name, scale, zeroPoint], [quantised]));
  }
  graph.node.push(node("DequantizeLinear", [quantised, scale, zeroPoint], [dequantised]));
}

/** Lets a convolution read its constant weights and bias from 8 and 32 bits. Its input comes with scale `input`. */
export function quantiseConvolution(
  graph: Graph,
  each: GraphNode,
  constants: ReadonlyMap<string, Tensor>,
  input: Affine,
  weightMax: 127 | 63,
): void {
  const [, weightName = "", biasName = ""] = each.input;
  const weight = constants.get(weightName);
  const bias = constants.get(biasName);
  if (!weight || !bias) {
    throw new Error(`expected ${each.name} to have constant weights and bias, got others`);
  }
  const shape = dims(weight);
  const [channels = 1] = shape;
  const weights = quantiseWeights(readFloats(weight), channels, weightMax);
  const biases = quantiseBias(readFloats(bias), input.scale, weights.scales);
  const added = (suffix: string) => `${each.output[0]}:${suffix}`;
  graph.initializer.push(
    int8Tensor(added("weight"), shape, weights.values),
    floatTensor(added("weight-scale"), [channels], weights.scales),
    int8Tensor(added("weight-zero"), [channels], new Int8Array(channels)),
    int32Tensor(added("bias"), [channels], biases.values),
    floatTensor(added("bias-scale"), [channels], biases.scales),
    int32Tensor(added("bias-zero"), [channels], new Int32Array(channels)),
  );
  const dequantise = (part: "weight" | "bias") =>
    node(
      "DequantizeLinear",
      [added(part), added(`${part}-scale`), added(`${part}-zero`)],
      [added(`${part}-float`)],
      { axis: 0 },
    );
  graph.node.push(dequantise("weight"), dequantise("bias"));
  each.input = [each.input[0] ?? "", added("weight-float"), added("bias-float")];
}
