/** A run is sealed into a new version of its source's manifest, and can be taken back out of it. */
import { sealManifest, writeSegments } from "@vigil/verify/seal";
import type { Actor } from "../../audit/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import type { Detection } from "../../digest/wire.ts";
import { seenInItem } from "../../inspection/of-item.sql.ts";
import * as Manifest from "../../manifest/index.ts";
import type { Segment } from "../../manifest/manifest.sql.ts";
import { problem } from "../../problem.ts";
import * as Question from "../../question/index.ts";
import * as Run from "../../run/index.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { learnFalse, pairAnswers } from "./learn-answers.ts";

const pageLeaves = 4_096;
/** How often what people said may change while it is written down, before sealing has to be asked for anew. */
const attemptsMax = 5;

/**
 * What a version holds is the items of the run it was made for. Sealed once more, it stays as it is. Questions that are open are
 * closed with it, and what people said teaches from then on.
 * @throws `not-found`, `run-moved-on` when it is not in review; `overloaded` when people go on answering all the while
 */
export async function sealRun(services: Services, by: Actor, id: string): Promise<void> {
  const { accountId } = by;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const { found, answers } = await inAccount(services.database, accountId, async (tx, sql) => ({
      found: await Run.get(tx, id),
      answers: await Question.countAnswers(sql, id),
    }));
    if (found.state !== "review" && found.state !== "sealed") {
      throw problem("run-moved-on", `run ${id} is ${found.state} and cannot be sealed`);
    }
    if (found.state === "sealed" || (await sealAsIs(services, by, { found, answers }))) {
      await afterCommit(services, "pairs", () => pairAnswers(services, found));
      return;
    }
  }
  throw problem("overloaded", `people are answering questions of run ${id}; seal it when they are done`);
}

/** @param answers how many there were when it began @returns whether there are as many still, so that it was sealed */
async function sealAsIs(
  services: Services,
  by: Actor,
  { found, answers }: { found: Run.Run; answers: number },
): Promise<boolean> {
  const { id, accountId } = found;
  const segments: Segment[] = [];
  for await (const { bytes, ...segment } of writeSegments(leavesOf(services, found))) {
    const key = Manifest.segmentKeyOf(accountId, segment.name);
    // Named by its hash: whoever wrote it before wrote the same.
    await services.blobs.put({ key, body: bytes, contentType: "text/plain", sha256: segment.name });
    segments.push(segment);
  }
  return inAccount(services.database, accountId, async (tx, sql) => {
    if ((await Run.lock(tx, id)).state === "sealed") return true;
    if ((await Question.countAnswers(sql, id)) !== answers) return false;
    await append(services, tx, by, { found, kind: "seal", segments });
    if (!(await Run.move(tx, id, "sealed"))) throw problem("run-moved-on", `run ${id} was cancelled`);
    await Question.close(sql, id);
    await learnFalse(tx, sql, found, services.clock.now());
    return true;
  });
}

/**
 * The source's manifest goes back to what it held before the run: a new version with the old root, however large.
 * @throws `not-found`; `run-moved-on` when it is not the run that was sealed last
 */
export async function rollBack(services: Services, by: Actor, id: string): Promise<void> {
  await inAccount(services.database, by.accountId, async (tx) => {
    const found = await Run.lock(tx, id);
    const head = await Manifest.findHead(tx, found.source);
    if (head?.runId !== id) {
      throw problem("run-moved-on", `run ${id} is not what was sealed last of ${found.source}`);
    }
    if (head.kind === "roll-back") return;
    const before = await Manifest.findVersion(tx, found.source, head.version - 1);
    await append(services, tx, by, { found, kind: "roll-back", segments: before?.segments ?? [] });
  });
}

async function append(
  services: Services,
  tx: Tx,
  { accountId, actor }: Actor,
  { found, kind, segments }: { found: Run.Run; kind: "seal" | "roll-back"; segments: Segment[] },
): Promise<void> {
  const { id: runId, source } = found;
  const at = services.clock.now();
  const head = await Manifest.findHead(tx, source);
  const version = (head?.version ?? 0) + 1;
  const { note } = await sealManifest(
    { origin: Manifest.originOf(accountId, source), version, parent: head?.note, segments },
    await Manifest.signerOf(services.jobSigningKey),
  );
  await Manifest.record(tx, { accountId, source, version, runId, kind, segments, note, createdAt: at });
  const action = kind === "seal" ? "run.sealed" : "run.rolled-back";
  await Audit.record(tx, { accountId, actor, action, subject: runId, detail: { source, version }, at });
}

type Leaf = {
  no: number;
  name: string;
  sha256: string;
  group: number | null;
  outcome: string;
  detections: Detection[];
  declared: string | null;
};

/**
 * In the order of numbers. Nothing of when, where or by whom: a run that was disturbed gives the same. An item that was
 * reused says what one that was inspected says. A leaf of a run with rules says what became of the item by them.
 */
async function* leavesOf(services: Services, run: Run.Run): AsyncGenerator {
  const { id, accountId, source, model } = run;
  for (let after = -1; ; ) {
    const { page, said } = await inAccount(services.database, accountId, async (_, sql) => ({
      page: await sql<Leaf[]>`select i.no, i.name, i.sha256, i.group_no as "group",
        case i.ending when 'reused' then 'inspected' else i.ending end as outcome, case when i.ending in ('inspected', 'reused') then coalesce(n.detections, '[]') else '[]' end as detections,
        i.declared
        from run_item i join run r on r.id = i.run_id
        ${seenInItem}
        where i.run_id = ${id} and i.no > ${after} and i.no <= ${after + pageLeaves} order by i.no`,
      said: await Question.listSaid(sql, id, { from: after + 1, until: after + pageLeaves + 1 }),
    }));
    const saidOf = new Map(said.map((one) => [one.no, one]));
    for (const { declared, ...leaf } of page) {
      const settled = settledOf(run, { ...leaf, declared }, saidOf.get(leaf.no));
      yield { ...leaf, source, model: model?.sha256 ?? null, ...settled };
    }
    const last = page.at(-1);
    if (!last || page.length < pageLeaves) return;
    after = last.no;
  }
}

function settledOf({ rules }: Run.Run, { declared, outcome, detections }: Leaf, said?: Question.Said) {
  if (rules === null || outcome !== "inspected") return {};
  return { declared, rules: Question.settleItem(rules, { declared, detections }, said) };
}
