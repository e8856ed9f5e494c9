/** The manifest beside a prepared model, as far as the loader needs it. */
import { readFile } from "node:fs/promises";
import * as z from "zod";

const Prepared = z.looseObject({
  v: z.literal(1),
  name: z.string().min(1).max(200),
  source: z.looseObject({ licence: z.string() }),
  result: z.looseObject({ sha256: z.string() }),
  layout: z.enum(["yolov8", "yolox"]),
  inputSize: z.int(),
  /** Absent in manifests that were written before models took rectangles. */
  rectangular: z.boolean().default(false),
  labels: z.array(z.string()),
  input: z.enum(["f32-chw", "u8-hwc"]),
  output: z.enum(["raw", "reduced"]),
  precision: z.enum(["float32", "int8", "mixed"]),
});
export type Prepared = z.infer<typeof Prepared>;

/** `yolov8n.onnx` has its manifest in `yolov8n.manifest.json`. */
export function manifestPath(modelPath: string): string {
  return `${modelPath.replace(/\.onnx$/, "")}.manifest.json`;
}

/** Undefined when the model has no manifest; throws when it has one that cannot be read. */
export async function findManifest(modelPath: string): Promise<Prepared | undefined> {
  const path = manifestPath(modelPath);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const parsed = Prepared.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(`${path} is not a manifest of version 1:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
