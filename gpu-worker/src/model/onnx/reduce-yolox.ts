/**
 * The end of a YOLOX graph, cut down to its best anchors, with the grid decoded for those only.
 *
 * Per anchor the raw output holds (dx, dy, log w, log h, objectness, class scores); with the anchor's cell (gx, gy)
 * and stride s: cx = (dx + gx) s, cy = (dy + gy) s, w = s exp(log w), h = s exp(log h), score = objectness x class.
 * Source: `YOLOXHead.decode_outputs` in Megvii-BaseDetection/YOLOX.
 */

import { strides } from "./anchors.ts";
import { intsAttribute, node, producers } from "./graph.ts";
import type { Recognised } from "./layout.ts";
import type { Graph, Model } from "./protobuf.ts";
import { floatTensor } from "./tensor.ts";
import { AnchorSelection, positionsName } from "./top-anchors.ts";

type Shape = Pick<Recognised, "inputSize" | "classes" | "anchors">;

export function reduceYolox(model: Model, shape: Shape, count: number): void {
  const selection = new AnchorSelection(model, count);
  const raw = anchorsLast(model.graph, selection);
  const axis = selection.ints("vigil:axis", [1]);
  const [zero, four, five, end] = [
    selection.ints("vigil:zero", [0]),
    selection.ints("vigil:four", [4]),
    selection.ints("vigil:five", [5]),
    selection.ints("vigil:end", [5 + shape.classes]),
  ];
  const flat = selection.ints("vigil:flat", [0, -1]);
  selection.add(
    node("Slice", [raw, zero, four, axis], ["vigil:raw-boxes"]),
    node("Slice", [raw, four, five, axis], ["vigil:objectness-row"]),
    node("Slice", [raw, five, end, axis], ["vigil:class-scores"]),
    node("Reshape", ["vigil:objectness-row", flat], ["vigil:objectness"]),
  );
  selection.best("vigil:class-scores", "vigil:best-class");
  selection.add(node("Mul", ["vigil:best-class", "vigil:objectness"], ["vigil:best"]));
  selection.select("vigil:best", "scores");
  selection.gather("vigil:class-scores", shape.classes, "vigil:ranked");
  selection.classes("vigil:ranked");
  selection.gather("vigil:raw-boxes", 4, "vigil:chosen");
  decodeGrid(model.graph, selection, shape);
}

/** The raw output as [n, 5 + C, A]: most exports transpose at the very end, which is simply left out. */
function anchorsLast(graph: Graph, selection: AnchorSelection): string {
  const output = graph.output[0]?.name ?? "";
  const last = producers(graph).get(output);
  const before = last?.input[0];
  if (last?.opType === "Transpose" && intsAttribute(last, "perm")?.join() === "0,2,1" && before) {
    return before;
  }
  selection.add(node("Transpose", [output], ["vigil:raw"], { perm: [0, 2, 1] }));
  return "vigil:raw";
}

/** `vigil:chosen` [n, 4, M], raw -> `boxes` [n, M, 4] in input pixels. */
function decodeGrid(graph: Graph, selection: AnchorSelection, { inputSize, anchors }: Shape): void {
  const { cells, sizes } = grid(inputSize);
  graph.initializer.push(
    floatTensor("vigil:cells", [anchors, 2], cells),
    floatTensor("vigil:strides", [anchors, 1], sizes),
  );
  const last = selection.ints("vigil:last-axis", [2]);
  const two = selection.ints("vigil:two", [2]);
  selection.add(
    node("Transpose", ["vigil:chosen"], ["vigil:rows"], { perm: [0, 2, 1] }),
    node("Gather", ["vigil:cells", positionsName], ["vigil:cell"], { axis: 0 }),
    node("Gather", ["vigil:strides", positionsName], ["vigil:stride"], { axis: 0 }),
    node("Slice", ["vigil:rows", "vigil:zero", two, last], ["vigil:offset"]),
    node("Slice", ["vigil:rows", two, "vigil:four", last], ["vigil:log-size"]),
    node("Add", ["vigil:offset", "vigil:cell"], ["vigil:centre-cells"]),
    node("Exp", ["vigil:log-size"], ["vigil:size-cells"]),
    node("Concat", ["vigil:centre-cells", "vigil:size-cells"], ["vigil:box-cells"], { axis: 2 }),
    node("Mul", ["vigil:box-cells", "vigil:stride"], ["boxes"]),
  );
}

/** Cell (x, y) and stride of every anchor, in the order of the output: strides ascending, then row by row. */
function grid(inputSize: number): { cells: number[]; sizes: number[] } {
  const cells: number[] = [];
  const sizes: number[] = [];
  for (const stride of strides) {
    const side = inputSize / stride;
    for (let position = 0; position < side * side; position++) {
      cells.push(position % side, Math.floor(position / side));
      sizes.push(stride);
    }
  }
  return { cells, sizes };
}
