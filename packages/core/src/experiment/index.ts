/** Experiments: opened on a model that may take the place of the one in use, fed with pairs, and judged after each batch. */
import type { Queryable } from "../db/index.ts";
import { experiment as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import type { ModelName } from "../review/wire.ts";
import { createTallies, emptyTally, type Judgement, judge, type Pair } from "./judge.ts";
import type { ExperimentState, PairInput, Standing } from "./wire.ts";

export type Experiment = {
  id: string;
  state: ExperimentState;
  champion: ModelName;
  challenger: ModelName;
  marginPoints: number;
  slices: string[];
  shadowShare: number;
  standing: Standing;
  openedAt: Date;
  endedAt: Date | null;
};

/** From this evidence on, a natural logarithm, a model is promoted. */
export const evidenceWanted = Math.log(1 / limits.alpha);

export async function record(
  sql: Queryable,
  opened: Pick<Experiment, "id" | "champion" | "challenger" | "marginPoints" | "slices" | "shadowShare"> & {
    actor: string;
  },
  at: Date,
): Promise<void> {
  const standing: Standing = {
    ...emptyTally(),
    slices: [],
    evidence: 0,
    curve: [],
    reasons: ["no pairs yet"],
  };
  await sql`select open_experiment(${JSON.stringify({ ...opened, standing })}::jsonb, ${at})`;
}

/** The newest first, `experiment.shownMax` at most. */
export async function list(sql: Queryable): Promise<Experiment[]> {
  return sql<Experiment[]>`select id, state, champion, challenger, margin_points as "marginPoints", slices,
    shadow_share as "shadowShare", standing, opened_at as "openedAt", ended_at as "endedAt" from experiments(${null}::text, ${limits.shownMax})`;
}

/** @throws `not-found` */
export async function get(sql: Queryable, id: string): Promise<Experiment> {
  const [found] = await sql<
    Experiment[]
  >`select id, state, champion, challenger, margin_points as "marginPoints", slices,
    shadow_share as "shadowShare", standing, opened_at as "openedAt", ended_at as "endedAt" from experiments(${id}, 1)`;
  if (!found) throw problem("not-found", `no experiment ${id}`);
  return found;
}

/** @returns whether it was in one of the states `from` */
export async function move(
  sql: Queryable,
  id: string,
  { from, to, at }: { from: readonly ExperimentState[]; to: ExperimentState; at: Date },
): Promise<boolean> {
  const [row] = await sql<
    { moved: boolean }[]
  >`select move_experiment(${id}, ${[...from]}, ${to}, ${at}) as moved`;
  return row?.moved ?? false;
}

/** Pairs whose keys are known change nothing. */
export async function recordPairs(sql: Queryable, id: string, pairs: readonly PairInput[]): Promise<void> {
  await sql`select record_experiment_pairs(${id}, ${JSON.stringify(pairs)}::jsonb)`;
}

/** Judges all pairs so far, and remembers how it stands. */
export async function judgeAgain(
  sql: Queryable,
  { id, slices, marginPoints }: Experiment,
): Promise<Judgement & { standing: Standing }> {
  const pairs = await sql<Pair[]>`select outcome, slices from experiment_pairs(${id})`;
  const { judgement, standing } = standingOf(pairs, { slices, margin: marginPoints / 100 });
  await sql`select save_experiment_standing(${id}, ${JSON.stringify(standing)}::jsonb)`;
  return { ...judgement, standing };
}

/** How it stands after these pairs, and how the evidence came about. */
export function standingOf(
  pairs: readonly Pair[],
  { slices, margin }: { slices: readonly string[]; margin: number },
): { judgement: Judgement; standing: Standing } {
  const labels = pairs.filter(({ outcome }) => outcome !== "tie").length;
  const step = Math.max(1, Math.ceil(labels / limits.curvePointsMax));
  const tallies = createTallies(slices);
  const curve: Standing["curve"] = [];
  let seen = 0;
  for (const pair of pairs) {
    tallies.add(pair);
    if (pair.outcome === "tie") continue;
    seen += 1;
    if (seen % step === 0 && seen < labels) {
      curve.push({ labels: seen, evidence: rounded(judge(tallies, margin).logEvidence) });
    }
  }
  const judgement = judge(tallies, margin);
  const evidence = rounded(judgement.logEvidence);
  if (pairs.length > 0) curve.push({ labels, evidence });
  const standing = { ...tallies.all, slices: judgement.slices, evidence, curve, reasons: judgement.reasons };
  return { judgement, standing };
}

/** What is signed has few decimals: it does not depend on the last bit of a sum. */
function rounded(evidence: number): number {
  return Math.round(evidence * 1_000) / 1_000;
}
