/** Questions to people about items of runs, and their answers: appended, of which the last counts. */
import { eq } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { shareInterval } from "../interval.ts";
import { question as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import type { ChosenQuestion } from "./choose-questions.ts";
import { question } from "./question.sql.ts";
import type { RunQuestions, RunRule, Verdict } from "./wire.ts";

export { chooseQuestions, isNear, type NearItem } from "./choose-questions.ts";
export { isSeen, type JudgedItem, judgeItem, settleItem } from "./judge-item.ts";

export type Question = typeof question.$inferSelect;

/** Their items count as `asked` until somebody has answered. */
export async function record(
  sql: Queryable,
  {
    accountId,
    runId,
    rules,
    questions,
    at,
  }: {
    accountId: string;
    runId: string;
    rules: readonly RunRule[];
    questions: readonly ChosenQuestion[];
    at: Date;
  },
): Promise<void> {
  if (questions.length === 0) return;
  const rows = questions.flatMap(({ no, margin, ruleNo, isTwice }) =>
    (isTwice ? [1, 2] : [1]).map((asking) => ({
      id: Id.create("question"),
      no,
      asking,
      margin,
      rule_no: ruleNo,
      asks: rules[ruleNo],
    })),
  );
  await sql`insert into question (id, account_id, run_id, item_no, asking, rule_no, asks, margin, state, created_at)
    select x.id, ${accountId}, i.run_id, i.no, x.asking, x.rule_no, x.asks, x.margin, 'open', ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x (id text, no int, asking int, rule_no int, asks jsonb, margin float8)
    join run_item i on i.run_id = ${runId} and i.no = x.no`;
  await sql`update run_item i set is_asked = true from question q
    where q.run_id = ${runId} and i.run_id = q.run_id and i.no = q.item_no`;
}

export type Listed = Pick<Question, "id" | "runId" | "asks" | "verdict" | "answeredAt"> & {
  name: string;
  sha256: string;
};

/**
 * The next for one person, in an order of their own, so that two who answer at once seldom meet. What is asked once more comes from
 * others than who answered first; where there is nobody else (or nobody else came in time), from them, after all the rest.
 */
export async function listNext(
  sql: Queryable,
  {
    runId,
    actor,
    hasOthers,
    now,
    limit,
  }: { runId: string | undefined; actor: string; hasOthers: boolean; now: Date; limit: number },
): Promise<Listed[]> {
  const othersSince = new Date(now.getTime() - limits.waitForOtherMs);
  return sql<
    Listed[]
  >`select q.id, q.run_id as "runId", q.asks, q.verdict, q.answered_at as "answeredAt", i.name, i.sha256
    from question q join run_item i on i.run_id = q.run_id and i.no = q.item_no
    left join question f on f.run_id = q.run_id and f.item_no = q.item_no and f.asking = 1 and q.asking = 2
    where q.state = 'open' and (${runId ?? null}::text is null or q.run_id = ${runId ?? null})
      and (q.asking = 1 or f.state = 'answered' and (f.answered_by <> ${actor}
        or (not ${hasOthers}::boolean or f.answered_at <= ${othersSince}) and not exists (
          select from question o where o.run_id = q.run_id and o.asking = 1 and o.state = 'open')))
    order by q.run_id, coalesce(f.answered_by = ${actor}, false), md5(q.id || ${actor}) limit ${limit}`;
}

/** Of a run, or of all. Closed ones count in neither. */
export async function countOpen(
  sql: Queryable,
  runId: string | undefined,
): Promise<{ open: number; answered: number }> {
  const [row] = await sql<{ open: number; answered: number }[]>`select
      count(*) filter (where q.state = 'open')::int as open, count(*) filter (where q.state = 'answered')::int as answered
    from question q where ${runId ?? null}::text is null or q.run_id = ${runId ?? null}`;
  return row ?? { open: 0, answered: 0 };
}

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Question> {
  const [found] = await tx.select().from(question).where(eq(question.id, id));
  if (!found) throw problem("not-found", `no question ${id}`);
  return found;
}

/**
 * Appends what a person says, and makes it what counts. The caller has locked the run.
 * @param verdict null: they take back what they said last
 */
export async function say(
  sql: Queryable,
  { id, accountId, runId, itemNo, asking }: Question,
  { verdict, actor, at }: { verdict: Verdict | null; actor: string; at: Date },
): Promise<void> {
  await sql`insert into answer (account_id, question_id, no, verdict, actor, at)
    select ${accountId}, ${id}, coalesce(max(a.no), 0) + 1, ${verdict}, ${actor}, ${at}
    from answer a where a.account_id = ${accountId} and a.question_id = ${id}`;
  const isOpen = verdict === null;
  await sql`update question set verdict = ${verdict}, state = ${isOpen ? "open" : "answered"},
    answered_by = ${isOpen ? null : actor}, answered_at = ${isOpen ? null : at} where id = ${id}`;
  if (asking === 1) {
    await sql`update run_item set is_asked = ${isOpen} where run_id = ${runId} and no = ${itemNo}`;
  }
}

/** Nobody is asked any more; what was answered stays. */
export async function close(sql: Queryable, runId: string): Promise<void> {
  await sql`update question set state = 'closed' where run_id = ${runId} and state = 'open'`;
}

/** Grows with each answer of the run: the same number, and nobody said anything in between. */
export async function countAnswers(sql: Queryable, runId: string): Promise<number> {
  const [row] = await sql<{ answers: number }[]>`select count(*)::int as answers from answer a
    join question q on q.id = a.question_id where q.run_id = ${runId}`;
  return row?.answers ?? 0;
}

export type Said = { no: number; ruleNo: number; said: Verdict | null };

/** Of items `from` to `until`: what people say of them in the end. Whoever does not agree cannot tell. */
export async function listSaid(
  sql: Queryable,
  runId: string,
  { from, until }: { from: number; until: number },
): Promise<Said[]> {
  return sql<Said[]>`select q.item_no as no, q.rule_no as "ruleNo",
      case when s.verdict is not null and s.verdict is distinct from q.verdict then 'cannot-tell' else q.verdict end as said
    from question q left join question s on s.run_id = q.run_id and s.item_no = q.item_no and s.asking = 2
    where q.run_id = ${runId} and q.asking = 1 and q.item_no >= ${from} and q.item_no < ${until}`;
}

export type Tally = Pick<RunQuestions, "asked" | "open" | "answered" | "twice">;

/** Of a run that asks nothing. */
export const noQuestions: Tally = {
  asked: 0,
  open: 0,
  answered: 0,
  twice: { asked: 0, answered: 0, agreed: 0, ...shareInterval(0, 0) },
};

/** How it stands with the questions of each run; of a run that has none yet, nothing. */
export async function tally(sql: Queryable, runIds: readonly string[]): Promise<Map<string, Tally>> {
  const rows = await sql<
    {
      id: string;
      asked: number;
      open: number;
      answered: number;
      twice: number;
      both: number;
      agreed: number;
    }[]
  >`select q.run_id as id, count(*) filter (where q.asking = 1)::int as asked,
      count(*) filter (where q.state = 'open')::int as open, count(*) filter (where q.state = 'answered')::int as answered,
      count(s.id)::int as twice, count(*) filter (where q.verdict is not null and s.verdict is not null)::int as both,
      count(*) filter (where q.verdict = s.verdict)::int as agreed
    from question q left join question s on s.run_id = q.run_id and s.item_no = q.item_no and q.asking = 1 and s.asking = 2
    where q.run_id = any (${[...runIds]}) group by q.run_id`;
  return new Map(
    rows.map(({ id, asked, open, answered, twice, both, agreed }) => [
      id,
      {
        asked,
        open,
        answered,
        twice: { asked: twice, answered: both, agreed, ...shareInterval(agreed, both) },
      },
    ]),
  );
}
