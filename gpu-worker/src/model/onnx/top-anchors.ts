/**
 * Keeping the best anchors of a detector, inside its graph: the nodes that both layouts share.
 */
import { node, opset } from "./graph.ts";
import type { GraphNode, Model } from "./protobuf.ts";
import { int64Tensor } from "./tensor.ts";

/** The selected anchors [n, M]: their positions in the raw output, of which tables of anchors are read. Named as in models
 * that are prepared already: another name would have every worker prepare, and quantise, its model again. */
export const positionsName = "vigil:places";

/** Appends nodes to a graph that end in the `count` best anchors of each image. */
export class AnchorSelection {
  readonly #model: Model;
  readonly #count: number;

  constructor(model: Model, count: number) {
    this.#model = model;
    this.#count = count;
  }

  add(...nodes: GraphNode[]): void {
    this.#model.graph.node.push(...nodes);
  }

  ints(name: string, values: readonly number[]): string {
    this.#model.graph.initializer.push(int64Tensor(name, [values.length], values));
    return name;
  }

  /** [n, C, A] -> `output` [n, A]: the largest of the C values of each anchor. */
  best(input: string, output: string): void {
    // From opset 18 on the axes are an input instead of an attribute.
    if (opset(this.#model) < 18) {
      this.add(node("ReduceMax", [input], [output], { axes: [1], keepdims: 0 }));
    } else {
      this.add(node("ReduceMax", [input, this.ints("vigil:class-axis", [1])], [output], { keepdims: 0 }));
    }
  }

  /**
   * Best anchors by `scores` [n, A]: their scores [n, M] as `output`, and their positions for `gather`.
   * M is the count, or A where a small input has fewer anchors than that.
   */
  select(scores: string, output: string): void {
    const wanted = this.ints("vigil:candidates", [this.#count]);
    const [from, to] = [this.ints("vigil:anchors-from", [1]), this.ints("vigil:anchors-to", [2])];
    const row = this.ints("vigil:row", [0, 1, -1]);
    this.add(
      node("Shape", [scores], ["vigil:scores-shape"]),
      node("Slice", ["vigil:scores-shape", from, to], ["vigil:anchors"]),
      node("Min", [wanted, "vigil:anchors"], ["vigil:count"]),
      node("TopK", [scores, "vigil:count"], [output, positionsName], { axis: 1, largest: 1, sorted: 1 }),
      node("Reshape", [positionsName, row], ["vigil:place-row"]),
    );
  }

  /** [n, C, A] -> `output` [n, C, M]: all `channels` values of the selected anchors. */
  gather(input: string, channels: number, output: string): void {
    const shape = this.ints(`${output}:shape`, [1, channels, 1]);
    this.add(
      node("Expand", ["vigil:place-row", shape], [`${output}:places`]),
      node("GatherElements", [input, `${output}:places`], [output], { axis: 2 }),
    );
  }

  /** [n, C, M] -> `classes` int64 [n, M]: which of the C values is the largest. */
  classes(input: string): void {
    this.add(node("ArgMax", [input], ["classes"], { axis: 1, keepdims: 0 }));
  }
}
