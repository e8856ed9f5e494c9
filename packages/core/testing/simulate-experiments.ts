/** Plays experiments whose truth is known, and judges them after every label. */
import { createTallies, judge, type Pair } from "../src/experiment/judge.ts";
import type { ExperimentVerdict } from "../src/experiment/wire.ts";
import { seeded } from "./seeded.ts";

/** Of one slice: how large a part of the items it is, and how often the challenger wins and loses in it. */
type SliceTruth = { name: string; share: number; win: number; loss: number };
export type Truth = {
  slices: readonly SliceTruth[];
  /** Whether being worse in one of them matters; without it nothing but the evidence of all is looked at. */
  watchesSlices: boolean;
  margin: number;
  pairsMax: number;
};
type Played = { verdict: ExperimentVerdict; labels: number };

function draw({ slices }: Truth, random: () => number): Pair {
  let place = random();
  const slice = slices.find(({ share }) => (place -= share) < 0) ?? slices.at(-1);
  if (!slice) throw new RangeError("expected a slice");
  const luck = random();
  const outcome = luck < slice.win ? "win" : luck < slice.win + slice.loss ? "loss" : "tie";
  return { outcome, slices: [slice.name] };
}

/** One experiment, until it is decided or has all its pairs. */
function playOne(truth: Truth, random: () => number): Played {
  const tallies = createTallies(truth.watchesSlices ? truth.slices.map(({ name }) => name) : []);
  for (let pairs = 0; pairs < truth.pairsMax; pairs += 1) {
    const pair = draw(truth, random);
    tallies.add(pair);
    if (pair.outcome === "tie" && pairs % 25 > 0) continue;
    const { verdict } = judge(tallies, truth.margin);
    if (verdict !== "go-on") return { verdict, labels: tallies.all.wins + tallies.all.losses };
  }
  return { verdict: "inconclusive", labels: tallies.all.wins + tallies.all.losses };
}

export type Outcome = { promoted: number; blocked: number; medianLabels: number | undefined };

/** Shares of `times` experiments (0..1), and the median of labels of those that were promoted. */
export function play(truth: Truth, times: number, seed: number): Outcome {
  const random = seeded(seed);
  const played = Array.from({ length: times }, () => playOne(truth, random));
  const promoted = played.filter(({ verdict }) => verdict === "promote");
  const labels = promoted.map((one) => one.labels).toSorted((a, b) => a - b);
  return {
    promoted: promoted.length / times,
    blocked: played.filter(({ verdict }) => verdict === "blocked").length / times,
    medianLabels: labels[Math.floor(labels.length / 2)],
  };
}

const half = (name: string, win: number, loss: number): SliceTruth => ({ name, share: 0.5, win, loss });

/** What is played: 10 % of disagreements, half of the items at night. */
export const truths = {
  equal: {
    slices: [half("day", 0.05, 0.05), half("night", 0.05, 0.05)],
    watchesSlices: false,
    margin: 0,
    pairsMax: 5_000,
  },
  equalInSlices: {
    slices: [half("day", 0.05, 0.05), half("night", 0.05, 0.05)],
    watchesSlices: true,
    margin: 0,
    pairsMax: 5_000,
  },
  better: {
    slices: [half("day", 0.08, 0.02), half("night", 0.08, 0.02)],
    watchesSlices: true,
    margin: 0,
    pairsMax: 20_000,
  },
  betterThanMargin: {
    slices: [half("day", 0.08, 0.02), half("night", 0.08, 0.02)],
    watchesSlices: true,
    margin: 0.03,
    pairsMax: 20_000,
  },
  atMargin: {
    slices: [half("day", 0.065, 0.035), half("night", 0.065, 0.035)],
    watchesSlices: false,
    margin: 0.03,
    pairsMax: 5_000,
  },
  blindAtNight: {
    slices: [
      { name: "day", share: 0.8, win: 0.12, loss: 0.01 },
      { name: "night", share: 0.2, win: 0.02, loss: 0.12 },
    ],
    watchesSlices: true,
    margin: 0,
    pairsMax: 20_000,
  },
} satisfies Record<string, Truth>;
