import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createBand } from "./band.ts";
import { FusionRules } from "./rules.ts";

const rule = FusionRules.parse({}).smokePercent;

function play(values: readonly number[], everyMs = 1_000) {
  const band = createBand(rule, 15);
  return values.map((value, index) => {
    band.take(value, index * everyMs);
    return band.state(index * everyMs);
  });
}

describe("a band", () => {
  it("takes no single spike for evidence", () => {
    assert.ok(play([8, 100, 8, 100, 8, 100, 100, 8]).every((state) => state === 0));
  });

  it("begins above its threshold and ends only well below it", () => {
    assert.deepEqual(play([8, 26, 26, 26, 26, 20, 19, 24, 17, 20]), [0, 0, 0, 0, 1, 1, 1, 1, 0, 0]);
  });

  it("decides alone when it stays far above, or long enough", () => {
    assert.equal(play(Array(10).fill(70)).at(-1), 2);
    const lasting = play(Array(200).fill(40));
    assert.equal(lasting[59], 1);
    assert.equal(lasting.at(-1), 2);
    assert.equal(play(Array(900).fill(30)).at(-1), 1);
    const gusts = Array.from({ length: 900 }, (_, second) => 30 + 8 * Math.sin(second / 17));
    assert.ok(play(gusts).every((state) => state < 2));
  });

  it("forgets what is stale, and does not count the gap as time above", () => {
    const band = createBand(rule, 15);
    for (let second = 0; second < 5; second++) band.take(30, second * 1_000);
    assert.equal(band.state(4_000), 1);
    assert.equal(band.state(30_000), 0);
    band.take(30, 600_000);
    assert.equal(band.state(600_000), 0);
  });
});
