/**
 * A run of a source on probation: its first chunk is looked at, and the rest waits until that has ended. If the first pictures are
 * surely off-topic by the run's rules, nobody pays for the rest.
 */
import type { Queryable } from "../../db/index.ts";
import { seenInItem } from "../../inspection/of-item.sql.ts";
import { run as limits } from "../../limits.ts";
import * as Question from "../../question/index.ts";
import * as Run from "../../run/index.ts";
import * as Source from "../../source/index.ts";

/** In the transaction in which the first chunk may have ended. Done once more, nothing changes. */
export async function judgeFirstChunk(sql: Queryable, found: Run.Run): Promise<void> {
  const { id: runId, gate, rules } = found;
  if (gate !== "sample" || rules === null) return;
  if ((await Run.findChunk(sql, runId, 0))?.state !== "ended") return;
  const items = await sql<Question.JudgedItem[]>`select i.declared, coalesce(n.detections, '[]') as detections
    from run_item i join run r on r.id = i.run_id ${seenInItem}
    where i.run_id = ${runId} and i.no < ${limits.chunkItemsMax} and i.ending in ('inspected', 'reused')`;
  const judged = items.flatMap((item) => Question.judgeItem(rules, item) ?? []);
  const bad = judged.filter(({ margin }) => margin < 0);
  await Run.openGate(sql, runId, !Source.isOffTopic({ found: bad.length, of: judged.length }));
}
