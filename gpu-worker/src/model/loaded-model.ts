/** What is known about a model once its file is verified and its layout recognised. */

import type { Layout } from "./onnx/layout.ts";

export type LoadedModel = {
  name: string;
  sha256: string;
  /** The verified file on this machine. */
  path: string;
  layout: Layout;
  /** The longest side of the input, in pixels. */
  inputSize: number;
  /** Whether the input may be any rectangle of sides in multiples of 32 up to `inputSize`; a square only otherwise. */
  rectangular: boolean;
  /** By class index. */
  labels: readonly string[];
  licence: string;
  /** `f32-chw`: [N, 3, S, S] float; `u8-hwc`: [N, H, W, 3] bytes, transposed and scaled inside the graph. */
  input: "f32-chw" | "u8-hwc";
  /** `raw`: every anchor; `reduced`: the graph picks the best class of each anchor and the best anchors. */
  output: "raw" | "reduced";
  precision: "float32" | "int8" | "mixed";
  /** Images per run: a number when the graph fixes it, "dynamic" otherwise. */
  batch: number | "dynamic";
  /** Of a prepared model: where it came from and how it was made. */
  manifest?: Readonly<Record<string, unknown>>;
};
