/**
 * The end of an EfficientDet: shifts of anchors become boxes in pixels of the input.
 *
 * With an anchor (y, x, height h, width w): centre y = ty h + y, centre x = tx w + x, height = exp(th) h, width = exp(tw) w.
 * Source: `DecodeCenterSizeBoxes` in tensorflow/lite/kernels/detection_postprocess.cc, with scales of 1.
 */
import type { node } from "../onnx/graph.ts";

type Building = {
  add: (
    opType: string,
    input: readonly string[],
    output: readonly string[],
    attributes?: Parameters<typeof node>[3],
  ) => void;
  floats: (name: string, shape: readonly number[], values: ArrayLike<number>) => void;
  ints: (name: string, values: readonly number[]) => void;
};

type Raw = {
  /** [1, anchors, 4]: ty, tx, th, tw */
  boxes: string;
  /** [1, classes, anchors], 0..1 */
  scores: string;
  /** [anchors, 4]: y, x, height, width, as fractions of the input. */
  anchors: Float32Array;
  inputSize: number;
};

/** Adds `output0` [1, 4 + classes, anchors]: cx, cy, w, h in input pixels, then the scores. */
export function addDecode({ add, floats, ints }: Building, { boxes, scores, anchors, inputSize }: Raw): void {
  const count = anchors.length / 4;
  ["y", "x", "height", "width"].forEach((name, column) => {
    const values = Float32Array.from(
      { length: count },
      (_, row) => (anchors[row * 4 + column] ?? 0) * inputSize,
    );
    floats(`anchor:${name}`, [1, 1, count], values);
  });
  ints("four-rows", [1, 1, 1, 1]);
  add("Transpose", [boxes], ["shifts"], { perm: [0, 2, 1] });
  add("Split", ["shifts", "four-rows"], ["shift:y", "shift:x", "shift:height", "shift:width"], { axis: 1 });
  for (const [along, size] of [
    ["x", "width"],
    ["y", "height"],
  ]) {
    add("Mul", [`shift:${along}`, `anchor:${size}`], [`way:${along}`]);
    add("Add", [`way:${along}`, `anchor:${along}`], [`centre:${along}`]);
    add("Exp", [`shift:${size}`], [`growth:${size}`]);
    add("Mul", [`growth:${size}`, `anchor:${size}`], [`size:${size}`]);
  }
  add("Concat", ["centre:x", "centre:y", "size:width", "size:height"], ["boxes"], { axis: 1 });
  add("Concat", ["boxes", scores], ["output0"], { axis: 1 });
}
