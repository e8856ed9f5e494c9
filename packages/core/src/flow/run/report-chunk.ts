/** A worker asks for the items of a chunk, and reports what it saw in them: stored once a step. */
import { createHash } from "node:crypto";
import * as Consent from "../../consent/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import type { Detection } from "../../digest/wire.ts";
import type { ContentType } from "../../event/wire.ts";
import * as Inspection from "../../inspection/index.ts";
import { evidence, run as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import * as Run from "../../run/index.ts";
import type { ChunkItems, ChunkItemsRequest, ChunkReply, ChunkReport } from "../../run/wire.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { judgeFirstChunk } from "../source/gate-run.ts";
import { dispatchChunks } from "./dispatch-chunks.ts";
import { groupRunSoon } from "./group-run.ts";
import { ownerOfRun } from "./owner-of-run.ts";
import { restartRun } from "./restart-run.ts";

type OpenItem = {
  no: number;
  sha256: string;
  bytes: number;
  contentType: ContentType;
};

/** Open items of the chunk, each content once. @throws `not-found`; `chunk-not-wanted` when nobody waits for it any more */
export async function listChunkItems(
  services: Services,
  runId: string,
  { chunk, step, after, model }: ChunkItemsRequest,
): Promise<ChunkItems> {
  const accountId = await ownerOfRun(services, runId);
  if (model && (await restartRun(services, { accountId, runId, model }))) {
    await afterCommit(services, "chunks", () => dispatchChunks(services));
    throw problem("chunk-not-wanted", `run ${runId} begins again, with ${model.name}`);
  }
  const items = await inAccount(services.database, accountId, async (tx, sql) => {
    await assertWanted(tx, sql, { runId, chunk, step });
    return listOpen(sql, { runId, chunk, after, limit: limits.urlsMax });
  });
  return {
    items: await Promise.all(
      items.map(async (item) => {
        const key = Run.contentKeyOf(accountId, item.sha256);
        const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: evidence.urlSecondsMax });
        return { ...item, url, expiresAt: expiresAt.toISOString() };
      }),
    ),
  };
}

async function assertWanted(
  tx: Tx,
  sql: Queryable,
  { runId, chunk: no, step }: { runId: string; chunk: number; step: number },
): Promise<void> {
  const found = await Run.get(tx, runId);
  if (!["listing", "running"].includes(found.state)) {
    throw problem("chunk-not-wanted", `run ${runId} is ${found.state}`);
  }
  const chunk = await Run.findChunk(sql, runId, no);
  if (!chunk) throw problem("not-found", `run ${runId} has no chunk ${no}`);
  if (chunk.state === "ended" || chunk.step !== step) {
    throw problem("chunk-not-wanted", `step ${step} of chunk ${no} of run ${runId} has ended`);
  }
}

async function listOpen(
  sql: Queryable,
  { runId, chunk, after, limit }: { runId: string; chunk: number; after: number; limit: number },
): Promise<OpenItem[]> {
  const from = Math.max(after + 1, chunk * limits.chunkItemsMax);
  const until = (chunk + 1) * limits.chunkItemsMax;
  // The first of those that have the same bytes; the others take what is seen in it.
  return sql<OpenItem[]>`select i.no, i.sha256, c.bytes, c.content_type as "contentType"
    from run_item i join run_content c on c.account_id = i.account_id and c.sha256 = i.sha256
    where i.run_id = ${runId} and i.no >= ${from} and i.no < ${until} and i.ending is null and not exists (
      select from run_item f where f.run_id = i.run_id and f.sha256 = i.sha256 and f.ending is null
        and f.no >= ${chunk * limits.chunkItemsMax} and f.no < i.no)
    order by i.no limit ${limit}`;
}

/**
 * @throws `not-found`; `chunk-not-wanted` when the run was cancelled or is looked at with another model; `chunk-differs`
 *   when another report of this step is stored; `invalid-body` when it names other items than were asked for
 */
