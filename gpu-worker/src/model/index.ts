/**
 * Models: found by name, verified, and recognised before anything runs them.
 *
 *     const model = await load("yolov8n", { cacheDir: ".vigil/cache" });
 *
 * A name is one of the catalogue's (`models.json`), that of a prepared model in `<cacheDir>/models/<name>/`, or the
 * path of an `.onnx` or `.tflite` file. A file without a manifest beside it must be of a layout that its shapes betray.
 */
import { access, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type DetectorEntry, readCatalogue } from "./catalogue.ts";
import { cocoLabels, cocoLabels90 } from "./coco-labels.ts";
import { convertOnce } from "./convert-once.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { recognise } from "./onnx/layout.ts";
import { findManifest, manifestPath } from "./onnx/manifest.ts";
import { decode } from "./onnx/protobuf.ts";
import { findSha256 } from "./sha256.ts";
import { type ObtainOptions, obtain } from "./store.ts";

export { readCatalogue } from "./catalogue.ts";
export { cocoLabels } from "./coco-labels.ts";
export { convertOnce } from "./convert-once.ts";
export type { Progress } from "./extract-file.ts";
export type { LoadedModel } from "./loaded-model.ts";
export type { Layout } from "./onnx/layout.ts";
export { type PhotographName, photograph } from "./photographs.ts";
export { type ObtainOptions, obtain } from "./store.ts";

/** Throws when there is no such model, when its bytes are not those that were promised, or of no known layout. */
export async function load(name: string, options: ObtainOptions): Promise<LoadedModel> {
  if (name.endsWith(".onnx")) return loadFile(resolve(name));
  if (name.endsWith(".tflite")) return loadTflite(resolve(name), options);
  const prepared = preparedPath(name, options.cacheDir);
  if (await exists(prepared)) return loadFile(prepared);
  const { detectors } = await readCatalogue();
  const entry = detectors[name];
  if (!entry) {
    throw new Error(
      `expected the path of an .onnx or .tflite file, a prepared model in ${options.cacheDir}/models or one of ` +
        `${Object.keys(detectors).join(", ")}; got ${name}`,
    );
  }
  return loadEntry(name, entry, options);
}

/** Where a prepared model of this name lies. */
export function preparedPath(name: string, cacheDir: string): string {
  return join(cacheDir, "models", name, `${name}.onnx`);
}

async function loadFile(path: string): Promise<LoadedModel> {
  const sha256 = await findSha256(path);
  if (sha256 === undefined) throw new Error(`expected a model at ${path}, got no such file`);
  const manifest = await findManifest(path);
  if (!manifest) {
    const name = basename(path, ".onnx");
    return fromGraph({ name, path, sha256, licence: "unknown", labels: undefined, expected: {} });
  }
  if (manifest.result.sha256 !== sha256) {
    throw new Error(
      `expected sha256 ${manifest.result.sha256} as ${manifestPath(path)} says, got ${sha256}; prepare the model again`,
    );
  }
  const { name, layout, inputSize, rectangular, labels, input, output, precision } = manifest;
  const licence = manifest.source.licence;
  const known = { name, sha256, path, layout, inputSize, labels, licence, input, output, precision };
  return { ...known, rectangular, batch: "dynamic", manifest };
}

/** Its numbers of classes are TensorFlow's. */
async function loadTflite(path: string, { cacheDir }: ObtainOptions): Promise<LoadedModel> {
  if (!(await exists(path))) throw new Error(`expected a model at ${path}, got no such file`);
  const converted = await convertOnce(path, cacheDir);
  const sha256 = (await findSha256(converted)) ?? "";
  const file = { name: basename(path, ".tflite"), path: converted, sha256, licence: "unknown" };
  return fromGraph({ ...file, labels: cocoLabels90, expected: { classes: cocoLabels90.length } });
}

async function loadEntry(name: string, entry: DetectorEntry, options: ObtainOptions): Promise<LoadedModel> {
  const { file, layout, inputSize, labels, licence } = entry;
  const path = await convertOnce(
    "package" in file ? await obtain({ ...file, licence }, options) : file.path,
    options.cacheDir,
  );
  const sha256 = await findSha256(path);
  if (sha256 === undefined) throw new Error(`expected the model ${name} at ${path}, got no such file`);
  const expected = { layout, inputSize, classes: labels.length };
  return fromGraph({ name, path, sha256, licence, labels, expected });
}

type Unprepared = Pick<LoadedModel, "name" | "path" | "sha256" | "licence"> & {
  labels: readonly string[] | undefined;
  expected: { layout?: LoadedModel["layout"]; inputSize?: number; classes?: number };
};

/** A model as it was exported: float32 in, every anchor out. */
async function fromGraph({ labels, expected, ...file }: Unprepared): Promise<LoadedModel> {
  const found = recognise(decode(await readFile(file.path)), expected);
  return {
    ...file,
    layout: found.layout,
    inputSize: found.inputSize,
    rectangular: false,
    labels: labels ?? defaultLabels(found.classes),
    input: "f32-chw",
    output: "raw",
    precision: "float32",
    batch: typeof found.batch === "number" ? found.batch : "dynamic",
  };
}

function defaultLabels(classes: number): readonly string[] {
  if (classes === cocoLabels.length) return cocoLabels;
  return Array.from({ length: classes }, (_, index) => `class ${index}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
