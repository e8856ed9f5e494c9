/** Measured plans, kept per model, wish and machine in `<cacheDir>/plans/`. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import type { RunPlan } from "./list-candidates.ts";

const Plan = z.object({
  provider: z.enum(["cpu", "webgpu", "cuda", "tensorrt"]),
  threads: z.int().min(1),
  lanes: z.int().min(1),
  batchMax: z.int().min(1),
});

export type KeptPlan = {
  /** What the measurement depended on, besides the machine. */
  key: { model: string; provider: string; threads?: number; lanes?: number };
  plan: RunPlan;
};

/** Undefined when none was kept, or what was kept cannot be read: measuring again is cheap. */
export async function findKeptPlan(cacheDir: string, key: KeptPlan["key"]): Promise<RunPlan | undefined> {
  try {
    return Plan.parse(JSON.parse(await readFile(pathOf(cacheDir, key), "utf8")));
  } catch {
    return undefined;
  }
}

export async function keepPlan(cacheDir: string, { key, plan }: KeptPlan): Promise<void> {
  const path = pathOf(cacheDir, key);
  const temporary = `${path}.${randomUUID()}`;
  await mkdir(join(cacheDir, "plans"), { recursive: true });
  await writeFile(temporary, JSON.stringify(plan));
  await rename(temporary, path);
}

function pathOf(cacheDir: string, key: KeptPlan["key"]): string {
  const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.versions.node };
  const hash = createHash("sha256")
    .update(JSON.stringify({ ...key, machine }))
    .digest("hex");
  return join(cacheDir, "plans", `${hash.slice(0, 32)}.json`);
}
