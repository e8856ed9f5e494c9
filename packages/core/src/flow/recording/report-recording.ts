/** A worker asks where a recording lies, and reports what its file says: the check is settled by that, once. */
import * as Check from "../../check/index.ts";
import {
  priceOf,
  type RecordingFacts,
  type RecordingReply,
  type RecordingReport,
  type RecordingSource,
} from "../../check/wire.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { evidence } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { faultOfRecording, judgeRecording } from "../check/judge-recording.ts";
import type { Services } from "../services.ts";
import { eraseRecording } from "./end-recording.ts";

/** @throws `not-found`, `recording-not-wanted` when it has an end */
export async function sourceOfRecording(services: Services, id: string): Promise<RecordingSource> {
  const accountId = await ownerOf(services, id);
  const { check, upload } = await inAccount(services.database, accountId, (tx) => Check.getUpload(tx, id));
  if (check.state !== "awaiting-worker") throw notWanted(id, check.state);
  const key = Check.uploadKeyOf(accountId, id);
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: evidence.urlSecondsMax });
  const sha256 = Buffer.from(upload.sha256).toString("hex");
  return { sha256, bytes: upload.bytes, url, expiresAt: expiresAt.toISOString() };
}

/**
 * The first report counts. Another one of a check that a worker's report has ended changes nothing.
 * @throws `not-found`, `recording-not-wanted` when it was given up before
 */
export async function reportRecording(
  services: Services,
  id: string,
  report: RecordingReport,
): Promise<RecordingReply> {
  const accountId = await ownerOf(services, id);
  const status = await inAccount(services.database, accountId, async (tx) => {
    const found = await Check.getUpload(tx, id, { lock: true });
    const { state } = found.check;
    if (state === "settled" || state === "refused") return "already-stored";
    if (state !== "awaiting-worker") throw notWanted(id, state);
    await end(services, tx, found, report);
    return "stored";
  });
  if (status === "stored") await eraseRecording(services, { accountId, id });
  return { status };
}

async function end(services: Services, tx: Tx, found: Check.Upload, report: RecordingReport): Promise<void> {
  const { id, kind } = found.check;
  const at = services.clock.now();
  if (report.outcome === "missing") {
    const reason = "what was uploaded is no longer in the store";
    return Check.endUpload(tx, id, { state: "given-back", reason, at });
  }
  if (report.outcome === "other-bytes") {
    const reason = "the bytes are not those that were announced (length or SHA-256)";
    return Check.endUpload(tx, id, { state: "refused", reason, at });
  }
  const fault = faultOfRecording(kind, report.facts.contentType ?? undefined);
  if (fault !== undefined) return Check.endUpload(tx, id, { state: "refused", reason: fault, at });
  await settle(tx, found, report.facts);
  return Check.endUpload(tx, id, { reason: null, at });
}

async function settle(
  tx: Tx,
  { check: { id, kind, askedAt }, upload: { sha256, bytes, name } }: Check.Upload,
  { contentType, bytesStated, madeAt, provenance }: RecordingFacts,
): Promise<void> {
  if (contentType === null) throw new Error("expected a recording");
  const file = {
    contentType,
    bytesStated: bytesStated ?? undefined,
    madeAt: madeAt === null ? undefined : new Date(madeAt),
    provenance,
    bytes,
  };
  // By the time at which it was asked: what lay in a queue is not judged more leniently.
  const verdict = judgeRecording(kind, file, { name: name ?? "", now: askedAt });
  const found = { kind, points: priceOf[kind], sha256, bytes, verdict };
  if (!(await Check.settle(tx, id, found))) throw new Error(`the check ${id} had ended before`);
}

function notWanted(id: string, state: string) {
  return problem("recording-not-wanted", `the recording of ${id} is ${state}`);
}

async function ownerOf({ database }: Services, id: string): Promise<string> {
  const accountId = await Check.ownerOfUpload(database.sql, id);
  if (accountId === undefined) throw problem("not-found", `no upload ${id}`);
  return accountId;
}
