/**
 * Doubling both sides of a map of 8-bit values by copying, without onnxruntime's Resize.
 *
 * Nearest-neighbour Resize computes a source for every single value, and the two of a YOLOv8 cost a twentieth of its
 * INT8 inference. With the channels last, as 8-bit convolutions leave them, doubling is copying whole pixels and then
 * whole rows, which Expand does with large copies. The results stay the same to the bit.
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
import { int64Tensor, readFloats } from "../../model/onnx/tensor.ts";

/** Takes a graph with Quantize/Dequantize pairs. A Resize that does anything else than double is left alone. */
export function withFastUpsample(original: Model): Model {
  const model = copy(original);
  const { graph } = model;
  const constants = initializers(graph);
  const producedBy = producers(graph);
  const usedBy = consumers(graph);
  for (const resize of graph.node.filter(({ opType }) => opType === "Resize")) {
    const before = producedBy.get(resize.input[0] ?? "");
    const [after, ...others] = usedBy.get(resize.output[0] ?? "") ?? [];
    const isPaired = before?.opType === "DequantizeLinear" && after?.opType === "QuantizeLinear";
    if (!isPaired || others.length > 0 || !doubles(resize, constants)) continue;
    replaceInput(graph, after.output[0] ?? "", addDoubling(graph, before.input[0] ?? ""));
  }
  prune(graph);
  sort(graph);
  return model;
}

/** Scales of 2, and each value's source its own half: what PyTorch exports. */
function doubles(resize: GraphNode, constants: ReadonlyMap<string, Tensor>): boolean {
  const scales = constants.get(resize.input[2] ?? "");
  const text = (name: string, fallback: string) => {
    const value = resize.attribute.find((each) => each.name === name)?.s;
    return value === undefined ? fallback : Buffer.from(value).toString();
  };
  return (
    scales !== undefined &&
    [...readFloats(scales)].join() === "1,1,2,2" &&
    text("mode", "nearest") === "nearest" &&
    text("coordinate_transformation_mode", "half_pixel") === "asymmetric" &&
    text("nearest_mode", "round_prefer_floor") === "floor"
  );
}

/** uint8 [n, C, H, W] -> [n, C, 2 H, 2 W]; answers the name. */
function addDoubling(graph: Graph, value: string): string {
  const named = (part: string) => `vigil:doubled:${value}:${part}`;
  graph.node.push(node("Transpose", [value], [named("pixels")], { perm: [0, 2, 3, 1] }));
  const wide = addDoublingOf(graph, named("pixels"), 2, named("wide"));
  const high = addDoublingOf(graph, wide, 1, named("high"));
  graph.node.push(node("Transpose", [high], [named("maps")], { perm: [0, 3, 1, 2] }));
  return named("maps");
}

/** Of [n, H, W, C], each slice of an axis twice: the axis gains a neighbour of 1, which is expanded and merged. */
function addDoublingOf(graph: Graph, value: string, axis: 1 | 2, output: string): string {
  const named = (part: string) => `${output}:${part}`;
  const twice = [0, 1, 2, 3].map((each) => (each === axis ? 2 : 1));
  const pair = twice.toSpliced(axis, 1, 1, 2);
  graph.initializer.push(
    int64Tensor(named("axis"), [1], [axis + 1]),
    int64Tensor(named("pair"), [5], pair),
    int64Tensor(named("twice"), [4], twice),
  );
  graph.node.push(
    node("Shape", [value], [named("shape")]),
    node("Mul", [named("shape"), named("twice")], [named("doubled-shape")]),
    node("Unsqueeze", [value, named("axis")], [named("single")]),
    node("Expand", [named("single"), named("pair")], [named("pairs")]),
    node("Reshape", [named("pairs"), named("doubled-shape")], [output]),
  );
  return output;
}
