/**
 * A detector that its package ships for TensorFlow Lite, as an ONNX file: made once for this cache.
 *
 *     const path = await convertOnce("efficientdet-lite2.tflite", ".vigil/cache"); // ".vigil/cache/converted/….onnx"
 */
import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { sha256 } from "./onnx/manifest.ts";
import { encode } from "./onnx/protobuf.ts";
import { replace } from "./onnx/write.ts";
import { findSha256 } from "./sha256.ts";
import { toOnnx } from "./tflite/to-onnx.ts";

/** Changes with every change of what a conversion makes. */
const edition = "1";

/** Answers the path itself of a file of any other kind. Throws when it is no detector that can be converted. */
export async function convertOnce(path: string, cacheDir: string): Promise<string> {
  if (!path.endsWith(".tflite")) return path;
  const source = await readFile(path);
  const folder = join(cacheDir, "converted");
  const key = sha256(Buffer.from(`${edition} ${sha256(source)}`)).slice(0, 16);
  const converted = join(folder, `${key}-${basename(path, ".tflite")}.onnx`);
  // What was kept and is whole serves; a file that a crash or a full disk left damaged is made again.
  const noted = await readFile(`${converted}.sha256`, "utf8").catch(() => undefined);
  if (noted !== undefined && (await findSha256(converted)) === noted) return converted;
  const model = encode(toOnnx(source));
  await mkdir(folder, { recursive: true });
  await replace(converted, model);
  await replace(`${converted}.sha256`, sha256(model));
  return converted;
}
