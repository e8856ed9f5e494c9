import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { findKeptPlan, keepPlan } from "./kept-plan.ts";
import { listCandidates, type RunPlan } from "./list-candidates.ts";
import { listProviders } from "./list-providers.ts";
import { pickPlan } from "./pick-plan.ts";

function cpu(lanes: number, threads: number, batchMax = 1): RunPlan {
  return { provider: "cpu", lanes, threads, batchMax };
}

/** Rates by lanes x threads / batch; a plan that is not listed does not run. */
const rates = (table: Readonly<Record<string, number>>) => async (plan: RunPlan) => {
  const rate = table[`${plan.lanes}x${plan.threads}/${plan.batchMax}`];
  if (rate === undefined) throw new Error(`no ${plan.lanes}x${plan.threads}/${plan.batchMax}`);
  return rate;
};

describe("listCandidates", () => {
  const dynamic = { batch: "dynamic" } as const;

  it("offers a CPU everything from a lane per core to one lane with all cores, and never more threads than cores", () => {
    assert.deepEqual(listCandidates("cpu", 2, dynamic, {}), [cpu(2, 1), cpu(1, 2)]);
    assert.deepEqual(listCandidates("cpu", 8, dynamic, {}), [cpu(8, 1), cpu(4, 2), cpu(2, 4), cpu(1, 8)]);
    assert.deepEqual(listCandidates("cpu", 1, dynamic, {}), [cpu(1, 1)]);
  });

  it("lets what the operator states win", () => {
    assert.deepEqual(listCandidates("cpu", 8, dynamic, { lanes: 3, threads: 5 }), [cpu(3, 5)]);
    assert.deepEqual(listCandidates("cpu", 8, dynamic, { threads: 4 }), [cpu(2, 4), cpu(1, 4)]);
    assert.deepEqual(listCandidates("cpu", 8, dynamic, { lanes: 2 }), [cpu(2, 4)]);
  });

  it("keeps to the batch that a graph fixes, and gives a GPU few lanes", () => {
    assert.deepEqual(listCandidates("cpu", 1, { batch: 4 }, {}), [cpu(1, 1, 4)]);
    const plans = listCandidates("cuda", 64, dynamic, {});
    assert.deepEqual(
      plans.map(({ lanes, threads }) => [lanes, threads]),
      [
        [1, 1],
        [2, 1],
      ],
    );
  });

  it("always falls back to the CPU", () => {
    assert.equal(listProviders().at(-1), "cpu");
  });
});

describe("pickPlan", () => {
  it("takes the fastest, but leaves the usual winner for a clear gain only", async () => {
    const candidates = [cpu(2, 1), cpu(1, 2)];
    const fixed = { batch: 1 };
    assert.deepEqual(
      (await pickPlan(candidates, fixed, rates({ "2x1/1": 40, "1x2/1": 41 }), 1.05)).plan,
      cpu(2, 1),
    );
    assert.deepEqual(
      (await pickPlan(candidates, fixed, rates({ "2x1/1": 40, "1x2/1": 50 }), 1.05)).plan,
      cpu(1, 2),
    );
  });

  it("climbs the ladder of batches while that pays, and stops at the first rung that does not", async () => {
    const gpu: RunPlan = { provider: "cuda", lanes: 1, threads: 1, batchMax: 1 };
    const table = { "1x1/1": 100, "1x1/4": 300, "1x1/8": 500, "1x1/16": 505, "1x1/32": 5_000 };
    const { plan, rate } = await pickPlan([gpu], { batch: "dynamic" }, rates(table), 1.05);
    assert.deepEqual([plan.batchMax, rate], [8, 500]);
  });

  it("passes over what does not run, and gives the reason when nothing does", async () => {
    const candidates = [cpu(2, 1), cpu(1, 2)];
    assert.deepEqual((await pickPlan(candidates, { batch: 1 }, rates({ "1x2/1": 1 }), 1.05)).plan, cpu(1, 2));
    await assert.rejects(pickPlan(candidates, { batch: 1 }, rates({}), 1.05), /no 1x2\/1/);
  });
});

describe("kept plans", () => {
  it("are found again for the same model and wish, and for no other", async () => {
    const cacheDir = await mkdtemp(join(tmpdir(), "vigil-plans-"));
    const key = { model: "a".repeat(64), provider: "auto" };
    const plan = cpu(2, 1, 4);
    assert.equal(await findKeptPlan(cacheDir, key), undefined);
    await keepPlan(cacheDir, { key, plan });
    assert.deepEqual(await findKeptPlan(cacheDir, key), plan);
    assert.equal(await findKeptPlan(cacheDir, { ...key, model: "b".repeat(64) }), undefined);
    assert.equal(await findKeptPlan(cacheDir, { ...key, threads: 2 }), undefined);
    const [name = ""] = await readdir(join(cacheDir, "plans"));
    await writeFile(join(cacheDir, "plans", name), '{"provider":"abacus"}');
    assert.equal(await findKeptPlan(cacheDir, key), undefined);
    await rm(cacheDir, { recursive: true });
  });
});
