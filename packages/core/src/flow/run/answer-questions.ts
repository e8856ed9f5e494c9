/** A member is shown the questions that wait for them, and answers: the last answer counts, until the run is sealed. */
import type { Actor } from "../../audit/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import { evidence } from "../../limits.ts";
import * as Member from "../../member/index.ts";
import { problem } from "../../problem.ts";
import * as Question from "../../question/index.ts";
import type { QuestionPage, QuestionView, Verdict } from "../../question/wire.ts";
import * as Run from "../../run/index.ts";
import type { Services } from "../services.ts";

/** @param run undefined: of all runs */
export async function listQuestions(
  services: Services,
  { accountId, actor }: Actor,
  { run, limit }: { run?: string | undefined; limit: number },
): Promise<QuestionPage> {
  const { listed, counts } = await inAccount(services.database, accountId, async (tx, sql) => {
    if (run !== undefined) await Run.get(tx, run);
    const others = (await Member.list(tx)).filter(({ id, role }) => id !== actor && role !== "viewer");
    const asked = { runId: run, actor, hasOthers: others.length > 0, now: services.clock.now(), limit };
    return { listed: await Question.listNext(sql, asked), counts: await Question.countOpen(sql, run) };
  });
  return { items: await Promise.all(listed.map((one) => viewOf(services, accountId, one))), ...counts };
}

/**
 * Said once more by the same person, the same answer changes nothing; another one takes its place.
 * @throws `not-found`; `question-moved-on` when the run was sealed or cancelled meanwhile
 */
export async function answerQuestion(
  services: Services,
  by: Actor,
  { id, answer }: { id: string; answer: Verdict },
): Promise<QuestionView> {
  return change(services, by, id, async (sql, found) => {
    if (found.verdict === answer && found.answeredBy === by.actor) return;
    const at = services.clock.now();
    await Question.say(sql, found, { verdict: answer, actor: by.actor, at });
  });
}

/** The question is open again. Taken back once more, nothing changes. @throws as above; also when another person's answer counts */
export async function takeBackAnswer(services: Services, by: Actor, id: string): Promise<QuestionView> {
  return change(services, by, id, async (sql, found) => {
    if (found.verdict === null) return;
    if (found.answeredBy !== by.actor) {
      throw problem("question-moved-on", `what counts of question ${id} is another person's answer`);
    }
    await Question.say(sql, found, { verdict: null, actor: by.actor, at: services.clock.now() });
  });
}

async function change(
  services: Services,
  { accountId }: Actor,
  id: string,
  work: (sql: Queryable, found: Question.Question) => Promise<void>,
): Promise<QuestionView> {
  const changed = await inAccount(services.database, accountId, async (tx, sql) => {
    const { runId } = await Question.get(tx, id);
    const { state } = await Run.lock(tx, runId);
    if (state !== "review") {
      throw problem("question-moved-on", `run ${runId} is ${state}: what was said of it stays as it is`);
    }
    await work(sql, await Question.get(tx, id));
    return readOne(tx, sql, id);
  });
  return viewOf(services, accountId, changed);
}

async function readOne(tx: Tx, sql: Queryable, id: string): Promise<Question.Listed> {
  const found = await Question.get(tx, id);
  const [item] = await sql<{ name: string; sha256: string }[]>`select name, sha256 from run_item
    where run_id = ${found.runId} and no = ${found.itemNo}`;
  if (!item) throw new Error(`expected the item ${found.itemNo} of ${found.runId}`);
  return { ...found, ...item };
}

async function viewOf(
  { blobs }: Services,
  accountId: string,
  { id, runId: run, name, asks, verdict, answeredAt, sha256 }: Question.Listed,
): Promise<QuestionView> {
  const key = Run.contentKeyOf(accountId, sha256);
  const { url, expiresAt } = await blobs.presignGet({ key, seconds: evidence.urlSecondsMax });
  const picture = { url, expiresAt: expiresAt.toISOString() };
  return { id, run, name, asks, answer: verdict, answeredAt: answeredAt?.toISOString() ?? null, picture };
}
