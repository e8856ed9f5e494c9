import { add, type Candidates } from "./candidates.ts";

/** Buffers that one lane fills again for every image, one element per anchor. */
export type BestClass = { score: Float32Array; classIndex: Int32Array };

/**
 * Collects the anchors of one image whose best class reaches `scoreMin`; answers the best score of all anchors.
 *
 * `output` is [4 + classes, anchors] of YOLOv8 (Ultralytics export): centre x, centre y, width, height in input
 * pixels, then one row of class scores 0..1 per class. Rows are read in memory order: anchor by anchor would
 * touch a new cache line with every number.
 */
export function collectYolov8(
  output: Float32Array,
  anchors: number,
  classes: number,
  scoreMin: number,
  best: BestClass,
  into: Candidates,
): number {
  const { score, classIndex } = best;
  score.fill(0);
  for (let index = 0; index < classes; index += 1) {
    const row = (4 + index) * anchors;
    for (let anchor = 0; anchor < anchors; anchor += 1) {
      const value = output[row + anchor] as number;
      if (value > (score[anchor] as number)) {
        score[anchor] = value;
        classIndex[anchor] = index;
      }
    }
  }
  let bestOfAll = 0;
  for (let anchor = 0; anchor < anchors; anchor += 1) {
    const value = score[anchor] as number;
    if (value > bestOfAll) bestOfAll = value;
    if (value < scoreMin) continue;
    add(
      into,
      output[anchor] as number,
      output[anchors + anchor] as number,
      output[2 * anchors + anchor] as number,
      output[3 * anchors + anchor] as number,
      value,
      classIndex[anchor] as number,
    );
  }
  return bestOfAll;
}
