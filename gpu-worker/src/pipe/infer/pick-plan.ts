import type { LoadedModel } from "../../model/index.ts";
import type { RunPlan } from "./list-candidates.ts";
import { batchLadder } from "./run-batches.ts";

/** A CPU gains little from batches, and a batch costs latency; a GPU climbs the whole ladder. */
const cpuBatchMax = 4;

export type Picked = {
  plan: RunPlan;
  /** Images per second. */
  rate: number;
};

/**
 * Measures the candidates in their order, which is that of what usually wins: a later one displaces an earlier one
 * only when it is faster by `gainMin` (1.05: five per cent). Then the winner's batch climbs the ladder as long as that
 * pays. A plan that cannot be measured is out; throws the last reason when none can.
 */
export async function pickPlan(
  candidates: readonly RunPlan[],
  model: Pick<LoadedModel, "batch">,
  measure: (plan: RunPlan) => Promise<number>,
  gainMin: number,
): Promise<Picked> {
  let best: Picked | undefined;
  let refusal: unknown = new Error("there is no plan to measure");
  const tryPlan = async (plan: RunPlan): Promise<boolean> => {
    try {
      const rate = await measure(plan);
      if (best && rate <= best.rate * gainMin) return false;
      best = { plan, rate };
      return true;
    } catch (error) {
      refusal = error;
      return false;
    }
  };
  for (const plan of candidates) await tryPlan(plan);
  for (const batchMax of largerBatches(model, best?.plan)) {
    if (!best || !(await tryPlan({ ...best.plan, batchMax }))) break;
  }
  if (!best) throw refusal;
  return best;
}

/** None when the graph fixes the batch. */
export function largerBatches(
  model: Pick<LoadedModel, "batch">,
  plan: RunPlan | undefined,
): readonly number[] {
  if (model.batch !== "dynamic" || !plan) return [];
  const most = plan.provider === "cpu" ? cpuBatchMax : Number.POSITIVE_INFINITY;
  return batchLadder.filter((rung) => rung >= 4 && rung <= most);
}
