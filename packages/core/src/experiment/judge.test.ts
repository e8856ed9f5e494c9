import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { play, truths } from "../../testing/simulate-experiments.ts";
import { logBetter, logBetterBy } from "../always-valid.ts";

/** The closed form, by summing the likelihood ratio over chances of winning. */
function integrated(wins: number, losses: number): number {
  const steps = 20_000;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) {
    const p = 0.5 + (0.5 * (step + 0.5)) / steps;
    sum += (2 * p) ** wins * (2 * (1 - p)) ** losses;
  }
  return Math.log(sum / steps);
}

describe("the evidence of an experiment", () => {
  it("begins at nothing, and is the likelihood ratio that its formula sums up", () => {
    assert.ok(Math.abs(logBetter({ wins: 0, losses: 0 })) < 1e-12);
    for (const [wins, losses] of [
      [1, 0],
      [0, 1],
      [8, 2],
      [30, 30],
      [200, 150],
    ] as const) {
      assert.ok(
        Math.abs(logBetter({ wins, losses }) - integrated(wins, losses)) < 1e-3,
        `${wins}, ${losses}`,
      );
    }
    assert.ok(Number.isFinite(logBetter({ wins: 10_000, losses: 10_000 })));
  });

  it("of a margin has a mean of 1 at most where the truth is the margin itself", () => {
    const [margin, win, loss] = [0.03, 0.065, 0.035];
    const expected =
      win * Math.exp(logBetterBy(margin, { wins: 1, losses: 0, ties: 0 })) +
      loss * Math.exp(logBetterBy(margin, { wins: 0, losses: 1, ties: 0 })) +
      (1 - win - loss) * Math.exp(logBetterBy(margin, { wins: 0, losses: 0, ties: 1 }));
    assert.ok(Math.abs(expected - 1) < 1e-12, String(expected));
  });

  // `npm run experiments:simulate` plays 10,000 of each.
  it("promotes few models that are no better, though looked at after every label", () => {
    assert.ok(play({ ...truths.equal, pairsMax: 1_000 }, 200, 7).promoted <= 0.05);
  });

  it("promotes one that is better by 6 points with some 70 labels, and blocks one that misses people at night", () => {
    const better = play(truths.betterThanMargin, 40, 7);
    assert.equal(better.promoted, 1);
    assert.ok((better.medianLabels ?? Number.NaN) <= 80, String(better.medianLabels));
    const blind = play(truths.blindAtNight, 60, 7);
    assert.ok(blind.promoted <= 0.1 && blind.blocked >= 0.9, JSON.stringify(blind));
  });
});
