/**
 * The API as a worker sees it: fresh evidence URLs, digests, failures, heartbeats. Every request is signed.
 *
 * @example
 *   const api = createApi({ url: "https://api.example.org", key: "vgl_wrk_…", onRetry() {} });
 *   const outcome = await api.reportDigest(report, { traceparent });
 */
import {
  type RecordingJob,
  RecordingReply,
  type RecordingReport,
  RecordingSource,
} from "@vigil/core/check/wire";
import type { DigestReport } from "@vigil/core/digest/wire";
import {
  ChunkItems,
  type ChunkItemsRequest,
  type ChunkJob,
  ChunkReply,
  type ChunkReport,
} from "@vigil/core/run/wire";
import { ShadowReply, type ShadowReport, type ShadowRequest, ShadowStored } from "@vigil/core/shadow/wire";
import {
  DigestReply,
  EvidenceUrls,
  FailureReply,
  type FailureReport,
  type Heartbeat,
  HeartbeatReply,
} from "@vigil/core/worker/wire";
import { ApiRefused, createPoster, type Poster, type Send } from "./post.ts";

export { ApiRefused, ApiUnreachable } from "./post.ts";

/** The review was cancelled, finished by another worker, or never existed: the job is to be dropped. */
export class ReviewNotWanted extends Error {
  override readonly name = "ReviewNotWanted";
}

/** The run was cancelled, or the chunk has ended: it is to be dropped. */
export class ChunkNotWanted extends Error {
  override readonly name = "ChunkNotWanted";
}

/** The check of the recording has an end: its job is to be dropped. */
export class RecordingNotWanted extends Error {
  override readonly name = "RecordingNotWanted";
}

/** What became of a digest: `differs` means that another one is stored for the same review. */
export type DigestOutcome = "stored" | "already-stored" | "differs";

export interface Api {
  /** Throws `ReviewNotWanted`. */
  renewUrls(reviewId: string, momentIds: string[], signal?: AbortSignal): Promise<EvidenceUrls["moments"]>;
  /** Throws `ReviewNotWanted`. */
  reportDigest(
    report: DigestReport,
    options: { traceparent: string; signal?: AbortSignal },
  ): Promise<DigestOutcome>;
  /** Throws `ReviewNotWanted`. */
  reportFailure(reviewId: string, report: FailureReport, signal?: AbortSignal): Promise<FailureReply>;
  /** The chunk's open items after that one, with URLs: none, that was all. Throws `ChunkNotWanted`. */
  listChunkItems(
    job: ChunkJob,
    page: Pick<ChunkItemsRequest, "after" | "model">,
    signal?: AbortSignal,
  ): Promise<ChunkItems>;
  /** Throws `ChunkNotWanted`. */
  reportChunk(job: ChunkJob, report: ChunkReport, signal?: AbortSignal): Promise<ChunkReply>;
  /** The one picture of the review that a challenger is to look at; null: none. */
  askShadowLook(
    experimentId: string,
    request: ShadowRequest,
    signal?: AbortSignal,
  ): Promise<ShadowReply["item"]>;
  reportShadowLook(
    experimentId: string,
    report: ShadowReport,
    signal?: AbortSignal,
  ): Promise<ShadowStored["status"]>;
  /** Where it lies now. Throws `RecordingNotWanted`. */
  findRecording(job: RecordingJob, workerId: string, signal?: AbortSignal): Promise<RecordingSource>;
  /** Throws `RecordingNotWanted`. */
  reportRecording(job: RecordingJob, report: RecordingReport, signal?: AbortSignal): Promise<RecordingReply>;
  beat(heartbeat: Heartbeat): Promise<HeartbeatReply>;
  close(): Promise<void>;
}

/** Tries of one request. A renewal has little time; a digest is worth waiting for (about 50 s in all); a shadow look is not. */
const attempts = { renewal: 3, digest: 8, failure: 5, heartbeat: 1, shadow: 2 };

