import assert from "node:assert/strict";
import { it } from "node:test";
import { preparedSmall } from "../../../testing/prepared-small.ts";
import { node, replaceInput } from "../../model/onnx/graph.ts";
import { decode } from "../../model/onnx/protobuf.ts";
import { int64Tensor } from "../../model/onnx/tensor.ts";
import { findRegion } from "./region.ts";

it("the region of a graph holds what computes with values, and nothing that computes with shapes", async () => {
  const { graph } = decode(await preparedSmall("yolov8"));
  const before = findRegion(graph).nodes.size;
  // As attention blocks do: a value is brought into a shape that is computed from its own.
  graph.initializer.push(int64Tensor("first", [1], [1]));
  replaceInput(graph, "pool", "same");
  const pooled = graph.node.findIndex(({ output }) => output[0] === "pool");
  graph.node.splice(
    pooled + 1,
    0,
    node("Shape", ["pool"], ["shape"]),
    node("Mul", ["shape", "shape"], ["squares"]),
    node("Concat", ["squares", "first"], ["both"], { axis: 0 }),
    node("Reshape", ["pool", "both"], ["same"]),
  );
  const { nodes } = findRegion(graph);
  assert.equal(nodes.size, before);
  assert.ok([...nodes].every(({ opType, output }) => opType !== "Mul" || output[0] !== "squares"));
});
