/**
 * `npm run experiments:simulate [-- TIMES [SEED]]`: plays experiments whose truth is known, judges them after every label, and
 * fails where models that are no better are promoted too often, a better one costs too many labels, or one that misses people at
 * night is not blocked.
 */
import "../../scripts/help.ts";
import { type Outcome, play, type Truth, truths } from "../../packages/core/testing/simulate-experiments.ts";
import { terminal } from "../../scripts/terminal.ts";

const [times = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

const wanted: Record<keyof typeof truths, { about: string; holds: (outcome: Outcome) => boolean }> = {
  equal: { about: "equal models, no slices watched", holds: ({ promoted }) => promoted <= 0.05 },
  equalInSlices: { about: "equal models, two slices watched", holds: ({ promoted }) => promoted <= 0.05 },
  better: {
    about: "better by 6 points, gate: better at all",
    holds: ({ promoted, medianLabels }) => promoted > 0.95 && (medianLabels ?? Number.NaN) <= 70,
  },
  betterThanMargin: {
    about: "better by 6 points, gate: by 3 points",
    holds: ({ promoted, medianLabels }) => promoted > 0.95 && (medianLabels ?? Number.NaN) <= 70,
  },
  atMargin: { about: "better by 3 points, gate: by 3 points", holds: ({ promoted }) => promoted <= 0.05 },
  blindAtNight: {
    about: "better on average, misses people at night",
    holds: ({ promoted, blocked }) => promoted <= 0.05 && blocked > 0.9,
  },
};

terminal.line(`${times} experiments each, judged after every label (seed ${seed})`);
for (const [name, truth] of Object.entries(truths) as [keyof typeof truths, Truth][]) {
  const outcome = play(truth, times, seed);
  const { about, holds } = wanted[name];
  const isRight = holds(outcome);
  if (!isRight) process.exitCode = 1;
  const { promoted, blocked, medianLabels = "–" } = outcome;
  terminal.line(
    `${isRight ? "holds" : "FAILS"}  ${about}: promoted ${percent(promoted)}, blocked ${percent(blocked)}, median labels ${medianLabels}`,
  );
}