export function createApi(options: {
  url: string;
  key: string;
  onRetry: () => void;
  timeoutMs?: number;
  backoff?: { firstMs: number; mostMs: number };
  request?: Send;
}): Api {
  const poster: Poster = createPoster({
    ...options,
    timeoutMs: options.timeoutMs ?? 10_000,
    backoff: options.backoff ?? { firstMs: 500, mostMs: 10_000 },
  });

  return {
    async renewUrls(reviewId, momentIds, signal) {
      const path = `/worker/v1/reviews/${reviewId}/evidence-urls`;
      const answer = await wanted(poster.post(path, { momentIds }, { attempts: attempts.renewal, signal }));
      return EvidenceUrls.parse(answer).moments;
    },
    async reportDigest(report, { traceparent, signal }) {
      const path = `/worker/v1/reviews/${report.reviewId}/digest`;
      try {
        const sent = poster.post(path, report, { attempts: attempts.digest, traceparent, signal });
        return DigestReply.parse(await wanted(sent)).status;
      } catch (error) {
        if (error instanceof ApiRefused && error.code === "digest-differs") return "differs";
        throw error;
      }
    },
    async reportFailure(reviewId, report, signal) {
      const path = `/worker/v1/reviews/${reviewId}/failure`;
      return FailureReply.parse(
        await wanted(poster.post(path, report, { attempts: attempts.failure, signal })),
      );
    },
    async listChunkItems({ runId, chunk, step, traceparent }, { after, model }, signal) {
      const path = `/worker/v1/runs/${runId}/items`;
      const sent = poster.post(
        path,
        { chunk, step, after, model },
        { attempts: attempts.digest, traceparent, signal },
      );
      return ChunkItems.parse(await wantedChunk(sent));
    },
    async reportChunk({ runId, traceparent }, report, signal) {
      const path = `/worker/v1/runs/${runId}/findings`;
      const sent = poster.post(path, report, { attempts: attempts.digest, traceparent, signal });
      return ChunkReply.parse(await wantedChunk(sent));
    },
    async askShadowLook(experimentId, request, signal) {
      const path = `/worker/v1/experiments/${experimentId}/looks`;
      const sent = poster.post(path, request, { attempts: attempts.shadow, signal });
      return ShadowReply.parse(await sent).item;
    },
    async reportShadowLook(experimentId, report, signal) {
      const path = `/worker/v1/experiments/${experimentId}/results`;
      const sent = poster.post(path, report, { attempts: attempts.shadow, signal });
      return ShadowStored.parse(await sent).status;
    },
    async findRecording({ checkId, traceparent }, workerId, signal) {
      const path = `/worker/v1/recordings/${checkId}/source`;
      const sent = poster.post(path, { workerId }, { attempts: attempts.renewal, traceparent, signal });
      return RecordingSource.parse(await wantedRecording(sent));
    },
    async reportRecording({ checkId, traceparent }, report, signal) {
      const path = `/worker/v1/recordings/${checkId}/facts`;
      const sent = poster.post(path, report, { attempts: attempts.digest, traceparent, signal });
      return RecordingReply.parse(await wantedRecording(sent));
    },
    async beat(heartbeat) {
      return HeartbeatReply.parse(
        await poster.post("/worker/v1/heartbeats", heartbeat, { attempts: attempts.heartbeat }),
      );
    },
    close: () => poster.close(),
  };
}

/** Turns the refusals that end a job quietly into an error that says so. */
function ending(
  Ended: new (message: string, options: ErrorOptions) => Error,
  isEnd: (error: ApiRefused) => boolean,
) {
  return async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ApiRefused && isEnd(error)) throw new Ended(error.message, { cause: error });
      throw error;
    }
  };
}

const oneOf =
  (...codes: string[]) =>
  ({ code }: ApiRefused) =>
    codes.includes(code ?? "");
const wanted = ending(ReviewNotWanted, ({ code, status }) => code === "review-not-wanted" || status === 404);
const wantedChunk = ending(ChunkNotWanted, oneOf("chunk-not-wanted", "chunk-differs", "not-found"));
const wantedRecording = ending(RecordingNotWanted, oneOf("recording-not-wanted", "not-found"));
