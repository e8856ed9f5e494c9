import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { roomView } from "../../testing/device-frames.ts";
import { FusionRules } from "../fusion/rules.ts";
import { createCellWatch, type Rise } from "./watch-cells.ts";

const rules = FusionRules.parse({}).thermal;

/** What is told of a room, a frame a second, in which `paint` changes the view from the twentieth second on. */
function play(paint: (view: Float32Array, second: number) => void, seconds = 12): Rise[] {
  const watch = createCellWatch(rules);
  const told: Rise[] = [];
  for (let second = -20; second < seconds; second++) {
    const view = roomView(24, second + 100);
    if (second >= 0) paint(view, second);
    const rise = watch.watch(view, (second + 20) * 1_000);
    if (rise) told.push(rise);
  }
  return told;
}

const warm = (view: Float32Array, cells: readonly number[], celsius: number) => {
  for (const cell of cells) view[cell] = Math.max(view[cell] ?? 0, celsius);
};

describe("the watch over cells", () => {
  it("tells of a cell that is heated, with its rate", () => {
    const [first] = play((view, second) => warm(view, [400], 24 + 2 * (second + 1)));
    assert.equal(first?.cell, 400);
    assert.ok(Math.abs((first?.perSecond ?? 0) - 2) < 0.5, `${first?.perSecond} K/s`);
  });

  it("says nothing of a room that warms as a whole, however fast", () => {
    assert.deepEqual(
      play((view, second) => {
        for (let cell = 0; cell < view.length; cell++) view[cell] = (view[cell] ?? 0) + 0.5 * (second + 1);
      }),
      [],
    );
  });

  it("says nothing of a body that walks in and stands there", () => {
    assert.deepEqual(
      play((view, second) => {
        const column = Math.min(second, 8);
        for (let row = 6; row < 20; row++) warm(view, [row * 32 + column, row * 32 + column + 1], 33);
      }),
      [],
    );
  });

  it("says nothing of what jumps to a heat and stays, nor of one garbled frame", () => {
    assert.deepEqual(
      play((view) => warm(view, [400, 401], 40)),
      [],
    );
    assert.deepEqual(
      play((view, second) => warm(view, second === 5 ? [400] : [], 300)),
      [],
    );
  });
});
