/**
 * Takes chunks of runs, and recordings to be checked, off the bulk queue while there is nothing better to do. Two are under way at
 * once, so that the pipe does not run dry when one ends; items of chunks share the places, which are given while no review is in hand.
 */
import type { RecordingJob } from "@vigil/core/check/wire";
import type { ChunkJob, ChunkReport } from "@vigil/core/run/wire";
import { type Api, ChunkNotWanted, RecordingNotWanted } from "../../api/index.ts";
import type { Log } from "../../observe/log.ts";
import type { HeldMessage, Source } from "../consume/index.ts";
import type { Places } from "../consume/places.ts";

export type WorkChunksParts = {
  source: Source;
  read: (message: HeldMessage["message"]) => ChunkJob | RecordingJob | undefined;
  inspect: (job: ChunkJob, signal: AbortSignal) => Promise<ChunkReport>;
  /** Looks at a recording and reports it. */
  record: (job: RecordingJob, signal: AbortSignal) => Promise<string>;
  api: Pick<Api, "reportChunk">;
  places: Places;
  /** Fires: no more chunks are taken. */
  polling: AbortSignal;
  /** Fires: what is in hand is given back. */
  working: AbortSignal;
  onEnd(result: string, report: ChunkReport | undefined): void;
  onRecordingEnd(result: string): void;
  log: Log;
};

const chunksAtOnce = 2;

/** Resolves when `polling` has fired and nothing is in hand. */
export async function workChunks(parts: WorkChunksParts): Promise<void> {
  await Promise.all(Array.from({ length: chunksAtOnce }, () => workOneByOne(parts)));
  await parts.source.settled();
  await parts.source.take()?.release(0);
}

async function workOneByOne(parts: WorkChunksParts): Promise<void> {
  const { source, polling } = parts;
  const stopped = new Promise<void>((resolve) => {
    if (polling.aborted) resolve();
    polling.addEventListener("abort", () => resolve(), { once: true });
  });
  while (!polling.aborted) {
    await Promise.race([parts.places.quiet(), stopped]);
    await Promise.race([source.fill(), stopped]);
    const held = polling.aborted ? undefined : source.take();
    if (!held) continue;
    const job = parts.read(held.message);
    if (!job) held.leave();
    else if ("checkId" in job) await workRecording(parts, job, held);
    else await work(parts, job, held);
  }
}

/** Never rejects. */
async function work(parts: WorkChunksParts, job: ChunkJob, held: HeldMessage): Promise<void> {
  const { runId, chunk, step } = job;
  try {
    const report = await parts.inspect(job, parts.working);
    const { status } = await parts.api.reportChunk(job, report, parts.working);
    await held.delete();
    parts.onEnd(status, status === "stored" ? report : undefined);
    parts.log.info({ runId, chunk, step, items: report.findings.length, result: status }, "chunk");
  } catch (error) {
    if (error instanceof ChunkNotWanted) {
      parts.log.info({ runId, chunk, step }, "the chunk is no longer wanted; it is dropped");
      parts.onEnd("not-wanted", undefined);
      await held.delete();
    } else if (parts.working.aborted) await held.release(0);
    else {
      parts.log.error({ runId, chunk, step, err: error }, "a chunk failed; it comes back");
      parts.onEnd("unreported", undefined);
      held.leave();
    }
  }
}

/** Never rejects. */
async function workRecording(parts: WorkChunksParts, job: RecordingJob, held: HeldMessage): Promise<void> {
  const { log, working } = parts;
  const { checkId } = job;
  try {
    const result = await parts.record(job, working);
    await held.delete();
    parts.onRecordingEnd(result);
    log.info({ checkId, result }, "recording");
  } catch (error) {
    if (error instanceof RecordingNotWanted) {
      log.info({ checkId }, "the recording is no longer wanted; it is dropped");
      parts.onRecordingEnd("not-wanted");
      await held.delete();
    } else if (working.aborted) await held.release(0);
    else {
      log.error({ checkId, err: error }, "a recording could not be read; it comes back");
      parts.onRecordingEnd("unreported");
      held.leave();
    }
  }
}
