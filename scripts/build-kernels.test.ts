import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assemble, fileOf, kernels } from "./build-kernels.ts";

describe("the kernels that are run", () => {
  for (const kernel of kernels) {
    it(`are those of ${kernel.text} that can be read`, async () => {
      assert.ok(
        (await readFile(fileOf(kernel))).equals(await assemble(kernel)),
        `${kernel.binary} differs from its text; run: npm run build:kernels`,
      );
    });
  }
});
