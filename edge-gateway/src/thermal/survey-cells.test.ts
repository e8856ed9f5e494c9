import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pixels } from "./grid.ts";
import { countOutside, hottestOf } from "./survey-cells.ts";

describe("a survey of all cells", () => {
  it("finds the hottest cell wherever it is, and passes over what is no number", () => {
    for (let cell = 0; cell < pixels; cell++) {
      const celsius = new Float32Array(pixels).fill(-40);
      celsius[(cell + 1) % pixels] = Number.NaN;
      celsius[cell] = -39.5;
      assert.equal(hottestOf(celsius), -39.5);
    }
    assert.equal(hottestOf(new Float32Array(pixels).fill(Number.NaN)), Number.NEGATIVE_INFINITY);
  });

  it("counts what lies outside of a range, what is no number among it", () => {
    const celsius = new Float32Array(pixels).fill(20);
    celsius.set([-60, -60.5, 1_000, 1_000.5, Number.NaN, Number.POSITIVE_INFINITY], 300);
    celsius[767] = -100;
    assert.equal(countOutside(celsius, -60, 1_000), 5);
  });
});
