/**
 * Which provider, and how many lanes of how many threads and images: what the operator states wins, the rest is
 * measured on the model itself in a few seconds, and kept for the next start.
 */
import { availableParallelism, loadavg } from "node:os";
import type { LoadedModel } from "../model/index.ts";
import { findKeptPlan, type KeptPlan, keepPlan } from "./kept-plan.ts";
import { listCandidates, type RunPlan, type Stated } from "./list-candidates.ts";
import { listProviders } from "./list-providers.ts";
import { measureRate } from "./measure-rate.ts";
import type { ConcreteProvider } from "./messages.ts";
import type { Pool } from "./pool.ts";
import { batchLadder } from "./run-batches.ts";

export type Choice = Stated & {
  model: LoadedModel;
  provider: ConcreteProvider | "auto";
  cacheDir?: string;
  /** Starts the lanes of a plan; rejects when the provider refuses. */
  start: (plan: RunPlan) => Promise<Pool>;
  onLog: (message: string, fields: Record<string, unknown>) => void;
};

/** Plans come in the order of what usually wins; a later one must bring this much more to displace an earlier one. */
const gainMin = 1.05;
/** Above this share of its cores in use, by others, a machine measures its neighbours. */
const busyShareMax = 0.5;
/** A CPU gains little from batches; a GPU climbs the whole ladder. */
const cpuBatchMax = 4;

/** Answers the plan and its lanes, started. Rejects when no provider runs the model. */
export async function choosePlan(choice: Choice): Promise<{ plan: RunPlan; pool: Pool }> {
  const { model, provider, threads, lanes } = choice;
  const key: KeptPlan["key"] = {
    model: model.sha256,
    provider,
    ...(threads === undefined ? {} : { threads }),
    ...(lanes === undefined ? {} : { lanes }),
  };
  const kept = choice.cacheDir === undefined ? undefined : await findKeptPlan(choice.cacheDir, key);
  if (kept) {
    const pool = await choice.start(kept).catch(() => undefined);
    if (pool) return { plan: kept, pool };
  }
  const isBusy = isMachineBusy();
  const plan = await measurePlans(choice);
  if (choice.cacheDir !== undefined && !isBusy) await keepPlan(choice.cacheDir, { key, plan });
  return { plan, pool: await choice.start(plan) };
}

/** What is measured on a busy machine serves this start alone. */
function isMachineBusy(): boolean {
  const [lastMinute = 0] = loadavg();
  return lastMinute > availableParallelism() * busyShareMax;
}

async function measurePlans(choice: Choice): Promise<RunPlan> {
  const providers = choice.provider === "auto" ? listProviders() : [choice.provider];
  const candidates = providers.flatMap((provider) =>
    listCandidates(provider, availableParallelism(), choice.model, choice),
  );
  const [only] = candidates;
  if (only && candidates.length === 1 && largerBatches(choice.model, only).length === 0) return only;
  let best: { plan: RunPlan; rate: number } | undefined;
  let refusal: unknown;
  const measure = async (plan: RunPlan): Promise<boolean> => {
    try {
      const rate = await measureRate(plan, choice);
      if (best && rate <= best.rate * gainMin) return false;
      best = { plan, rate };
      return true;
    } catch (error) {
      refusal = error;
      return false;
    }
  };
  for (const plan of candidates) await measure(plan);
  for (const batchMax of largerBatches(choice.model, best?.plan)) {
    if (!best || !(await measure({ ...best.plan, batchMax }))) break;
  }
  if (!best) {
    const reason = refusal instanceof Error ? refusal.message : String(refusal);
    throw new Error(`expected ${providers.join(" or ")} to run ${choice.model.name}, got: ${reason}`, {
      cause: refusal,
    });
  }
  choice.onLog("measured how this machine runs the model best", { ...best.plan, imagesPerSecond: best.rate });
  return best.plan;
}

function largerBatches(model: LoadedModel, plan: RunPlan | undefined): readonly number[] {
  if (model.batch !== "dynamic" || !plan) return [];
  const most = plan.provider === "cpu" ? cpuBatchMax : Number.POSITIVE_INFINITY;
  return batchLadder.filter((rung) => rung >= 4 && rung <= most);
}
