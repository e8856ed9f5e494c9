import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cannotGrow, cannotShrink, factorsOf, noticedBy, pathsOf } from "../../testing/weight-mutants.ts";
import { weights } from "./weights.ts";

describe("the scenarios hold every weight in place", () => {
  for (const path of pathsOf(weights)) {
    const name = path.join(".");
    it(`${name} cannot be multiplied by ${factorsOf(name).join(", ")} unnoticed`, () => {
      const unnoticed = factorsOf(name).filter((factor) => noticedBy(path, factor) === undefined);
      assert.deepEqual(
        unnoticed,
        [],
        `no scenario fails when ${name} is multiplied by ${unnoticed.join(", ")}`,
      );
    });
  }

  it("makes an exception of no weight that the scenarios could hold", () => {
    const paths = pathsOf(weights);
    const pathOf = (name: string) => paths.find((path) => path.join(".") === name) ?? assert.fail(name);
    for (const name of cannotGrow) assert.equal(noticedBy(pathOf(name), 2), undefined, name);
    for (const name of cannotShrink) {
      for (const factor of [0, 0.5]) assert.equal(noticedBy(pathOf(name), factor), undefined, name);
    }
  });
});
