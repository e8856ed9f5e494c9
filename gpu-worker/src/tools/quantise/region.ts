/**
 * Which part of a detector can run in 8 bits: from the pixels to the last convolutions.
 *
 * What follows the last convolutions (box decode, sigmoid of the class scores, selection of candidates) stays in
 * float32: it is cheap, and rounding there moves boxes and confidences directly.
 */
import { consumers, initializers, intAttribute, producers } from "../../model/onnx/graph.ts";
import type { Graph, GraphNode } from "../../model/onnx/protobuf.ts";

/** Operators for which onnxruntime has 8-bit kernels that it fuses from Quantize/Dequantize pairs. */
const fusable = new Set(["Conv", "Sigmoid", "Mul", "Add", "Concat", "Split", "MaxPool", "Resize", "Slice"]);

/** Operators that only move values: input and output must share scale and zero point for the pair to vanish. */
export const movers: ReadonlySet<string> = new Set(["Split", "MaxPool", "Resize", "Slice"]);

export type Region = {
  /** Nodes that may run in 8 bits. */
  nodes: ReadonlySet<GraphNode>;
  /** The convolutions after which the head's decode begins. */
  lastConvolutions: readonly GraphNode[];
};

/**
 * A convolution counts when it has a bias: exporters fold batch normalisation into one, while the fixed expectation
 * of YOLOv8's box distribution (a 1 x 1 Conv after a Softmax) has none and belongs to the head.
 */
export function findRegion(graph: Graph): Region {
  const constants = initializers(graph);
  const usedBy = consumers(graph);
  const producedBy = producers(graph);
  const convolutions = graph.node.filter(
    ({ opType, input }) =>
      opType === "Conv" && constants.has(input[1] ?? "") && constants.has(input[2] ?? ""),
  );
  if (convolutions.length === 0) {
    throw new Error("expected a graph with biased Conv nodes, got none; nothing to quantise");
  }
  const lastConvolutions = convolutions.filter((each) => {
    const after = reach(each, (node) => node.output.flatMap((name) => usedBy.get(name) ?? []));
    return !convolutions.some((other) => other !== each && after.has(other));
  });
  const aboutShapes = shapeArithmetic(graph, constants);
  const nodes = new Set<GraphNode>();
  for (const last of lastConvolutions) {
    for (const each of reach(last, (node) => node.input.flatMap((name) => producedBy.get(name) ?? []))) {
      if (isFusable(each, constants.keys()) && !aboutShapes.has(each)) nodes.add(each);
    }
  }
  return { nodes, lastConvolutions };
}

/** Nodes that compute sizes from sizes, in integers. Producers come before consumers in a graph. */
function shapeArithmetic(graph: Graph, constants: ReadonlyMap<string, unknown>): Set<GraphNode> {
  const sizes = new Set<string>();
  const found = new Set<GraphNode>();
  for (const each of graph.node) {
    const inputs = each.input.filter((name) => name !== "" && !constants.has(name));
    const isAboutShapes =
      each.opType === "Shape" || (inputs.length > 0 && inputs.every((name) => sizes.has(name)));
    if (!isAboutShapes) continue;
    found.add(each);
    for (const name of each.output) sizes.add(name);
  }
  return found;
}

function isFusable(each: GraphNode, constantNames: Iterable<string>): boolean {
  if (!fusable.has(each.opType)) return false;
  if (each.opType === "Resize") {
    return each.attribute.some(({ name, s }) => name === "mode" && Buffer.from(s).toString() === "nearest");
  }
  if (each.opType === "Mul" || each.opType === "Add") {
    const constants = new Set(constantNames);
    return each.input.every((name) => !constants.has(name));
  }
  return each.opType !== "MaxPool" || intAttribute(each, "ceil_mode", 0) === 0;
}

function reach(start: GraphNode, next: (node: GraphNode) => GraphNode[]): Set<GraphNode> {
  const found = new Set([start]);
  const open = [start];
  for (let each = open.pop(); each; each = open.pop()) {
    for (const neighbour of next(each)) {
      if (found.has(neighbour)) continue;
      found.add(neighbour);
      open.push(neighbour);
    }
  }
  return found;
}

/** A convolution with the activation that belongs to it: Conv, Sigmoid and Mul of a SiLU, or the Conv alone. */
export function blockOf(convolution: GraphNode, graph: Graph): GraphNode[] {
  const usedBy = consumers(graph);
  const [output = ""] = convolution.output;
  const next = usedBy.get(output) ?? [];
  const sigmoid = next.find(({ opType }) => opType === "Sigmoid");
  const product = next.find(
    ({ opType, input }) => opType === "Mul" && input.includes(sigmoid?.output[0] ?? ""),
  );
  return sigmoid && product ? [convolution, sigmoid, product] : [convolution];
}
