/** The small detectors as a worker prepares them. */
import type { Layout } from "../src/model/onnx/layout.ts";
import { prepare } from "../src/model/onnx/prepare.ts";
import { smallDetector, smallLabels, smallSize } from "./small-detector.ts";

export async function preparedSmall(
  layout: Layout,
  options: { candidates?: number } = {},
): Promise<Uint8Array> {
  const { model } = await prepare({
    source: smallDetector(layout),
    name: "small",
    layout,
    inputSize: smallSize,
    labels: smallLabels,
    licence: "Apache-2.0",
    origin: "small.onnx",
    createdAt: new Date(0),
    ...options,
  });
  return model;
}
