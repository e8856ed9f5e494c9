/** Operators register models, promote one, and go back: each decision is signed and appended, and is the pointer itself. */
import { writePublicKey, writeSegments } from "@vigil/verify/seal";
import type { Queryable } from "../../db/index.ts";
import { experiment as limits } from "../../limits.ts";
import * as Manifest from "../../manifest/index.ts";
import * as Model from "../../model/index.ts";
import type {
  DecisionLeaf,
  DecisionRecord,
  ModelInput,
  ModelsView,
  PromotionInput,
  RollBackInput,
} from "../../model/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

export async function listModels(services: Services): Promise<ModelsView> {
  const { sql } = services.database;
  const decisions = await Model.listDecisions(sql);
  return {
    current: decisions.at(-1)?.leaf.model ?? null,
    lastDecision: decisions.length,
    decisions: decisions
      .slice(-limits.shownMax)
      .toReversed()
      .map(({ leaf }) => leaf),
    registered: await Model.list(sql),
    inUse: await Model.countInUse(sql, services.clock.now()),
  };
}

/** The same again changes nothing. */
export async function registerModel(
  services: Services,
  actor: string,
  input: ModelInput,
): Promise<ModelsView> {
  await Model.register(services.database.sql, input, actor, services.clock.now());
  return listModels(services);
}

/** @throws `not-found` when it is not registered; `model-moved-on` */
export async function promoteModel(
  services: Services,
  actor: string,
  { sha256, after, reason }: PromotionInput,
): Promise<ModelsView> {
  await Model.inTurn(services.database.sql, async (sql) => {
    const model = await Model.get(sql, sha256);
    const before = await Model.current(sql);
    if (before?.sha256 === sha256) return;
    await decide(services, sql, { no: after + 1, kind: "promote", model, before, reason, actor });
  });
  return listModels(services);
}

/** To what was in use before the last decision. @throws `model-moved-on` */
export async function rollBackModel(
  services: Services,
  actor: string,
  { after, reason }: RollBackInput,
): Promise<ModelsView> {
  await Model.inTurn(services.database.sql, async (sql) => {
    const last = (await Model.listDecisions(sql)).at(-1)?.leaf;
    if (!last) throw problem("model-moved-on", "nothing was decided that could be taken back");
    const { model: before, before: model } = last;
    await decide(services, sql, { no: after + 1, kind: "roll-back", model, before, reason, actor });
  });
  return listModels(services);
}

/** All decisions, as `vigil-verify` checks them. */
export async function getModelRecord(services: Services): Promise<DecisionRecord> {
  const decisions = await Model.listDecisions(services.database.sql);
  const publicKey = await writePublicKey(await Manifest.signerOf(services.jobSigningKey));
  const note = decisions.at(-1)?.note;
  if (note === undefined) return { publicKey, manifest: null, segments: [] };
  const segments = await Array.fromAsync(writeSegments(decisions.map(({ leaf }) => leaf)));
  return {
    publicKey,
    manifest: {
      format: "vigil-manifest-1",
      segments: segments.map(({ name, leaves, root }) => ({ name, leaves, root })),
      note,
    },
    segments: segments.map(({ name, bytes }) => ({ name, text: new TextDecoder().decode(bytes) })),
  };
}

/** Within {@link Model.inTurn}. @throws `model-moved-on` */
export async function decide(
  services: Services,
  sql: Queryable,
  made: Omit<DecisionLeaf, "at" | "experiment"> & Partial<Pick<DecisionLeaf, "experiment">>,
): Promise<void> {
  const leaf = { experiment: null, ...made, at: services.clock.now().toISOString() };
  await Model.decide(sql, leaf, await Manifest.signerOf(services.jobSigningKey));
}
