/**
 * The end of a YOLOv8, YOLO11 or converted EfficientDet graph, cut down to its best anchors.
 *
 * The sigmoid grows with its argument, so the best class and the best anchors are found on the logits,
 * and only M sigmoids are computed instead of classes x anchors.
 */
import { intAttribute, node, producers } from "./graph.ts";
import type { Recognised } from "./layout.ts";
import type { Graph, Model } from "./protobuf.ts";
import { selectEarly } from "./select-early.ts";
import { AnchorSelection } from "./top-anchors.ts";

export function reduceYolov8(
  model: Model,
  { classes, anchors }: Pick<Recognised, "classes" | "anchors">,
  count: number,
): void {
  const selection = new AnchorSelection(model, count);
  const { boxes, scores, logits } = ends(model.graph, selection, classes);
  const ranked = logits ?? scores;
  selection.best(ranked, "vigil:best");
  selection.select("vigil:best", logits ? "vigil:best-logits" : "scores");
  if (logits) selection.add(node("Sigmoid", ["vigil:best-logits"], ["scores"]));
  selection.gather(ranked, classes, "vigil:ranked");
  selection.classes("vigil:ranked");
  let selected = selectEarly(model.graph, selection, boxes, anchors);
  if (selected === undefined) {
    selected = "vigil:boxes";
    selection.gather(boxes, 4, selected);
  }
  selection.add(node("Transpose", [selected], ["boxes"], { perm: [0, 2, 1] }));
}

/** Names of the boxes [n, 4, A] and class scores [n, C, A], and of the logits where the graph ends in a sigmoid. */
function ends(
  graph: Graph,
  selection: AnchorSelection,
  classes: number,
): { boxes: string; scores: string; logits: string | undefined } {
  const producedBy = producers(graph);
  const output = graph.output[0]?.name ?? "";
  const last = producedBy.get(output);
  const [boxes, scores] = last?.input ?? [];
  const isJoin = last?.opType === "Concat" && last.input.length === 2 && intAttribute(last, "axis", 0) === 1;
  const sigmoid = isJoin && scores !== undefined ? producedBy.get(scores) : undefined;
  if (boxes !== undefined && scores !== undefined && sigmoid?.opType === "Sigmoid") {
    return { boxes, scores, logits: sigmoid.input[0] };
  }
  const axis = selection.ints("vigil:axis", [1]);
  const start = selection.ints("vigil:box-start", [0]);
  const border = selection.ints("vigil:box-end", [4]);
  const end = selection.ints("vigil:class-end", [4 + classes]);
  selection.add(
    node("Slice", [output, start, border, axis], ["vigil:all-boxes"]),
    node("Slice", [output, border, end, axis], ["vigil:all-scores"]),
  );
  return { boxes: "vigil:all-boxes", scores: "vigil:all-scores", logits: undefined };
}
