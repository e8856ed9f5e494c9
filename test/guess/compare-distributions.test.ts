import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compareDistributions } from "./compare-distributions.ts";

describe("comparing two samples", () => {
  const even = Array.from({ length: 400 }, (_, number) => number);

  it("finds those of one distribution alike, and those that lie apart apart", () => {
    assert.equal(compareDistributions(even, even).chance, 1);
    const shuffled = even.filter((number) => number % 2 === 0);
    assert.ok(compareDistributions(even, shuffled).chance > 0.9);
    const later = even.map((number) => number + 60);
    assert.ok(compareDistributions(even, later).chance < 0.001);
    assert.deepEqual(compareDistributions(even, later).medians, [200, 260]);
  });
});
