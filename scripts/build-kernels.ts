/**
 * `npm run build:kernels`: assembles each text into the binary beside it, which is what is run. One for a function that is
 * bundled is a module, because a bundle has no files beside it.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import wabt from "wabt";
import { root } from "./commands.ts";
import { terminal } from "./terminal.ts";

/** The arithmetic over pictures, over a sensor's thermal frames, and over embeddings. */
export const kernels = [
  { text: "gpu-worker/src/pipe/pixels/kernels.wat", binary: "gpu-worker/src/pipe/pixels/kernels.wasm" },
  { text: "edge-gateway/src/kernels/kernels.wat", binary: "edge-gateway/src/kernels/kernels.wasm" },
  { text: "packages/core/src/run/dots.wat", binary: "packages/core/src/run/dots.gen.ts" },
] as const;

type Kernel = (typeof kernels)[number];

/** What the binary's file holds. Throws with line and column where the text is wrong. */
export async function assemble({ text, binary }: Kernel): Promise<Uint8Array> {
  const assembler = await wabt();
  const path = join(root, text);
  // The type of the features lags behind the assembler.
  const features = { simd: true, relaxed_simd: true };
  const module = assembler.parseWat(path, await readFile(path), features);
  try {
    module.validate();
    const bytes = module.toBinary({}).buffer;
    return binary.endsWith(".ts") ? asModule(bytes) : bytes;
  } finally {
    module.destroy();
  }
}

function asModule(bytes: Uint8Array): Uint8Array {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,100}/g) ?? [];
  return Buffer.from(
    `/** Made by \`npm run build:kernels\`: base64 of WebAssembly. */\nexport const dots = [\n${lines.map((line) => `  "${line}",\n`).join("")}].join("");\n`,
  );
}

export function fileOf({ binary }: Kernel): string {
  return join(root, binary);
}

if (import.meta.main) {
  for (const kernel of kernels) {
    const bytes = await assemble(kernel);
    await writeFile(fileOf(kernel), bytes);
    terminal.line(`wrote ${relative(root, fileOf(kernel))}, ${bytes.length} bytes`);
  }
}
