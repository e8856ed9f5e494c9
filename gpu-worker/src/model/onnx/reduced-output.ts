/**
 * The raw output of a detector (2.8 MB of floats an image for YOLOv8 at 640) becomes its best candidates.
 *
 * The reduced output, format 1, for all layouts. M = min(300, anchors) by default; rows are sorted by score,
 * best first, so a reader stops at the first score below its threshold:
 * - `boxes`   float32 [n, M, 4]: centre x, centre y, width, height in pixels of the letterboxed input
 * - `scores`  float32 [n, M]: confidence 0..1 of the anchor's best class (yolox: objectness x class score)
 * - `classes` int64   [n, M]: index of that class in the model's labels
 *
 * No suppression happens here: overlapping candidates are the reader's business.
 * For `yolox` the grid is decoded: boxes are in pixels, as above.
 */
import { batchDimension } from "./dynamic-batch.ts";
import { prune, sort, valueInfo } from "./graph.ts";
import type { Recognised } from "./layout.ts";
import { copy, dataType, type Model } from "./protobuf.ts";
import { reduceYolov8 } from "./reduce-yolov8.ts";
import { reduceYolox } from "./reduce-yolox.ts";
import { separateHeads } from "./separate-heads.ts";

export const candidatesDefault = 300;

type Shape = Pick<Recognised, "layout" | "inputSize" | "classes" | "anchors">;

/** The model must still have the raw output of its layout. `candidates` is M, 1..anchors. */
export function withReducedOutput(original: Model, shape: Shape, candidates = candidatesDefault): Model {
  const model = copy(original);
  const kept = Math.min(candidates, shape.anchors);
  if (kept < 1) throw new RangeError(`candidates must be 1..${shape.anchors}, got ${candidates}`);
  const { graph } = model;
  if (shape.layout === "yolox") reduceYolox(model, shape, kept);
  else reduceYolov8(model, shape, kept);
  graph.output = [
    valueInfo("boxes", dataType.float32, [batchDimension, "rows", 4]),
    valueInfo("scores", dataType.float32, [batchDimension, "rows"]),
    valueInfo("classes", dataType.int64, [batchDimension, "rows"]),
  ];
  separateHeads(graph);
  prune(graph);
  sort(graph);
  return model;
}
