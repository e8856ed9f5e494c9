/** Models: registered by operators, and the decisions which of them is in use. The last decision is the pointer. */

import type { Manifest } from "@vigil/verify";
import { type Signer, sealManifest, writeSegments } from "@vigil/verify/seal";
import type { Queryable, Sql } from "../db/index.ts";
import { worker as workers } from "../limits.ts";
import { problem } from "../problem.ts";
import type { ModelName } from "../review/wire.ts";
import type { DecisionLeaf, ModelInput, ModelsView } from "./wire.ts";

export type Decision = { leaf: DecisionLeaf; note: string };

/** What stands first in the checkpoints of decisions. */
export const origin = "vigil/models";

/** Whoever changes models, or an experiment on them, does so one after the other. */
export async function inTurn<T>(sql: Sql, work: (sql: Queryable) => Promise<T>): Promise<T> {
  return sql.begin(async (tx) => {
    await tx`select lock_system_state('models')`;
    return work(tx);
  });
}

/** The same again changes nothing. */
export async function register(sql: Queryable, input: ModelInput, actor: string, at: Date): Promise<void> {
  await sql`select register_model(${JSON.stringify({ ...input, actor })}::jsonb, ${at})`;
}

export async function list(sql: Queryable): Promise<ModelsView["registered"]> {
  const rows = await sql<(ModelInput & { registeredAt: Date })[]>`select sha256, name, licence, agreement,
    registered_at as "registeredAt" from registered_models()`;
  return rows.map((row) => ({ ...row, registeredAt: row.registeredAt.toISOString() }));
}

/** @throws `not-found` when no such model is registered */
export async function get(sql: Queryable, sha256: string): Promise<ModelName> {
  const found = (await list(sql)).find((one) => one.sha256 === sha256);
  if (!found) throw problem("not-found", `no model ${sha256} is registered`);
  return { name: found.name, sha256 };
}

/** The first one first. */
export async function listDecisions(sql: Queryable): Promise<Decision[]> {
  return sql<Decision[]>`select leaf, note from model_decisions()`;
}

/** What workers are to use; null: what each was started with. */
export async function current(sql: Queryable): Promise<ModelName | null> {
  const [row] = await sql<{ model: ModelName | null }[]>`select current_model() as model`;
  return row?.model ?? null;
}

/** What was heard of a worker last. */
export async function newestOfWorkers(sql: Queryable): Promise<ModelName | null> {
  const [row] = await sql<{ model: ModelName | null }[]>`select newest_model() as model`;
  return row?.model ?? null;
}

/** Of workers that were heard of lately. */
export async function countInUse(sql: Queryable, now: Date): Promise<ModelsView["inUse"]> {
  const since = new Date(now.getTime() - workers.silentSecondsMax * 1000);
  return sql<ModelsView["inUse"]>`select model, workers::int from models_in_use(${since})`;
}

/** All decisions in their order as a manifest, which names the one before. */
export async function seal(
  decisions: readonly Pick<Decision, "leaf">[],
  parent: string | undefined,
  signer: Signer,
): Promise<Manifest> {
  const segments = await Array.fromAsync(writeSegments(decisions.map(({ leaf }) => leaf)));
  return sealManifest({ origin, version: decisions.length, parent, segments }, signer);
}

/** Signs and appends a decision; the caller is {@link inTurn}. @throws `model-moved-on` when another has its number */
export async function decide(sql: Queryable, leaf: DecisionLeaf, signer: Signer): Promise<void> {
  const before = await listDecisions(sql);
  if (leaf.no !== before.length + 1) {
    throw problem(
      "model-moved-on",
      `expected decision ${before.length} to be the newest seen, got ${leaf.no - 1}`,
    );
  }
  const { note } = await seal([...before, { leaf }], before.at(-1)?.note, signer);
  await sql`select decide_model(${JSON.stringify({ ...leaf, leaf, note })}::jsonb)`;
}
