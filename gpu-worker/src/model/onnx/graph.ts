/**
 * Reading and rewiring a graph: who produces and consumes a value, new nodes, pruning, order.
 *
 * Edits in this folder work on their own copy of a model; these functions change the graph they are given.
 */
import {
  type Attribute,
  attributeType,
  createAttribute,
  type Dimension,
  type Graph,
  type GraphNode,
  type Model,
  type Tensor,
  type ValueInfo,
} from "./protobuf.ts";
import { toNumber } from "./tensor.ts";

export type AttributeValue = number | readonly number[] | string | { float: number };

/** A node; numbers become int attributes, `{ float }` a float attribute. */
export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): GraphNode {
  return {
    name: `${opType}:${output[0] ?? ""}`,
    opType,
    domain: "",
    input: [...input],
    output: [...output],
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  };
}

function attribute(name: string, value: AttributeValue): Attribute {
  if (typeof value === "number") return createAttribute({ name, type: attributeType.int, i: value });
  if (typeof value === "string") {
    return createAttribute({ name, type: attributeType.string, s: Buffer.from(value) });
  }
  if ("float" in value) return createAttribute({ name, type: attributeType.float, f: value.float });
  return createAttribute({ name, type: attributeType.ints, ints: [...value] });
}

/** An int attribute, or `fallback` when the node does not carry it. */
export function intAttribute(of: GraphNode, name: string, fallback: number): number {
  const found = of.attribute.find((candidate) => candidate.name === name);
  return found ? toNumber(found.i) : fallback;
}

/** An attribute with a list of ints, or undefined when the node does not carry it. */
export function intsAttribute(of: GraphNode, name: string): number[] | undefined {
  return of.attribute.find((candidate) => candidate.name === name)?.ints.map(toNumber);
}

/** The version of the standard operators that the model speaks. */
export function opset(model: Model): number {
  const standard = model.opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx");
  if (!standard) throw new Error("expected a model with the standard ONNX operators, got none");
  return toNumber(standard.version);
}

export function producers(graph: Graph): Map<string, GraphNode> {
  return new Map(graph.node.flatMap((each) => each.output.map((name) => [name, each] as const)));
}

export function consumers(graph: Graph): Map<string, GraphNode[]> {
  const found = new Map<string, GraphNode[]>();
  for (const each of graph.node) {
    for (const name of new Set(each.input)) {
      const known = found.get(name);
      if (known) known.push(each);
      else found.set(name, [each]);
    }
  }
  return found;
}

export function initializers(graph: Graph): Map<string, Tensor> {
  return new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
}

/** Lets every node that reads `from` read `to` instead. Outputs of the graph keep their names. */
export function replaceInput(graph: Graph, from: string, to: string): void {
  for (const each of graph.node) each.input = each.input.map((name) => (name === from ? to : name));
}

/** A dimension of a shape: a number, or the name of a size that is only known at run time. */
export function dimension(size: number | string): Dimension {
  return typeof size === "string" ? { dimParam: size } : { dimValue: size };
}

export function valueInfo(name: string, elemType: number, shape: readonly (number | string)[]): ValueInfo {
  return { name, type: { tensorType: { elemType, shape: { dim: shape.map(dimension) } } } };
}

/** Sizes of a declared value: numbers, names, or "?" where nothing is known; undefined without a shape. */
export function shapeOf(value: ValueInfo): (number | string)[] | undefined {
  const dim = value.type?.tensorType?.shape?.dim;
  return dim?.map((each) => {
    if (each.dimParam) return each.dimParam;
    return each.dimValue === undefined || each.dimValue === null || toNumber(each.dimValue) === 0
      ? "?"
      : toNumber(each.dimValue);
  });
}

/** Turns Constant nodes into initializers, so that one lookup finds every constant. */
export function hoistConstants(graph: Graph): void {
  const kept: GraphNode[] = [];
  for (const each of graph.node) {
    const value = each.opType === "Constant" ? each.attribute.find(({ name }) => name === "value")?.t : null;
    const name = each.output[0];
    if (!value || name === undefined) kept.push(each);
    else {
      value.name = name;
      graph.initializer.push(value);
    }
  }
  graph.node = kept;
}

/** Drops what no output needs, and the declared shapes of intermediate values, which edits make stale. */
export function prune(graph: Graph): void {
  const producedBy = producers(graph);
  const needed = new Set<GraphNode>();
  const names = new Set<string>();
  const open = graph.output.map(({ name }) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    const producer = producedBy.get(name);
    if (producer && !needed.has(producer)) {
      needed.add(producer);
      open.push(...producer.input);
    }
  }
  graph.node = graph.node.filter((each) => needed.has(each));
  graph.initializer = graph.initializer.filter(({ name }) => names.has(name));
  graph.valueInfo = [];
}

/** Puts producers before consumers, as the format demands, and otherwise keeps the order. */
export function sort(graph: Graph): void {
  const producedBy = producers(graph);
  const placed = new Set<GraphNode>();
  const visiting = new Set<GraphNode>();
  const sorted: GraphNode[] = [];
  const open = graph.node.toReversed();
  for (let each = open.at(-1); each; each = open.at(-1)) {
    const current = each;
    const missing = placed.has(current)
      ? []
      : current.input
          .flatMap((name) => producedBy.get(name) ?? [])
          .filter((producer) => !placed.has(producer));
    if (missing.length > 0) {
      if (visiting.has(current)) {
        throw new Error(`expected a graph without cycles, got one at ${current.name}`);
      }
      visiting.add(current);
      open.push(...missing.toReversed());
      continue;
    }
    open.pop();
    if (!placed.has(current)) sorted.push(current);
    placed.add(current);
  }
  graph.node = sorted;
}
