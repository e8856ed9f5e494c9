import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assembleKernels, kernelFilesOf, kernelFolders } from "./build-kernels.ts";

describe("the kernels that are run", () => {
  for (const folder of kernelFolders) {
    it(`are those of ${folder} that can be read`, async () => {
      const { text, binary } = kernelFilesOf(folder);
      assert.ok(
        (await readFile(binary)).equals(await assembleKernels(text)),
        "kernels.wasm differs from kernels.wat; run: npm run build:kernels",
      );
    });
  }
});
