/**
 * A model as its exporter left it, made ready once for this cache: rectangles instead of squares, bytes in, a few
 * hundred candidates out. It is compared with the original before it is kept, and runs half again as fast.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@vigil/core/platform/clock";
import { type LoadedModel, load } from "./index.ts";
import { prepare, sha256, write } from "./onnx/index.ts";
import { createdBy } from "./onnx/manifest.ts";

export type PrepareOnceOptions = {
  cacheDir: string;
  clock: Clock;
  onLog: (message: string, fields: Record<string, unknown>) => void;
};

/** Answers the model itself when it is prepared already, or when its graph cannot be edited. */
export async function prepareOnce(model: LoadedModel, options: PrepareOnceOptions): Promise<LoadedModel> {
  const { cacheDir, onLog } = options;
  if (model.output === "reduced") return model;
  const name = nameOf(model);
  const edition = sha256(Buffer.from(`${model.sha256} ${createdBy}`)).slice(0, 16);
  const folder = join(cacheDir, "prepared", edition);
  const path = join(folder, `${name}.onnx`);
  // What was kept and is whole serves; a file that a crash or a full disk left damaged is made again.
  const kept = await load(path, { cacheDir }).catch(() => undefined);
  // The same bytes may have come under another licence, or under none that was known.
  if (kept?.manifest) return { ...kept, licence: model.licence };
  try {
    onLog("preparing the model: once for this cache", { model: model.name });
    const source = await readFile(model.path);
    const createdAt = options.clock.now();
    const prepared = await prepare({ ...model, name, source, origin: model.path, createdAt });
    await write(folder, prepared.model, prepared.manifest);
    return await load(path, { cacheDir });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onLog("the model runs as it was exported: it cannot be prepared", { model: model.name, reason });
    return model;
  }
}

/** The model's own name, as far as it can name files. */
function nameOf({ name }: LoadedModel): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 64);
  return plain === "" ? "model" : plain;
}
