import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { smallDetector } from "../../../testing/small-detector.ts";
import { node, prune, shapeOf, sort, valueInfo } from "./graph.ts";
import { decode, type Graph, type GraphNode } from "./protobuf.ts";
import { floatTensor } from "./tensor.ts";

function graphOf(nodes: GraphNode[], outputs: string[]): Graph {
  return {
    name: "",
    node: nodes,
    initializer: [floatTensor("used", [], [1]), floatTensor("unused", [], [1])],
    input: [valueInfo("in", 1, [1])],
    output: outputs.map((name) => valueInfo(name, 1, [1])),
    valueInfo: [],
  };
}

describe("graph", () => {
  it("puts producers before consumers, whatever the order before", () => {
    const { graph } = decode(smallDetector("yolov8"));
    const names = graph.node.map(({ name }) => name);
    fc.assert(
      fc.property(fc.shuffledSubarray(graph.node, { minLength: graph.node.length }), (shuffled) => {
        const mixed = { ...graph, node: shuffled };
        sort(mixed);
        const known = new Set([...graph.input, ...graph.initializer].map(({ name }) => name));
        for (const each of mixed.node) {
          for (const input of each.input) {
            assert.ok(input === "" || known.has(input), `${each.name} reads ${input} too early`);
          }
          for (const output of each.output) known.add(output);
        }
        assert.deepEqual(mixed.node.map(({ name }) => name).toSorted(), names.toSorted());
      }),
      { numRuns: 25 },
    );
  });

  it("refuses a cycle", () => {
    const cycle = graphOf([node("Add", ["in", "b"], ["a"]), node("Relu", ["a"], ["b"])], ["b"]);
    assert.throws(() => sort(cycle), /without cycles/);
  });

  it("drops nodes and constants that no output needs, and keeps the others", () => {
    const graph = graphOf(
      [
        node("Relu", ["in"], ["dead"]),
        node("Add", ["in", "used"], ["alive"]),
        node("Relu", ["dead"], ["deader"]),
      ],
      ["alive"],
    );
    prune(graph);
    assert.deepEqual(
      graph.node.map(({ opType }) => opType),
      ["Add"],
    );
    assert.deepEqual(
      graph.initializer.map(({ name }) => name),
      ["used"],
    );
  });

  it("tells sizes, names and unknown dimensions apart", () => {
    assert.deepEqual(shapeOf(valueInfo("x", 1, ["n", 3, 640])), ["n", 3, 640]);
    assert.equal(shapeOf({ name: "x", type: null }), undefined);
  });
});