export async function reportChunk(
  services: Services,
  runId: string,
  report: ChunkReport,
): Promise<ChunkReply> {
  const accountId = await ownerOfRun(services, runId);
  const { reply, refused } = await inAccount(services.database, accountId, (tx, sql) =>
    store({ services, tx, sql, accountId, runId }, report),
  );
  if (reply.status === "stored") {
    await afterCommit(services, "refused", async () => {
      for (const sha256 of refused) await services.blobs.delete(Run.contentKeyOf(accountId, sha256));
    });
    await afterCommit(services, "chunks", () => dispatchChunks(services));
    await afterCommit(services, "group", () => groupRunSoon(services, { accountId, runId }));
  }
  return reply;
}

type Store = { services: Services; tx: Tx; sql: Queryable; accountId: string; runId: string };

async function store(
  { services, tx, sql, accountId, runId }: Store,
  report: ChunkReport,
): Promise<{ reply: ChunkReply; refused: string[] }> {
  const at = services.clock.now();
  const found = await Run.get(tx, runId);
  const known = await Run.findChunk(sql, runId, report.chunk);
  if (!known) throw problem("not-found", `run ${runId} has no chunk ${report.chunk}`);
  const chunk = await Run.lockChunk(sql, { accountId, runId, no: report.chunk, at });
  const resultHash = hashOf(report);
  if (report.step < chunk.step || (report.step === chunk.step && chunk.state === "ended")) {
    const isLast = report.step === chunk.step || report.step === chunk.step - 1;
    if (isLast && chunk.resultHash && !resultHash.equals(chunk.resultHash)) {
      throw problem(
        "chunk-differs",
        `step ${report.step} of chunk ${chunk.no} of ${runId} has another report`,
      );
    }
    return { reply: { status: "already-stored" }, refused: [] };
  }
  if (!["listing", "running"].includes(found.state) || report.step !== chunk.step) {
    throw problem(
      "chunk-not-wanted",
      `run ${runId} is ${found.state}, and chunk ${chunk.no} at step ${chunk.step}`,
    );
  }
  const model = await Run.settleModel(sql, runId, report.model);
  if (model.sha256 !== report.model.sha256) {
    throw problem("chunk-not-wanted", `run ${runId} is looked at with ${model.name} (${model.sha256})`);
  }
  const open = await listOpen(sql, { runId, chunk: chunk.no, after: -1, limit: limits.chunkItemsMax });
  assertSameItems(report, open);
  const embeds = await Consent.isAllowedEverywhere(sql, "reidentification");
  const shaOf = new Map(open.map(({ no, sha256 }) => [no, sha256]));
  await Inspection.record(
    sql,
    report.findings.flatMap(({ no, outcome, detections, hash, embedding, reason }) =>
      outcome === "inspected" || outcome === "unreadable"
        ? [
            {
              accountId,
              sha256: shaOf.get(no) ?? "",
              modelSha256: model.sha256,
              policyHash: found.policyHash,
              outcome,
              detections: detections.map(rounded),
              hash,
              embedding: (embeds ? embedding : null) ?? null,
              reason: reason ?? null,
              inspectedAt: at,
            },
          ]
        : [],
    ),
  );
  const refused = await endItems(sql, { runId, report, shaOf });
  await endChunkOrStep(sql, { runId, chunk, resultHash, report });
  if (chunk.no === 0) await judgeFirstChunk(sql, { ...found, model });
  await Run.advance(sql, runId);
  return { reply: { status: "stored" }, refused };
}

function assertSameItems({ chunk, findings }: ChunkReport, open: readonly { no: number }[]): void {
  const asked = new Set(open.map(({ no }) => no));
  const reported = new Set(findings.map(({ no }) => no));
  if (asked.size !== findings.length || reported.size !== asked.size || !reported.isSubsetOf(asked)) {
    throw problem(
      "invalid-body",
      `expected each of the ${asked.size} open contents of chunk ${chunk} once, got ${findings.length}`,
    );
  }
}

