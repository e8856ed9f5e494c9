/** Prepared models on disk: `<folder>/<name>.onnx` with `<name>.manifest.json` beside it. */
import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Manifest, manifestPath } from "./manifest.ts";

/**
 * Each file appears whole or not at all; the manifest comes last and names the model's hash, so a reader that finds
 * both can tell whether they belong together. Answers the model's path.
 */
export async function write(folder: string, model: Uint8Array, manifest: Manifest): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${manifest.name}.onnx`);
  await replace(path, model);
  await replace(manifestPath(path), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return path;
}

/** The file appears whole or not at all. */
export async function replace(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(temporary, content, { flush: true });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
