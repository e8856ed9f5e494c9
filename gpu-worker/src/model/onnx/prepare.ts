/**
 * From a detector as its exporter left it to one that the worker runs best: dynamic batch, uint8 pixels in,
 * any rectangle up to the square, reduced candidates out. What the edited graph says is compared with the original before it is handed over.
 *
 * @example
 *   const { model, manifest } = await prepare({
 *     source: await readFile("yolov8n.onnx"), name: "yolov8n", layout: "yolov8", inputSize: 640, labels,
 *     licence: "AGPL-3.0", origin: "yolov8n.onnx", createdAt: new Date(),
 *   });
 */
import { withDynamicBatch } from "./dynamic-batch.ts";
import { embeddingName, withEmbedding } from "./embedding.ts";
import { type Layout, recognise } from "./layout.ts";
import { createdBy, Manifest, sha256 } from "./manifest.ts";
import { withOpset13 } from "./opset.ts";
import { decode, encode } from "./protobuf.ts";
import { takesRectangles, withRectangles } from "./rectangles.ts";
import { candidatesDefault, withReducedOutput } from "./reduced-output.ts";
import { withUint8Input } from "./u8-input.ts";
import { verify } from "./verify.ts";

export type PrepareOptions = {
  /** The bytes of an ONNX file with float32 weights. */
  source: Uint8Array;
  /** Of the result; names its files. */
  name: string;
  layout: Layout;
  /** Side of the square input, in pixels, a multiple of 32. */
  inputSize: number;
  /** By class index; one for each class of the model. */
  labels: readonly string[];
  licence: string;
  /** Where the source came from, for the manifest. */
  origin: string;
  createdAt: Date;
  /** Rows of the reduced output, 1..anchors; 300 unless said otherwise. */
  candidates?: number;
};

/** Throws with what was expected and what came when the model is not of its layout or cannot be edited. */
export async function prepare(options: PrepareOptions): Promise<{ model: Uint8Array; manifest: Manifest }> {
  const { source, name, layout, inputSize, labels, candidates = candidatesDefault } = options;
  const original = decode(source);
  const shape = recognise(original, { layout, inputSize, classes: labels.length });
  const batched = withDynamicBatch(withOpset13(original));
  const square = withEmbedding(withReducedOutput(withUint8Input(batched, shape), shape, candidates));
  const fitted = layout === "efficientdet" ? undefined : encode(withRectangles(square, inputSize));
  const rectangular = fitted !== undefined && (await takesRectangles(fitted, inputSize));
  const model = rectangular ? fitted : encode(square);
  await verify(source, model, shape);
  const manifest = Manifest.parse({
    v: 1,
    name,
    source: {
      name: options.origin.split("/").at(-1),
      sha256: sha256(source),
      licence: options.licence,
      origin: options.origin,
    },
    result: { sha256: sha256(model), bytes: model.length },
    layout,
    inputSize,
    labels: [...labels],
    rectangular,
    input: "u8-hwc",
    output: "reduced",
    embedding: square.graph.output.some(({ name: output }) => output === embeddingName)
      ? "pooled-backbone"
      : null,
    precision: "float32",
    options: { candidates: Math.min(candidates, shape.anchors), dynamicBatch: true },
    calibration: null,
    agreement: null,
    speed: null,
    createdBy,
    createdAt: options.createdAt.toISOString(),
  } satisfies Record<keyof Manifest, unknown>);
  return { model, manifest };
}