/** Ends what was settled, in all items of the chunk with the same bytes. @returns the hashes whose bytes are others */
async function endItems(
  sql: Queryable,
  { runId, report, shaOf }: { runId: string; report: ChunkReport; shaOf: ReadonlyMap<number, string> },
): Promise<string[]> {
  const settled = report.findings.filter(({ outcome }) => outcome !== "failed");
  const rows = settled.map(({ no, outcome, reason }) => ({ no, sha256: shaOf.get(no), outcome, reason }));
  await sql`update run_item i set reason = x.reason,
      ending = case when x.outcome = 'inspected' and i.no <> x.no then 'reused' else x.outcome end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (no int, sha256 text, outcome text, reason text)
    where i.run_id = ${runId} and i.no >= ${report.chunk * limits.chunkItemsMax}
      and i.no < ${(report.chunk + 1) * limits.chunkItemsMax} and i.ending is null and i.sha256 = x.sha256`;
  const failed = report.findings.filter(({ outcome }) => outcome === "failed");
  const reasons = failed.map(({ no, reason }) => ({ no, reason }));
  await sql`update run_item i set reason = x.reason
    from jsonb_to_recordset(${JSON.stringify(reasons)}::jsonb) as x (no int, reason text)
    where i.run_id = ${runId} and i.no = x.no`;
  const refused = settled.flatMap(({ no, outcome }) => (outcome === "refused" ? (shaOf.get(no) ?? []) : []));
  // So that the right bytes can be uploaded.
  await sql`delete from run_content where sha256 = any (${refused})`;
  return refused;
}

async function endChunkOrStep(
  sql: Queryable,
  {
    runId,
    chunk,
    resultHash,
    report,
  }: { runId: string; chunk: Run.Chunk; resultHash: Buffer; report: ChunkReport },
): Promise<void> {
  const isOpen = report.findings.some(({ outcome }) => outcome === "failed");
  if (isOpen && !Run.isLastStep(chunk.step)) await Run.addStep(sql, runId, chunk.no, resultHash);
  else {
    const reason = `${limits.stepsMax} looks came to nothing`;
    await Run.endChunk(sql, { runId, no: chunk.no, resultHash, reason });
  }
}

/**
 * A message of a chunk ended in the dead-letter queue: whatever is open in it gets another look, or counts as dead.
 * @returns whether it was still wanted at this step
 */
export async function buryChunk(
  services: Services,
  { runId, chunk: no, step }: { runId: string; chunk: number; step: number },
): Promise<boolean> {
  const accountId = await ownerOfRun(services, runId);
  const ended = await inAccount(services.database, accountId, async (tx, sql) => {
    const found = await Run.get(tx, runId);
    if (!(await Run.findChunk(sql, runId, no))) throw problem("not-found", `run ${runId} has no chunk ${no}`);
    const chunk = await Run.lockChunk(sql, { accountId, runId, no, at: services.clock.now() });
    if (chunk.state === "ended" || chunk.step !== step) return false;
    if (!Run.isLastStep(step)) await Run.addStep(sql, runId, no, null);
    else await Run.endChunk(sql, { runId, no, resultHash: null, reason: "no worker finished its chunk" });
    if (no === 0) await judgeFirstChunk(sql, found);
    await Run.advance(sql, runId);
    return true;
  });
  if (ended) {
    await afterCommit(services, "chunks", () => dispatchChunks(services));
    await afterCommit(services, "group", () => groupRunSoon(services, { accountId, runId }));
  }
  return ended;
}

function rounded({ label, confidence, box }: Detection): Detection {
  const factor = 10 ** limits.decimals;
  const round = (value: number) => Math.round(value * factor) / factor;
  const [x, y, width, height] = box;
  return { label, confidence: round(confidence), box: [round(x), round(y), round(width), round(height)] };
}

/** Of what was seen, whoever saw it. */
function hashOf({ findings }: ChunkReport): Buffer {
  const inOrder = findings
    .toSorted((a, b) => a.no - b.no)
    .map(({ no, outcome, detections, hash }) => [no, outcome, detections.map(rounded), hash]);
  return createHash("sha256").update(JSON.stringify(inOrder)).digest();
}
