/** Pictures of which a champion and its challenger say different things: operators say who is right, and do not know which is which. */
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Evidence from "../../evidence/index.ts";
import type { ExperimentView, PairOutcome } from "../../experiment/wire.ts";
import { evidence, shadow as limits } from "../../limits.ts";
import * as Model from "../../model/index.ts";
import { Problem } from "../../problem.ts";
import * as Shadow from "../../shadow/index.ts";
import type { Disagreement, DisagreementAnswer, Disagreements } from "../../shadow/wire.ts";
import type { Services } from "../services.ts";
import { getExperiment, recordPairs } from "./run-experiment.ts";

/** Of accounts that take part in trials alone. @throws `not-found` when there is no such experiment */
export async function listDisagreements(services: Services, experimentId: string): Promise<Disagreements> {
  await getExperiment(services, experimentId);
  const open = await Shadow.listOpen(services.database.sql, experimentId);
  const items = await Promise.all(open.map((one) => showBlind(services, experimentId, one)));
  return { items, openMax: limits.openMax };
}

async function showBlind(services: Services, experimentId: string, open: Shadow.Open): Promise<Disagreement> {
  const { no, accountId, reviewId, eventId, momentId, kinds, createdAt } = open;
  const key = Evidence.keyOf(accountId, eventId, momentId);
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: evidence.urlSecondsMax });
  const [champion, challenger] = [Shadow.blind(open.champion), Shadow.blind(open.challenger)];
  const sides =
    Shadow.sideOf({ experimentId, reviewId }) === "a"
      ? { a: challenger, b: champion }
      : { a: champion, b: challenger };
  return {
    no,
    picture: { url, expiresAt: expiresAt.toISOString() },
    ...sides,
    kinds,
    lookedAt: createdAt.toISOString(),
  };
}

/** One that is answered already, or is not there any more, changes nothing. @throws `not-found` when there is no such experiment */
export async function answerDisagreement(
  services: Services,
  actor: string,
  { experimentId, no, right }: { experimentId: string; no: number } & DisagreementAnswer,
): Promise<ExperimentView> {
  await getExperiment(services, experimentId);
  // Of two who answer at once, one has it.
  const answered = await Model.inTurn(services.database.sql, async (sql) => {
    const open = (await Shadow.listOpen(sql, experimentId)).find((one) => one.no === no);
    if (!open) return undefined;
    const challenger = Shadow.sideOf({ experimentId, reviewId: open.reviewId });
    await Shadow.answer(sql, experimentId, no, outcomeOf(right, challenger));
    return open;
  });
  if (answered) {
    const { accountId, momentId: subject } = answered;
    const at = services.clock.now();
    await inAccount(services.database, accountId, (tx) =>
      Audit.record(tx, { accountId, actor, action: "picture.judged", subject, at }),
    );
  }
  await countShadowPairs(services, experimentId);
  return getExperiment(services, experimentId);
}

function outcomeOf(right: DisagreementAnswer["right"], challenger: "a" | "b"): PairOutcome {
  if (right === "neither") return "tie";
  return right === challenger ? "win" : "loss";
}

/**
 * What is settled becomes pairs of the experiment, in the order in which it was looked at: what came after a disagreement
 * that waits for its answer waits too, so that the order has nothing to do with the outcomes. May be done twice.
 */
export async function countShadowPairs(services: Services, experimentId: string): Promise<void> {
  const { sql } = services.database;
  const settled = await Shadow.listSettled(sql, experimentId);
  if (settled.length === 0) return;
  try {
    await recordPairs(services, experimentId, { pairs: settled.map(({ pair }) => pair) });
  } catch (error) {
    // It ended meanwhile, and the sweep forgets the rest.
    if (error instanceof Problem && error.code === "experiment-ended") return;
    throw error;
  }
  await Shadow.markCounted(
    sql,
    experimentId,
    settled.map(({ no }) => no),
  );
}
