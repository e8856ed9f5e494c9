/**
 * Which provider, and how many lanes of how many threads and images: what the operator states wins, the rest is
 * measured on the model itself in a few seconds, and kept for the next start.
 */
import { availableParallelism, loadavg } from "node:os";
import type { LoadedModel } from "../../model/index.ts";
import { findKeptPlan, type KeptPlan, keepPlan } from "./kept-plan.ts";
import { listCandidates, type RunPlan, type Stated } from "./list-candidates.ts";
import { listProviders } from "./list-providers.ts";
import { measureRate } from "./measure-rate.ts";
import type { ConcreteProvider } from "./messages.ts";
import { largerBatches, pickPlan } from "./pick-plan.ts";
import type { Pool } from "./pool.ts";

export type Choice = Stated & {
  model: LoadedModel;
  provider: ConcreteProvider | "auto";
  cacheDir?: string;
  /** Starts the lanes of a plan; rejects when the provider refuses. */
  start: (plan: RunPlan) => Promise<Pool>;
  onLog: (message: string, fields: Record<string, unknown>) => void;
};

/** How much faster a plan must be to displace one that usually wins. A busy machine measures its neighbours. */
const gainMin = 1.05;
const gainMinBusy = 1.25;
/** Above this share of its cores in use a machine is busy. */
const busyShareMax = 0.5;

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
  const plan = await measurePlans(choice, isBusy ? gainMinBusy : gainMin);
  if (choice.cacheDir !== undefined && !isBusy) await keepPlan(choice.cacheDir, { key, plan });
  return { plan, pool: await choice.start(plan) };
}

/** What is measured on a busy machine serves this start alone. */
function isMachineBusy(): boolean {
  const [lastMinute = 0] = loadavg();
  return lastMinute > availableParallelism() * busyShareMax;
}

async function measurePlans(choice: Choice, gain: number): Promise<RunPlan> {
  const { model, provider } = choice;
  const providers = provider === "auto" ? listProviders() : [provider];
  const candidates = providers.flatMap((name) => listCandidates(name, availableParallelism(), model, choice));
  const [only] = candidates;
  if (only && candidates.length === 1 && largerBatches(model, only).length === 0) return only;
  try {
    const { plan, rate } = await pickPlan(candidates, model, (each) => measureRate(each, choice), gain);
    choice.onLog("measured how this machine runs the model best", { ...plan, imagesPerSecond: rate });
    return plan;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`expected ${providers.join(" or ")} to run ${model.name}, got: ${reason}`, { cause });
  }
}
