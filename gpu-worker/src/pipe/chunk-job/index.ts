/**
 * One chunk of a run becomes one report: every content that is open in it ends exactly once in it.
 *
 * Each is looked at by itself, whatever lies beside it: what is seen in a picture depends on its bytes, the model and the
 * policy alone, so that a run that was disturbed ends like one that was not.
 */
import type { ChunkFinding, ChunkItem, ChunkJob, ChunkReport } from "@vigil/core/run/wire";
import { toText } from "@vigil/core/text";
import type { Api } from "../../api/index.ts";
import type { Places } from "../consume/places.ts";
import { UnreadableImage } from "../decode/index.ts";
import { Unfetchable } from "../preload/index.ts";
import { JobFailed } from "../review-job/index.ts";
import { DetectorFault } from "./detector-fault.ts";
import type { LookAtItem } from "./look-at-item.ts";

export { createLookAtItem, type LookAtItem } from "./look-at-item.ts";

export type ChunkParts = {
  api: Pick<Api, "listChunkItems">;
  lookAtItem: LookAtItem;
  /** Items of all chunks that may be on their way through the pipe; given while no review waits for it. */
  places: Places;
  workerId: string;
  model: ChunkReport["model"];
};

/** Throws `ChunkNotWanted`, `JobFailed` when the chunk wants another model, and the signal's reason when it fires. */
export async function inspectChunk(
  job: ChunkJob,
  parts: ChunkParts,
  signal: AbortSignal,
): Promise<ChunkReport> {
  await refuseOtherModel(job, parts, signal);
  const findings: Promise<ChunkFinding>[] = [];
  // One item that learns that the chunk is not wanted stops the others.
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const stopAll = (error: unknown): never => {
    stop.abort(error);
    throw error;
  };
  try {
    for (let after = -1; ; ) {
      const { items } = await parts.api.listChunkItems(job, { after, model: parts.model }, either);
      for (const item of items) {
        const leave = await parts.places.take(either);
        const finding = findingOf(item, job, parts, either).finally(leave).catch(stopAll);
        // Awaited with the others below; a failure before that must not end the process.
        finding.catch(() => undefined);
        findings.push(finding);
      }
      const last = items.at(-1);
      if (!last) break;
      after = last.no;
    }
    return {
      v: 1,
      chunk: job.chunk,
      step: job.step,
      workerId: parts.workerId,
      model: parts.model,
      findings: await Promise.all(findings),
    };
  } finally {
    await Promise.allSettled(findings);
  }
}

/** Where this worker's model is what all are to use, the API begins the run again: the chunk is then not wanted. */
async function refuseOtherModel(
  job: ChunkJob,
  { api, model: own }: ChunkParts,
  signal: AbortSignal,
): Promise<void> {
  const { model: wanted } = job;
  if (wanted === null || wanted.sha256 === own.sha256) return;
  await api.listChunkItems(job, { after: -1, model: own }, signal);
  throw new JobFailed(
    `the run wants the model ${wanted.name} (${wanted.sha256}), this worker runs ${own.name} (${own.sha256})`,
    { retryable: true },
  );
}

/** A fault of this one item is its finding; a fault of the chunk (not wanted, aborted) is thrown. */
async function findingOf(
  item: ChunkItem,
  job: ChunkJob,
  { lookAtItem, api, model }: ChunkParts,
  signal: AbortSignal,
): Promise<ChunkFinding> {
  const renew = async () => {
    const { items } = await api.listChunkItems(job, { after: item.no - 1, model }, signal);
    return items.find(({ no }) => no === item.no);
  };
  try {
    const { detections, hash, embedding } = await lookAtItem(item, {
      accountId: job.accountId,
      runId: job.runId,
      renew,
      signal,
    });
    const looks = job.embeddings && embedding && { embedding: Buffer.from(embedding).toString("base64") };
    return { no: item.no, outcome: "inspected", detections, hash, ...looks };
  } catch (error) {
    if (error instanceof UnreadableImage) {
      return ended(item, "unreadable", `${error.reason}: ${error.message}`);
    }
    if (error instanceof Unfetchable) return ended(item, error.passing ? "failed" : "refused", error.message);
    if (error instanceof DetectorFault) return ended(item, "failed", error.message);
    throw error;
  }
}

function ended({ no }: ChunkItem, outcome: ChunkFinding["outcome"], reason: string): ChunkFinding {
  return { no, outcome, detections: [], hash: null, reason: toText(reason, 500) };
}
