/** What people said of a run teaches, once it is sealed and they can no longer take it back: the explainer, and experiments. */
import * as Assessment from "../../assessment/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import type { Detection } from "../../digest/wire.ts";
import type { EventType } from "../../event/wire.ts";
import * as Experiment from "../../experiment/index.ts";
import type { PairInput } from "../../experiment/wire.ts";
import { experiment as limits } from "../../limits.ts";
import * as Question from "../../question/index.ts";
import type { RunRule, RunRules, Verdict } from "../../question/wire.ts";
import type * as Run from "../../run/index.ts";
import { recordPairs } from "../model/run-experiment.ts";
import type { Services } from "../services.ts";

/** Events of what a detector names. None of them threatens a life. */
const eventTypes: Readonly<Record<string, EventType>> = {
  person: "person",
  vehicle: "vehicle",
  animal: "animal",
  parcel: "package",
  package: "package",
};

/** One item of a group: what people find of frames that show the same is one word, not many. */
type Answered = { no: number; ruleNo: number; asks: RunRule; margin: number; verdict: Verdict };

async function listAnswered(sql: Queryable, runId: string): Promise<Answered[]> {
  return sql<
    Answered[]
  >`select distinct on (coalesce(i.group_no, i.no)) i.no, q.rule_no as "ruleNo", q.asks, q.margin,
      q.verdict from question q
    join run_item i on i.run_id = q.run_id and i.no = q.item_no
    left join question s on s.run_id = q.run_id and s.item_no = q.item_no and s.asking = 2
    where q.run_id = ${runId} and q.asking = 1 and q.verdict in ('yes', 'no') and coalesce(s.verdict, q.verdict) = q.verdict
    order by coalesce(i.group_no, i.no), i.no`;
}

/**
 * A model saw something where people say that nothing of it is there: that counts as an assessment of it, in the run's zone, that
 * was called false. In the transaction that seals the run.
 */
export async function learnFalse(
  tx: Tx,
  sql: Queryable,
  { id, accountId, zone }: Run.Run,
  at: Date,
): Promise<void> {
  if (zone === null) return;
  const times = new Map<EventType, number>();
  for (const { asks, margin, verdict } of await listAnswered(sql, id)) {
    const type = eventTypes[asks.label] ?? eventTypes[Digest.kindOf(asks.label)];
    if (verdict !== "no" || asks.kind === "contradicts" || !type || !Question.isSeen(asks, margin)) continue;
    times.set(type, (times.get(type) ?? 0) + 1);
  }
  for (const [type, count] of times) {
    await Assessment.recordDismissal(tx, { accountId, type, zone, at, times: count });
  }
}

/**
 * Experiments that compare the run's model with another one which has looked at the same pictures get a pair for each answer: the
 * model that judged the item as people do was right. What both judge the same way is a tie.
 *
 * Two things keep equal models equal. An item counts only if it is as near to the boundary of the same rule for the one model as
 * it had to be for the other: what is near for one alone is where that one is unsure, and any other would look better there. And
 * only experiments without a margin get pairs: these items say who is right where models disagree, and not how often they do.
 * After a crash it is done once more; pairs that are known change nothing.
 */
export async function pairAnswers(services: Services, run: Run.Run): Promise<void> {
  const own = run.model?.sha256;
  if (run.rules === null || own === undefined) return;
  const open = (await Experiment.list(services.database.sql)).filter(
    ({ state, marginPoints }) => ["running", "promoted"].includes(state) && marginPoints === 0,
  );
  for (const { id, champion, challenger } of open) {
    const isChampion = champion.sha256 === own;
    if (!isChampion && challenger.sha256 !== own) continue;
    const other = isChampion ? challenger.sha256 : champion.sha256;
    const pairs = await pairsWith(services, { ...run, rules: run.rules }, { other, isChampion });
    for (let from = 0; from < pairs.length; from += limits.pairsAtOnceMax) {
      await recordPairs(services, id, { pairs: pairs.slice(from, from + limits.pairsAtOnceMax) });
    }
  }
}

type Other = { other: string; isChampion: boolean };
type SeenByOther = { id: string; no: number; declared: string | null; detections: Detection[] };

async function pairsWith(
  { database }: Services,
  { id: runId, accountId, policyHash, rules }: Run.Run & { rules: RunRules },
  { other, isChampion }: Other,
): Promise<PairInput[]> {
  const { answered, seen, furthest } = await inAccount(database, accountId, async (_, sql) => ({
    answered: await listAnswered(sql, runId),
    seen: await sql<SeenByOther[]>`select q.id, i.no, i.declared, n.detections from question q
      join run_item i on i.run_id = q.run_id and i.no = q.item_no
      join inspection n on n.account_id = i.account_id and n.sha256 = i.sha256 and n.model_sha256 = ${other}
        and n.policy_hash = ${policyHash} and n.outcome = 'inspected'
      where q.run_id = ${runId} and q.asking = 1 order by q.id`,
    furthest: await findFurthest(sql, runId),
  }));
  const saidOf = new Map(answered.map((one) => [one.no, one]));
  return seen.flatMap(({ id: key, no, ...item }) => {
    const said = saidOf.get(no);
    const theirs = Question.judgeItem(rules, item);
    if (!said || theirs?.ruleNo !== said.ruleNo || Math.abs(theirs.margin) > furthest) return [];
    const isThere = said.verdict === "yes";
    const right = [said.margin, theirs.margin].map(
      (margin) => Question.isSeen(said.asks, margin) === isThere,
    );
    const [champion, challenger] = isChampion ? right : right.toReversed();
    const outcome = champion === challenger ? "tie" : challenger ? "win" : "loss";
    return [{ key, outcome, slices: [said.asks.label] } satisfies PairInput];
  });
}

/** As far from the boundary as any item that people were asked of. */
async function findFurthest(sql: Queryable, runId: string): Promise<number> {
  const [row] = await sql<{ furthest: number | null }[]>`select max(abs(margin)) as furthest
    from question where run_id = ${runId}`;
  return row?.furthest ?? 0;
}
