import { add, type Candidates } from "./candidates.ts";

/** Strides of the three grids, in the order in which YOLOX concatenates them. */
const strides = [8, 16, 32];

/**
 * Collects the anchors of one image whose best class reaches `scoreMin`; answers the best score of all anchors.
 *
 * `output` is [anchors, 5 + classes] of YOLOX (Megvii export without `decode_in_inference`): x and y relative to the
 * anchor's cell and the logarithms of width and height, all in units of the stride; objectness; class scores.
 * The score is objectness x class score. Source: YOLOX `demo_postprocess`.
 */
export function collectYolox(
  output: Float32Array,
  inputSize: number,
  classes: number,
  scoreMin: number,
  into: Candidates,
): number {
  const rowLength = 5 + classes;
  let bestOfAll = 0;
  let row = 0;
  for (const stride of strides) {
    const cells = inputSize / stride;
    for (let cell = 0; cell < cells * cells; cell += 1, row += rowLength) {
      const objectness = output[row + 4] as number;
      // No class score exceeds 1: this anchor can neither be kept nor be the best.
      if (objectness < scoreMin && objectness <= bestOfAll) continue;
      const classIndex = indexOfMax(output, row + 5, classes);
      const score = objectness * (output[row + 5 + classIndex] as number);
      if (score > bestOfAll) bestOfAll = score;
      if (!(score >= scoreMin)) continue;
      const column = cell % cells;
      const line = Math.floor(cell / cells);
      add(
        into,
        ((output[row] as number) + column) * stride,
        ((output[row + 1] as number) + line) * stride,
        Math.exp(output[row + 2] as number) * stride,
        Math.exp(output[row + 3] as number) * stride,
        score,
        classIndex,
      );
    }
  }
  return bestOfAll;
}

function indexOfMax(values: Float32Array, from: number, length: number): number {
  let best = 0;
  for (let index = 1; index < length; index += 1) {
    if ((values[from + index] as number) > (values[from + best] as number)) best = index;
  }
  return best;
}
