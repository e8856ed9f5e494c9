/** A member opens a run, and moves it on. */
import type { Actor } from "../../audit/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import * as Id from "../../id.ts";
import * as Model from "../../model/index.ts";
import { problem } from "../../problem.ts";
import * as Question from "../../question/index.ts";
import * as Run from "../../run/index.ts";
import type { RunAction, RunInput, RunView } from "../../run/wire.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { judgeFirstChunk } from "../source/gate-run.ts";
import { rateRunSource } from "../source/rate-source.ts";
import { dispatchChunks } from "./dispatch-chunks.ts";
import { groupRunSoon } from "./group-run.ts";
import { getRun } from "./read-runs.ts";
import { rollBack, sealRun } from "./seal-run.ts";

/** @throws `source-blocked` with what is held against its source */
export async function openRun(
  services: Services,
  { accountId, actor }: Actor,
  { source, rules, zone }: RunInput,
): Promise<RunView> {
  const id = Id.create("run");
  const at = services.clock.now();
  // What all of it will be looked at with, so that what was seen before can be reused from the first item on.
  const { sql } = services.database;
  const model = (await Model.current(sql)) ?? (await Model.newestOfWorkers(sql));
  const rated = await rateRunSource(services, { accountId, name: source });
  if (rated.state === "blocked") {
    const why = rated.reasons.map(({ fault, found, of }) => `${found} of ${of} ${fault}`);
    const { overruledReason: said } = rated;
    throw problem("source-blocked", `the source is blocked: ${why.join(", ") || said || "an owner said so"}`);
  }
  await inAccount(services.database, accountId, async (tx) => {
    await Run.record(tx, {
      id,
      accountId,
      source,
      state: "listing",
      pausedAt: null,
      model,
      policyHash: Run.policyHash,
      comparedBy: null,
      rules: rules ?? null,
      zone: zone ?? null,
      nearItems: null,
      gate: rated.state === "probation" && rules ? "sample" : null,
      createdAt: at,
    });
    await Audit.record(tx, { accountId, actor, action: "run.opened", subject: id, detail: { source }, at });
  });
  return getRun(services, { accountId, id });
}

/**
 * Asked once more, an action that was carried out changes nothing. @throws `not-found`, `run-moved-on`, `items-missing`
 */
export async function moveRun(
  services: Services,
  by: Actor,
  { id, action }: { id: string; action: RunAction },
): Promise<RunView> {
  const { accountId } = by;
  if (action === "seal") await sealRun(services, by, id);
  else if (action === "roll-back") await rollBack(services, by, id);
  else {
    await inAccount(services.database, accountId, (tx, sql) => moves[action]({ services, tx, sql, by, id }));
  }
  await afterCommit(services, "group", () => groupRunSoon(services, { accountId, runId: id }));
  await afterCommit(services, "chunks", () => dispatchChunks(services));
  const moved = await getRun(services, { accountId, id });
  await afterCommit(services, "source", () => rateRunSource(services, { accountId, name: moved.source }));
  return moved;
}

type Move = { services: Services; tx: Tx; sql: Queryable; by: Actor; id: string };

const moves: Record<Exclude<RunAction, "seal" | "roll-back">, (move: Move) => Promise<void>> = {
  "finish-listing": finishListing,
  pause: (move) => setPaused(move, true),
  resume: (move) => setPaused(move, false),
  cancel: async ({ services, tx, sql, by, id }) => {
    const found = await Run.lock(tx, id);
    if (found.state === "cancelled") return;
    if (!(await Run.move(tx, id, "cancelled"))) throw movedOn(found, "be cancelled");
    // They take no place in the queue from others.
    await Run.dropChunks(sql, id);
    await Question.close(sql, id);
    await Audit.record(tx, { ...by, action: "run.cancelled", subject: id, at: services.clock.now() });
  },
};

function movedOn({ id, state }: Run.Run, what: string) {
  return problem("run-moved-on", `run ${id} is ${state} and cannot ${what}`);
}

async function finishListing({ tx, sql, id }: Move): Promise<void> {
  const found = await Run.lock(tx, id);
  if (["running", "grouping", "review", "sealed"].includes(found.state)) return;
  const [items] = await sql<{ count: number; last: number | null }[]>`
    select count(*)::int as count, max(no) as last from run_item where run_id = ${id}`;
  const count = items?.count ?? 0;
  if (count === 0 || items?.last !== count - 1) {
    const [gap] = await sql<{ no: number }[]>`select coalesce(min(x.no), 0)::int as no
      from generate_series(0, ${items?.last ?? 0}::int) as x (no)
      where not exists (select from run_item i where i.run_id = ${id} and i.no = x.no)`;
    throw problem("items-missing", `run ${id} has ${count} items and none of number ${gap?.no ?? 0}`);
  }
  if (!(await Run.move(tx, id, "running"))) throw movedOn(found, "finish its listing");
  for (const no of await Run.listGathering(sql, id)) {
    await Run.planChunk(sql, { runId: id, no, isLast: true });
  }
  await judgeFirstChunk(sql, found);
  await Run.advance(sql, id);
}

async function setPaused({ services, tx, by, id }: Move, paused: boolean): Promise<void> {
  const found = await Run.lock(tx, id);
  if ((found.pausedAt !== null) === paused) return;
  if (!["listing", "running"].includes(found.state)) throw movedOn(found, paused ? "pause" : "go on");
  const at = services.clock.now();
  await Run.setPaused(tx, id, paused ? at : null);
  await Audit.record(tx, { ...by, action: paused ? "run.paused" : "run.resumed", subject: id, at });
}
