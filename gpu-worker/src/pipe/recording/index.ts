/**
 * Recordings that were uploaded to be checked: fetched into a file, read, and reported, one at a time in this process, whichever
 * pipe asks.
 */
import type { RecordingJob, RecordingReport } from "@vigil/core/check/wire";
import { check as limits } from "@vigil/core/limits";
import type { Api } from "../../api/index.ts";
import { createFetchByDeadline, type Fetcher, Unfetchable } from "../preload/index.ts";
import { readFacts } from "./read-facts.ts";
import { openUnnamedFile } from "./unnamed-file.ts";

export interface Recordings {
  /** What became of it. Throws `RecordingNotWanted`, for what may pass later, and the signal's reason when it fires. */
  work(job: RecordingJob, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

export type RecordingsOptions = {
  api: Pick<Api, "findRecording" | "reportRecording">;
  fetcher: Pick<Fetcher, "save" | "close">;
  /** On a disk: it takes a whole recording for as long as that is looked at. */
  folder: string;
  workerId: string;
  trustAnchors: string;
  onRetry: () => void;
};

const backoff = { firstMs: 500, mostMs: 10_000 };

export function createRecordings(options: RecordingsOptions): Recordings {
  const { api, workerId } = options;
  let last: Promise<unknown> = Promise.resolve();

  async function workNow(job: RecordingJob, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const found = await findIn(options, job, signal);
    signal.throwIfAborted();
    const { status } = await api.reportRecording(job, { v: 1, workerId, ...found }, signal);
    return status === "stored" ? found.outcome : status;
  }
  return {
    async work(job, signal) {
      const worked = last.then(() => workNow(job, signal));
      last = worked.catch(() => undefined);
      return worked;
    },
    async close() {
      await last;
      await options.fetcher.close();
    },
  };
}

type Found = RecordingReport extends infer R
  ? R extends unknown
    ? Omit<R, "v" | "workerId">
    : never
  : never;

async function findIn(
  { api, fetcher, folder, workerId, trustAnchors, onRetry }: RecordingsOptions,
  job: RecordingJob,
  signal: AbortSignal,
): Promise<Found> {
  const { sha256, bytes, url } = await api.findRecording(job, workerId, signal);
  const file = await openUnnamedFile(folder);
  try {
    const save = createFetchByDeadline({
      fetch: (from, _wanted, deadline) =>
        fetcher.save(
          from,
          { sha256, bytes },
          (piece, at) => file.write(piece, 0, piece.byteLength, at),
          AbortSignal.any([deadline, signal]),
        ),
      deadlineMs: [limits.recordingFetchMsMax, 0, 0, 0],
      backoff,
      onRetry,
    });
    await save({
      priority: 1,
      url: async (state) => (state === "first" ? url : (await api.findRecording(job, workerId, signal)).url),
    });
    return { outcome: "read", facts: await readFacts({ descriptor: file.fd, bytes }, trustAnchors) };
  } catch (error) {
    if (!(error instanceof Unfetchable) || error.passing) throw error;
    return { outcome: error.outcome === "missing" ? "missing" : "other-bytes" };
  } finally {
    await file.close();
  }
}
