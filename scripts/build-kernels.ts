/** `npm run build:kernels`: assembles the arithmetic over pixels, kernels.wat, into the kernels.wasm that is run. */
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import wabt from "wabt";
import { root } from "./commands.ts";
import { terminal } from "./terminal.ts";

const folder = join(root, "gpu-worker/src/pipe/pixels");
export const kernelFiles = { text: join(folder, "kernels.wat"), binary: join(folder, "kernels.wasm") };

/** Throws with line and column where the text is wrong. */
export async function assembleKernels(): Promise<Uint8Array> {
  const assembler = await wabt();
  const module = assembler.parseWat(kernelFiles.text, await readFile(kernelFiles.text), { simd: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

if (import.meta.main) {
  const binary = await assembleKernels();
  await writeFile(kernelFiles.binary, binary);
  terminal.line(`wrote ${relative(root, kernelFiles.binary)}, ${binary.length} bytes`);
}
