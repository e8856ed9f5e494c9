/** Tells the API how a job ended, and says what is to become of its message. */
import type { DigestReport } from "@vigil/core/digest/wire";
import type { Job } from "@vigil/core/review/wire";
import { toText } from "@vigil/core/text";
import { type Api, ApiRefused, ApiUnreachable, ReviewNotWanted } from "../../api/index.ts";
import type { Log } from "../../observe/log.ts";
import { JobFailed, Misconfigured } from "../review-job/index.ts";

/** `leave`: the message comes back when its visibility timeout has run out. */
export type Settlement =
  | { message: "delete"; result: "stored" | "already-stored" | "differs" | "not-wanted" | "failed" }
  | { message: "release"; seconds: number; result: "retried" | "drained" }
  | { message: "leave"; result: "unreported" };

export interface Reporter {
  /** Throws `ApiRefused` when the API will never take this digest; every other end is a settlement. */
  digest(job: Job, report: DigestReport, signal: AbortSignal): Promise<Settlement>;
  /** Never throws. */
  failure(job: Job, error: unknown, signal: AbortSignal): Promise<Settlement>;
}

export function createReporter(options: {
  api: Api;
  workerId: string;
  log: Log;
  now?: () => Date;
}): Reporter {
  const { api, workerId, log, now = () => new Date() } = options;

  /** What every request to the API may end with; rethrows the rest. */
  function settle(job: Job, error: unknown): Settlement {
    if (error instanceof ReviewNotWanted) {
      log.info(
        { reviewId: job.reviewId, part: job.part },
        "the review is no longer wanted; its job is dropped",
      );
      return { message: "delete", result: "not-wanted" };
    }
    if (error instanceof ApiUnreachable || isCredentialFault(error)) {
      log.error({ reviewId: job.reviewId, part: job.part, err: error }, "a job's end could not be reported");
      return { message: "leave", result: "unreported" };
    }
    throw error;
  }

  /** Never throws. */
  function leaveUnlessSettled(job: Job, error: unknown): Settlement {
    try {
      return settle(job, error);
    } catch (cause) {
      log.error({ reviewId: job.reviewId, part: job.part, err: cause }, "the API took no failure report");
      return { message: "leave", result: "unreported" };
    }
  }

  return {
    async digest(job, report, signal) {
      try {
        const result = await api.reportDigest(report, { traceparent: job.traceparent, signal });
        if (result === "differs") {
          log.warn({ reviewId: job.reviewId, part: job.part }, "another digest is stored for this review");
        }
        return { message: "delete", result };
      } catch (error) {
        return settle(job, error);
      }
    },
    async failure(job, error, signal) {
      if (error instanceof ReviewNotWanted || error instanceof ApiUnreachable) return settle(job, error);
      if (error instanceof Misconfigured) {
        log.error(
          { reviewId: job.reviewId, part: job.part, err: error },
          "this worker cannot reach the evidence; its settings, or the store's address in the API's, are wrong",
        );
        return { message: "leave", result: "unreported" };
      }
      log.error({ reviewId: job.reviewId, part: job.part, err: error }, "a job failed");
      try {
        const reply = await api.reportFailure(
          job.reviewId,
          {
            v: 1,
            part: job.part,
            workerId,
            reason: reasonOf(error),
            retryable: isRetryable(error),
            occurredAt: now().toISOString(),
          },
          signal,
        );
        return reply.action === "stop"
          ? { message: "delete", result: "failed" }
          : { message: "release", seconds: reply.delaySeconds, result: "retried" };
      } catch (reportError) {
        return leaveUnlessSettled(job, reportError);
      }
    },
  };
}

/** A wrong or revoked worker key is the operator's to mend: the job is not at fault. */
function isCredentialFault(error: unknown): boolean {
  return error instanceof ApiRefused && (error.status === 401 || error.status === 403);
}

/** A digest that the API refuses would be refused again; what is not known is a defect that may not repeat. */
function isRetryable(error: unknown): boolean {
  if (error instanceof JobFailed) return error.retryable;
  return !(error instanceof ApiRefused);
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return toText(text || "no reason was given", 1_000);
}
