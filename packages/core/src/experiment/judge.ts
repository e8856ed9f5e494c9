/** What follows from the pairs of an experiment: goes on, is promoted, blocked by a slice, or ends without an answer. */

import { logBetter, logBetterBy, logWorse, type Tally } from "../always-valid.ts";
import { experiment as limits } from "../limits.ts";
import type { ExperimentVerdict, PairOutcome, SliceView } from "./wire.ts";

/** Of one item that both models looked at; `outcome` is the challenger's. */
export type Pair = { outcome: PairOutcome; slices: readonly string[] };

const outcomes = { win: "wins", loss: "losses", tie: "ties" } as const;

export function emptyTally(): Tally {
  return { wins: 0, losses: 0, ties: 0 };
}

/** Counts pairs one by one, all of them and by slice. */
export function createTallies(slices: readonly string[]) {
  const all = emptyTally();
  const bySlice = new Map(slices.map((name) => [name, emptyTally()]));
  return {
    all,
    bySlice,
    add(pair: Pair): void {
      const field = outcomes[pair.outcome];
      all[field] += 1;
      for (const name of new Set(pair.slices)) {
        const slice = bySlice.get(name);
        if (slice) slice[field] += 1;
      }
    },
  };
}
export type Tallies = ReturnType<typeof createTallies>;

export type Judgement = {
  verdict: ExperimentVerdict;
  /** Evidence that the challenger is better by the margin: promoted from 1 / alpha on. */
  logEvidence: number;
  slices: SliceView[];
  reasons: string[];
};

/**
 * The rules, in their order: a slice in which the challenger is worse blocks it, whatever it gains elsewhere (alpha is shared by
 * the slices and by all items together); evidence of 1 / alpha promotes it, once every slice was seen often enough and leans to
 * worse in none; what needs more pairs than there may be ends without an answer.
 */
export function judge({ all, bySlice }: Tallies, margin: number): Judgement {
  const watched = [...bySlice];
  const logHarm = Math.log((watched.length + 1) / limits.alpha);
  const logEvidence = margin === 0 ? logBetter(all) : logBetterBy(margin, all);
  const slices = watched.map(([name, tally]) => ({ name, ...tally, state: stateOf(tally, logHarm) }));
  const named = (state: SliceView["state"]) =>
    slices.filter((one) => one.state === state).map(({ name }) => name);
  const pairs = all.wins + all.losses + all.ties;
  const worse = [...named("worse"), ...(logWorse(all) >= logHarm ? ["all items"] : [])];
  if (worse.length > 0) {
    return { verdict: "blocked", logEvidence, slices, reasons: worse.map((name) => `worse: ${name}`) };
  }
  const reasons = [
    ...(logEvidence >= Math.log(1 / limits.alpha) ? [] : ["not enough evidence yet"]),
    ...named("unseen").map((name) => `fewer than ${limits.slicePairsMin} pairs: ${name}`),
    ...named("leans-worse").map((name) => `may be worse: ${name}`),
  ];
  if (reasons.length === 0) {
    return { verdict: "promote", logEvidence, slices, reasons: ["better by more than the margin"] };
  }
  return { verdict: pairs >= limits.pairsMax ? "inconclusive" : "go-on", logEvidence, slices, reasons };
}

function stateOf(tally: Tally, logHarm: number): SliceView["state"] {
  const log = logWorse(tally);
  if (log >= logHarm) return "worse";
  if (tally.wins + tally.losses + tally.ties < limits.slicePairsMin) return "unseen";
  return log > 0 ? "leans-worse" : "clear";
}
