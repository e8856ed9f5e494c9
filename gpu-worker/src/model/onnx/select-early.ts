/**
 * Selecting anchors before they are decoded instead of after.
 *
 * The decode of YOLOv8's boxes (a softmax over 16 bins for each of 4 sides of 8,400 anchors) costs a tenth of an
 * INT8 inference, and all but 300 of its results are thrown away. Every step of it works on each anchor by itself,
 * so the selection can move up through it, to the raw values of the head, without changing any result.
 */
import { hoistConstants, initializers, intAttribute, intsAttribute, node, producers } from "./graph.ts";
import type { Graph, GraphNode, Tensor } from "./protobuf.ts";
import { dims, floatTensor, readFloats, readInts } from "./tensor.ts";
import { type AnchorSelection, positionsName } from "./top-anchors.ts";

/** Operators that compute each element from the elements at the same position. */
const elementwise = new Set(["Add", "Sub", "Mul", "Div", "Sigmoid", "Exp"]);

/**
 * `name` is [n, C, anchors]; answers the name of the same value for the selected anchors only, [n, C, M], or
 * undefined when some step on the way up is not known to leave the anchors apart.
 */
export function selectEarly(
  graph: Graph,
  selection: AnchorSelection,
  name: string,
  anchors: number,
): string | undefined {
  hoistConstants(graph);
  const constants = initializers(graph);
  const above = new Above(constants, producers(graph), anchors);
  if (!above.canSelect(name)) return undefined;
  const selected = new Map<string, string>();
  const select = (wanted: string): string => {
    const known = selected.get(wanted);
    if (known !== undefined) return known;
    const constant = constants.get(wanted);
    const answer = constant
      ? selectConstant(graph, selection, constant, anchors)
      : selectOutput(selection, above, wanted, select);
    selected.set(wanted, answer);
    return answer;
  };
  return select(name);
}

/** What lies above a value, and whether the selection can move up there. */
class Above {
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly producedBy: ReadonlyMap<string, GraphNode>;
  readonly anchors: number;
  readonly #answers = new Map<string, boolean>();

  constructor(
    constants: ReadonlyMap<string, Tensor>,
    producedBy: ReadonlyMap<string, GraphNode>,
    anchors: number,
  ) {
    this.constants = constants;
    this.producedBy = producedBy;
    this.anchors = anchors;
  }

  canSelect(name: string): boolean {
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    const answer = this.#check(name);
    this.#answers.set(name, answer);
    return answer;
  }

  #check(name: string): boolean {
    const constant = this.constants.get(name);
    if (constant) {
      const shape = dims(constant);
      return shape.length === 0 || shape.at(-1) === 1 || (shape.at(-1) === this.anchors && shape.length <= 3);
    }
    const from = this.producedBy.get(name);
    if (!from) return false;
    return (
      (this.passes(from) && this.dataOf(from).every((input) => this.canSelect(input))) ||
      this.partOf(name) > 0
    );
  }

  /** Whether the node leaves its last axis, the anchors, apart. */
  passes(each: GraphNode): boolean {
    if (elementwise.has(each.opType)) return true;
    switch (each.opType) {
      case "Concat":
      case "Split":
        return intAttribute(each, "axis", 0) === 1;
      case "Softmax":
        return intAttribute(each, "axis", -1) === 1;
      case "Slice":
        return this.#ints(each.input[3])?.join() === "1";
      case "Reshape":
        return this.#leavesAnchorsLast(this.#ints(each.input[1]) ?? []);
      case "Transpose": {
        const order = intsAttribute(each, "perm") ?? [];
        return order.at(-1) === order.length - 1;
      }
      case "Conv":
        return intsAttribute(each, "kernel_shape")?.every((size) => size === 1) ?? false;
      default:
        return false;
    }
  }

  /** The inputs that carry anchors; the others are shapes, sizes or weights. */
  dataOf(each: GraphNode): string[] {
    return elementwise.has(each.opType) || each.opType === "Concat" ? each.input : each.input.slice(0, 1);
  }

  /** Channels of a part that a Split cuts out: there the selection can stop. 0 for anything else. */
  partOf(name: string): number {
    const from = this.producedBy.get(name);
    if (from?.opType !== "Split" || intAttribute(from, "axis", 0) !== 1) return 0;
    return this.#ints(from.input[1])?.[from.output.indexOf(name)] ?? 0;
  }

  /** A target shape with one open size already could not have the anchors open as well. */
  #leavesAnchorsLast(sizes: readonly number[]): boolean {
    return sizes.at(-1) === this.anchors && !sizes.includes(-1);
  }

  #ints(name: string | undefined): number[] | undefined {
    const constant = this.constants.get(name ?? "");
    return constant ? readInts(constant) : undefined;
  }
}

function selectOutput(
  selection: AnchorSelection,
  above: Above,
  wanted: string,
  select: (name: string) => string,
): string {
  const from = above.producedBy.get(wanted);
  const output = `vigil:selected:${wanted}`;
  const data = from ? above.dataOf(from) : [];
  if (!from || !above.passes(from) || !data.every((input) => above.canSelect(input))) {
    selection.gather(wanted, above.partOf(wanted), output);
    return output;
  }
  const rest = from.input.slice(data.length);
  if (from.opType === "Reshape") {
    const shape = above.constants.get(rest[0] ?? "");
    const sizes = shape ? readInts(shape) : [];
    rest[0] = selection.ints(`${output}:shape`, [...sizes.slice(0, -1), -1]);
  }
  const copied = node(from.opType, [...data.map(select), ...rest], [output]);
  copied.attribute = from.attribute;
  // A Split answers several values: each use gets its own, and the unused parts are named apart.
  copied.output = from.output.map((name) => (name === wanted ? output : `${output}:beside:${name}`));
  selection.add(copied);
  return output;
}

/** [1, C, anchors] or [1, anchors] -> [n, C, M]; anything else is the same for all anchors. */
function selectConstant(graph: Graph, selection: AnchorSelection, constant: Tensor, anchors: number): string {
  const shape = dims(constant);
  if (shape.at(-1) !== anchors) return constant.name;
  const channels = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const values = readFloats(constant);
  const byAnchor = new Float32Array(values.length);
  values.forEach((value, index) => {
    byAnchor[(index % anchors) * channels + Math.floor(index / anchors)] = value;
  });
  const named = (part: string) => `vigil:${part}:${constant.name}`;
  const [table, rows, output] = [named("table"), named("rows"), named("selected")];
  graph.initializer.push(floatTensor(table, [anchors, channels], byAnchor));
  selection.add(
    node("Gather", [table, positionsName], [rows], { axis: 0 }),
    node("Transpose", [rows], [output], { perm: [0, 2, 1] }),
  );
  return output;
}
