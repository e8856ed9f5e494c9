import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pixels } from "./grid.ts";
import { createHotCells } from "./hot-cells.ts";

const rules = { on: 60, critical: 90, aboveBaseline: 15, halfLifeSeconds: 5 };

/** A view of 24 degrees in which some cells are warmer. */
function view(cells: Record<number, number> = {}): Float32Array {
  const celsius = new Float32Array(pixels).fill(24);
  for (const [cell, value] of Object.entries(cells)) celsius[Number(cell)] = value;
  return celsius;
}

describe("hot cells", () => {
  it("count after three frames as a group, and after four or five when one is alone", () => {
    const frames = (cells: Record<number, number>) => {
      const hot = createHotCells(rules);
      for (let frame = 1; frame < 20; frame++) {
        if (hot.take(view(cells), frame * 500, undefined)) return frame;
      }
      return Number.POSITIVE_INFINITY;
    };
    assert.equal(frames({ 100: 70, 101: 70 }), 3);
    assert.ok([4, 5].includes(frames({ 100: 70 })), `${frames({ 100: 70 })}`);
    assert.equal(frames({ 100: 59.9 }), Number.POSITIVE_INFINITY);
  });

  it("lose half of their weight in the half-life, so that a gap of a frame is none", () => {
    const hot = createHotCells(rules);
    for (let frame = 0; frame < 6; frame++) hot.take(view({ 100: 95, 101: 95 }), frame * 500, undefined);
    assert.deepEqual(
      [hot.take(view(), 3_000, undefined)?.cells, hot.take(view(), 60_000, undefined)],
      [2, undefined],
    );
  });

  it("are none where one pixel fails: hot every second frame or now and then, and nothing around it", () => {
    const hot = createHotCells(rules);
    for (let frame = 0; frame < 400; frame++) {
      const shows = frame < 200 ? frame % 2 === 0 : frame % 7 < 3;
      assert.equal(hot.take(view(shows ? { 100: 150 } : {}), frame * 500, undefined), undefined);
    }
  });

  it("say how many are critical, which is the hottest, and from how many they grew", () => {
    const hot = createHotCells(rules);
    for (let frame = 0; frame < 24; frame++) hot.take(view({ 100: 70, 101: 95 }), frame * 500, undefined);
    let heat = hot.take(view(), 12_000, undefined);
    for (let frame = 25; frame < 36; frame++) {
      const cells = Object.fromEntries([98, 99, 100, 101, 102, 103, 104].map((cell) => [cell, 80]));
      heat = hot.take(view({ ...cells, 101: 120 }), frame * 500, undefined);
    }
    assert.deepEqual(
      [heat?.cells, heat?.criticalCells, heat?.hottestCell, heat?.hottestCelsius, heat?.grewFrom],
      [7, 1, 101, 120, 2],
    );
  });

  it("stand above their approved baseline by the margin, and by what it usually strays", () => {
    const baseline = {
      celsius: view({ 100: 58, 101: 58 }),
      strayCelsius: new Float32Array(pixels).fill(0.5),
    };
    const told = (celsius: number, strayCelsius = 0.5) => {
      const hot = createHotCells(rules);
      const known = { ...baseline, strayCelsius: new Float32Array(pixels).fill(strayCelsius) };
      let heat: ReturnType<typeof hot.take>;
      for (let frame = 0; frame < 4; frame++) {
        heat = hot.take(view({ 100: celsius, 101: celsius }), frame * 500, known);
      }
      return heat?.cells ?? 0;
    };
    assert.deepEqual([told(72), told(74), told(74, 5), told(90, 5)], [0, 2, 0, 2]);
  });
});
