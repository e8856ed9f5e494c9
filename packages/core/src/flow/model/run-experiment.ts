/** An experiment is opened, fed with pairs, and decides by itself: the challenger is promoted, blocked, or taken back. */
import type { Queryable } from "../../db/index.ts";
import * as Experiment from "../../experiment/index.ts";
import type { ExperimentInput, ExperimentView, PairsInput, Standing } from "../../experiment/wire.ts";
import * as Id from "../../id.ts";
import { experiment as limits } from "../../limits.ts";
import * as Model from "../../model/index.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { decide } from "./change-models.ts";

/** The newest first. */
export async function listExperiments(services: Services): Promise<{ items: ExperimentView[] }> {
  return { items: (await Experiment.list(services.database.sql)).map(viewOf) };
}

/** @throws `not-found` */
export async function getExperiment(services: Services, id: string): Promise<ExperimentView> {
  return viewOf(await Experiment.get(services.database.sql, id));
}

/**
 * One that runs already with this challenger stays, and is the answer.
 * @throws `not-found` when the challenger is not registered; `model-not-known`; `model-moved-on` when it is in use already
 */
export async function openExperiment(
  services: Services,
  actor: string,
  { challenger, marginPoints, slices, shadowShare }: ExperimentInput,
): Promise<ExperimentView> {
  return Model.inTurn(services.database.sql, async (sql) => {
    const registered = await Model.get(sql, challenger.sha256);
    const running = (await Experiment.list(sql)).find(
      (one) => one.state === "running" && one.challenger.sha256 === challenger.sha256,
    );
    if (running) return viewOf(running);
    const champion = (await Model.current(sql)) ?? (await Model.newestOfWorkers(sql));
    if (!champion) {
      throw problem("model-not-known", "expected a worker that has reported, or a promoted model");
    }
    if (champion.sha256 === challenger.sha256) {
      throw problem("model-moved-on", `${challenger.name} is in use already`);
    }
    const id = Id.create("experiment");
    const opened = {
      id,
      champion,
      challenger: registered,
      marginPoints,
      slices: [...new Set(slices)],
      shadowShare,
      actor,
    };
    await Experiment.record(sql, opened, services.clock.now());
    return viewOf(await Experiment.get(sql, id));
  });
}

/** @throws `not-found` */
export async function stopExperiment(services: Services, id: string): Promise<ExperimentView> {
  return Model.inTurn(services.database.sql, async (sql) => {
    await Experiment.get(sql, id);
    await Experiment.move(sql, id, { from: ["running"], to: "stopped", at: services.clock.now() });
    return viewOf(await Experiment.get(sql, id));
  });
}

/**
 * Pairs whose keys are known change nothing. After a promotion they are taken still: a model that turns out to be worse is taken back.
 * @throws `not-found`, `experiment-ended`
 */
export async function recordPairs(
  services: Services,
  id: string,
  { pairs }: PairsInput,
): Promise<ExperimentView> {
  return Model.inTurn(services.database.sql, async (sql) => {
    const found = await Experiment.get(sql, id);
    const { wins, losses, ties } = found.standing;
    if (!["running", "promoted"].includes(found.state) || wins + losses + ties >= limits.pairsMax) {
      throw problem("experiment-ended", `experiment ${id} is ${found.state} and takes no more pairs`);
    }
    await Experiment.recordPairs(sql, id, pairs);
    const { verdict, standing } = await Experiment.judgeAgain(sql, found);
    if (found.state === "promoted") {
      if (verdict === "blocked") await takeBack({ services, sql, found, standing });
    } else if (verdict === "promote") await promote({ services, sql, found, standing });
    else if (verdict !== "go-on") {
      await Experiment.move(sql, id, { from: ["running"], to: verdict, at: services.clock.now() });
    }
    return viewOf(await Experiment.get(sql, id));
  });
}

type Decided = { services: Services; sql: Queryable; found: Experiment.Experiment; standing: Standing };

/** Unless another model came into use meanwhile: the evidence was against the one before. */
async function promote({ services, sql, found, standing }: Decided): Promise<void> {
  const { id, champion, challenger } = found;
  const before = await Model.current(sql);
  const at = services.clock.now();
  if (before !== null && before.sha256 !== champion.sha256) {
    await Experiment.move(sql, id, { from: ["running"], to: "stopped", at });
    return;
  }
  const no = (await Model.listDecisions(sql)).length + 1;
  const reason = `${challenger.name} is better than ${champion.name}`;
  const experiment = groundsOf(found, standing);
  await decide(services, sql, {
    no,
    kind: "promote",
    model: challenger,
    before,
    reason,
    actor: id,
    experiment,
  });
  await Experiment.move(sql, id, { from: ["running"], to: "promoted", at });
}

/** Only while the challenger is what is in use. */
async function takeBack({ services, sql, found, standing }: Decided): Promise<void> {
  const { id, challenger } = found;
  const last = (await Model.listDecisions(sql)).at(-1)?.leaf;
  if (last?.model?.sha256 === challenger.sha256) {
    await decide(services, sql, {
      no: last.no + 1,
      kind: "roll-back",
      model: last.before,
      before: last.model,
      reason: standing.reasons.join("; "),
      actor: id,
      experiment: groundsOf(found, standing),
    });
  }
  await Experiment.move(sql, id, { from: ["promoted"], to: "blocked", at: services.clock.now() });
}

function groundsOf({ id, marginPoints }: Experiment.Experiment, standing: Standing) {
  const { wins, losses, ties, evidence } = standing;
  const slices = standing.slices.map((slice) => ({
    name: slice.name,
    wins: slice.wins,
    losses: slice.losses,
    ties: slice.ties,
  }));
  return { id, marginPoints, wins, losses, ties, evidence, slices };
}

function viewOf({ standing, openedAt, endedAt, ...rest }: Experiment.Experiment): ExperimentView {
  return {
    ...rest,
    ...standing,
    evidenceWanted: Experiment.evidenceWanted,
    openedAt: openedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
