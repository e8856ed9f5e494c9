import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { boundOf } from "./bound-of.ts";

describe("the bound of a share", () => {
  it("is Clopper and Pearson's", () => {
    assert.ok(Math.abs(boundOf(0, 100) - (1 - 0.05 ** (1 / 100))) < 1e-9);
    // Of 3 of 20: the quantile of a beta distribution, beta(4, 17) at .95.
    assert.ok(Math.abs(boundOf(3, 20) - 0.34366) < 1e-4);
    assert.equal(boundOf(5, 5), 1);
    assert.equal(boundOf(0, 0), 1);
  });
});
