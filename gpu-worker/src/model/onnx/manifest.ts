/**
 * What is written beside every prepared model: where it came from, what was done to it, how well it agrees.
 *
 * `<name>.onnx` has `<name>.manifest.json`, in one folder.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as z from "zod";
import { layouts } from "./anchors.ts";

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, "expected a sha256 in 64 hex digits");
const fraction = z.number().min(0).max(1);

/** Detections of two models on the same frames, matched by label and IoU >= `iou`; see `tools/quantise/agreement.ts`. */
export const AgreementFigures = z.object({
  frames: z.int().min(0),
  /** What the detections were compared with. */
  reference: z.string(),
  confidence: fraction,
  iou: fraction,
  referenceDetections: z.int().min(0),
  candidateDetections: z.int().min(0),
  matched: z.int().min(0),
  recall: fraction,
  precision: fraction,
  /** Of the reference's detections, matched by a detection of any confidence that is reported at all (0.25). */
  recallAtAnyConfidence: fraction,
  meanIou: fraction,
  meanConfidenceDifference: fraction,
});
export type AgreementFigures = z.infer<typeof AgreementFigures>;

export const Manifest = z.object({
  v: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "expected 1..64 of a-z 0-9 . _ -"),
  source: z.object({
    name: z.string(),
    sha256: sha256Hex,
    licence: z.string(),
    /** Where the source came from: package@version and path, or a file name. */
    origin: z.string(),
  }),
  result: z.object({ sha256: sha256Hex, bytes: z.int().positive() }),
  layout: z.enum(layouts),
  /** The longest side of the input, in pixels. */
  inputSize: z.int().positive(),
  /** Whether the input may be any rectangle of sides in multiples of 32 up to that; a square only otherwise. */
  rectangular: z.boolean(),
  /** By class index. */
  labels: z.array(z.string()).min(1),
  /** uint8 [n, H, W, 3], RGB; see `model/onnx/u8-input.ts` and `model/onnx/rectangles.ts`. */
  input: z.literal("u8-hwc"),
  /** boxes, scores, classes; see `model/onnx/reduced-output.ts`. */
  output: z.literal("reduced"),
  /** What it says of a picture as a whole, see `model/onnx/embedding.ts`; null: nothing. */
  embedding: z.literal("pooled-backbone").nullable(),
  /** `mixed`: INT8 with some layers between input and head left in float32, named in `options`. */
  precision: z.enum(["float32", "int8", "mixed"]),
  options: z.record(z.string(), z.json()),
  calibration: z
    .object({
      frames: z.int().positive(),
      /** sha256 of the frames' own sha256 (hex, sorted, one a line). */
      sha256OfList: sha256Hex,
      /** True when the operator gave no frames and the sample photographs were used. */
      default: z.boolean(),
    })
    .nullable(),
  agreement: AgreementFigures.nullable(),
  /** Median milliseconds of one image in a session of one thread, on the machine that quantised. */
  speed: z
    .object({
      float32Ms: z.number().positive(),
      resultMs: z.number().positive(),
      processor: z.string(),
    })
    .nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type Manifest = z.infer<typeof Manifest>;

/** What the loader needs of a manifest; the rest is kept as it stands. */
const Readable = z.looseObject({
  ...Manifest.pick({
    v: true,
    name: true,
    layout: true,
    inputSize: true,
    labels: true,
    input: true,
    output: true,
    precision: true,
  }).shape,
  source: z.looseObject(Manifest.shape.source.pick({ licence: true }).shape),
  result: z.looseObject(Manifest.shape.result.pick({ sha256: true }).shape),
  /** Absent in manifests that were written before models took rectangles. */
  rectangular: Manifest.shape.rectangular.default(false),
});
type Readable = z.infer<typeof Readable>;

/** `yolov8n.onnx` has its manifest in `yolov8n.manifest.json`. */
export function manifestPath(modelPath: string): string {
  return `${modelPath.replace(/\.onnx$/, "")}.manifest.json`;
}

/** Undefined when the model has no manifest; throws when it has one that cannot be read. */
export async function findManifest(modelPath: string): Promise<Readable | undefined> {
  const path = manifestPath(modelPath);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const parsed = Readable.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new Error(`${path} is not a manifest of version 1:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** Its version changes with every change of what an edit makes of a graph. */
export const createdBy = "vigil model prepare 0.3.0";

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** One hash for a set of files, whatever their order and names. */
export function sha256OfList(hashes: readonly string[]): string {
  return sha256(Buffer.from(hashes.toSorted().join("\n")));
}
