import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { assembleKernels, kernelFiles } from "../../../../scripts/build-kernels.ts";

it("the kernels that are run are those that can be read", async () => {
  assert.ok(
    (await readFile(kernelFiles.binary)).equals(await assembleKernels()),
    "kernels.wasm differs from kernels.wat; run: npm run build:kernels",
  );
});
