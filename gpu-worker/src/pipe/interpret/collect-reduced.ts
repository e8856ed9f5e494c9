import { add, type Candidates } from "./candidates.ts";

/** The outputs of one image of a prepared model: see `model/onnx/reduced-output.ts` for the format. */
export type ReducedOutput = {
  /** [rows, 4]: centre x, centre y, width, height in input pixels. */
  boxes: Float32Array;
  /** [rows], best first. */
  scores: Float32Array;
  /** [rows]: class index; 64-bit integers when the runtime hands them over as such. */
  classes: BigInt64Array | Int32Array | Float32Array;
};

/** Collects the rows that reach `scoreMin`; answers the best score. */
export function collectReduced(
  { boxes, scores, classes }: ReducedOutput,
  scoreMin: number,
  into: Candidates,
): number {
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row] as number;
    if (!(score >= scoreMin)) break;
    add(
      into,
      boxes[row * 4] as number,
      boxes[row * 4 + 1] as number,
      boxes[row * 4 + 2] as number,
      boxes[row * 4 + 3] as number,
      score,
      Number(classes[row]),
    );
  }
  return scores[0] ?? 0;
}
