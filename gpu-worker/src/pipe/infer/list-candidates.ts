import type { LoadedModel } from "../../model/index.ts";
import type { ConcreteProvider } from "./messages.ts";

/** How a detector runs: a session of `threads` threads in each of `lanes` lanes, `batchMax` images a run. */
export type RunPlan = { provider: ConcreteProvider; threads: number; lanes: number; batchMax: number };

/** What the operator states; absent: to be measured. */
export type Stated = { threads?: number; lanes?: number };

/** Each lane holds its own copy of the weights. */
const lanesMax = 32;

/**
 * The plans worth measuring on one provider, for batches of one image (or of what the graph fixes). On a CPU: from
 * one lane with every core to one lane per core, never more threads than cores unless the operator states so.
 * On a GPU one lane computes while another copies.
 */
export function listCandidates(
  provider: ConcreteProvider,
  cores: number,
  model: Pick<LoadedModel, "batch">,
  stated: Stated,
): RunPlan[] {
  const batchMax = model.batch === "dynamic" ? 1 : model.batch;
  const laneCounts =
    stated.lanes === undefined ? laneCountsOf(provider, cores, stated.threads) : [stated.lanes];
  return laneCounts.map((lanes) => ({
    provider,
    lanes,
    threads: stated.threads ?? (provider === "cpu" ? Math.max(1, Math.floor(cores / lanes)) : 1),
    batchMax,
  }));
}

function laneCountsOf(provider: ConcreteProvider, cores: number, threads = 1): number[] {
  if (provider !== "cpu") return [1, 2];
  const most = Math.min(lanesMax, Math.max(1, Math.floor(cores / threads)));
  const counts: number[] = [];
  for (let lanes = most; lanes >= 1; lanes = Math.floor(lanes / 2)) counts.push(lanes);
  return counts;
}
