import { readFile } from "node:fs/promises";
import { load } from "../../model/index.ts";
import { decode, inspect } from "../../model/onnx/index.ts";
import type { Options } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Prints even what is refused: the point of looking is to learn why. */
export async function runInspect(options: Options, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const name = options.model ?? "";
  const path = name.endsWith(".onnx")
    ? name
    : (await load(name, { cacheDir: options["cache-dir"], signal })).path;
  const found = inspect(decode(await readFile(path)), {
    ...(options.layout && { layout: options.layout }),
    ...(options.size && { inputSize: options.size }),
  });
  const rows: [string, string][] = [
    ["file", path],
    ["producer", found.producer],
    ["opset", `${found.opset} (IR ${found.irVersion})`],
    ["inputs", found.inputs.join(", ")],
    ["outputs", found.outputs.join(", ")],
    ["operators", found.operators.map(([operator, count]) => `${operator} ${count}`).join(", ")],
    ["weights", `${(found.weightBytes / 1e6).toFixed(1)} MB`],
    ["layout", found.verdict],
  ];
  for (const [label, text] of rows) terminal.print(`${label.padEnd(10)} ${text}`);
}
