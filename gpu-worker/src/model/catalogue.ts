/** The catalogue `models.json`: which models Vigil knows by name, where their files come from, and their licences. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { cocoLabels, cocoLabels90 } from "./coco-labels.ts";
import { layouts } from "./onnx/anchors.ts";

const Licence = z.string().min(1);

const InPackage = z.strictObject({
  package: z.string().min(1),
  /** Exact: a range would let the content change under its name. */
  version: z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/, "must be an exact version such as 1.2.3"),
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits"),
});
/** A file of the operator's own; relative paths start at the catalogue. */
const OnDisk = z.strictObject({ path: z.string().min(1) });
const File = z.union([InPackage, OnDisk]);

const Labels = z.union([
  z.literal("coco").transform(() => cocoLabels),
  z.literal("coco-90").transform(() => cocoLabels90),
  z.array(z.string().min(1).max(64)).min(1).max(1_000),
]);

export const DetectorEntry = z.strictObject({
  about: z.string(),
  file: File,
  layout: z.enum(layouts),
  /** Side of the square input, in pixels; a multiple of 32. */
  inputSize: z.int().min(32).max(2_048).multipleOf(32),
  labels: Labels,
  licence: Licence,
});
export type DetectorEntry = z.infer<typeof DetectorEntry>;

const SecondStageEntry = z.strictObject({ about: z.string(), file: InPackage, licence: Licence });

export const Catalogue = z.strictObject({
  v: z.literal(1),
  detectors: z.record(z.string().regex(/^[\w.-]{1,100}$/), DetectorEntry),
  secondStage: z.strictObject({
    faces: SecondStageEntry,
    plates: SecondStageEntry,
    plateFinder: SecondStageEntry,
    plateCharacters: SecondStageEntry,
  }),
});
export type Catalogue = z.infer<typeof Catalogue>;

const cataloguePath = fileURLToPath(new URL("../../models.json", import.meta.url));

/** Throws with every fault at once when the catalogue does not match its schema. */
export async function readCatalogue(path = cataloguePath): Promise<Catalogue> {
  const parsed = Catalogue.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (!parsed.success) {
    throw new Error(`${path} is not a catalogue of models:\n${z.prettifyError(parsed.error)}`);
  }
  const folder = dirname(path);
  for (const entry of Object.values(parsed.data.detectors)) {
    if (!("package" in entry.file)) entry.file.path = resolve(folder, entry.file.path);
  }
  return parsed.data;
}
