/** `npm run build:kernels`: assembles each kernels.wat into the kernels.wasm beside it, which is what is run. */
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import wabt from "wabt";
import { root } from "./commands.ts";
import { terminal } from "./terminal.ts";

/** The arithmetic over pictures, and over a sensor's thermal frames. */
export const kernelFolders = ["gpu-worker/src/pipe/pixels", "edge-gateway/src/kernels"] as const;

export function kernelFilesOf(folder: (typeof kernelFolders)[number]): { text: string; binary: string } {
  return { text: join(root, folder, "kernels.wat"), binary: join(root, folder, "kernels.wasm") };
}

/** Throws with line and column where the text is wrong. */
export async function assembleKernels(text: string): Promise<Uint8Array> {
  const assembler = await wabt();
  const module = assembler.parseWat(text, await readFile(text), { simd: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

if (import.meta.main) {
  for (const folder of kernelFolders) {
    const { text, binary } = kernelFilesOf(folder);
    const bytes = await assembleKernels(text);
    await writeFile(binary, bytes);
    terminal.line(`wrote ${relative(root, binary)}, ${bytes.length} bytes`);
  }
}
