/** All items of a run have ended: each gets its margin to the boundary of the run's rules, and people are asked about the nearest. */
import { inAccount, type Queryable } from "../../db/index.ts";
import { seenInItem } from "../../inspection/of-item.sql.ts";
import * as Question from "../../question/index.ts";
import type { RunRules } from "../../question/wire.ts";
import type { Services } from "../services.ts";

const pageItems = 5_000;

type Ruled = { accountId: string; runId: string; rules: RunRules };
type Item = Question.JudgedItem & { no: number };

/** The same items get the same margins, so that it may be done twice. @returns those that are near to a boundary */
export async function judgeItems(services: Services, ruled: Ruled): Promise<Question.NearItem[]> {
  const near: Question.NearItem[] = [];
  for (let after = -1; ; ) {
    const page = await readJudged(services, ruled, after);
    const margins: { no: number; margin: number }[] = [];
    for (const item of page) {
      const judged = Question.judgeItem(ruled.rules, item);
      if (!judged) continue;
      margins.push({ no: item.no, margin: judged.margin });
      if (Question.isNear(ruled.rules, judged)) near.push({ ...judged, no: item.no });
    }
    await inAccount(
      services.database,
      ruled.accountId,
      (_, sql) => sql`update run_item i set margin = x.margin
        from jsonb_to_recordset(${JSON.stringify(margins)}::jsonb) as x (no int, margin float8)
        where i.run_id = ${ruled.runId} and i.no = x.no`,
    );
    const last = page.at(-1);
    if (!last || page.length < pageItems) return near;
    after = last.no;
  }
}

/** What a model has seen in them, in the order of their numbers. */
async function readJudged(services: Services, { accountId, runId }: Ruled, after: number): Promise<Item[]> {
  return inAccount(
    services.database,
    accountId,
    (_, sql) => sql<Item[]>`select i.no, i.declared, coalesce(n.detections, '[]') as detections
      from run_item i join run r on r.id = i.run_id ${seenInItem}
      where i.run_id = ${runId} and i.no > ${after} and i.ending in ('inspected', 'reused')
      order by i.no limit ${pageItems}`,
  );
}

/** In the transaction in which the run waits for people from then on. */
export async function askPeople(
  sql: Queryable,
  { accountId, runId, rules }: Ruled,
  { near, accepted, at }: { near: readonly Question.NearItem[]; accepted: number; at: Date },
): Promise<void> {
  const { questions } = Question.chooseQuestions(near, {
    accepted,
    askedShareMax: rules.askedShareMax,
    seed: runId,
  });
  await sql`update run set near_items = ${near.length} where id = ${runId}`;
  await Question.record(sql, { accountId, runId, rules: rules.rules, questions, at });
}
