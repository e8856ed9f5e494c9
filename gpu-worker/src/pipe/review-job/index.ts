/**
 * One job becomes one digest report: every moment that the job names ends exactly once in it, whatever happened to it.
 */
import type { DigestReport } from "@vigil/core/digest/wire";
import type { Tracer } from "@vigil/core/platform/trace";
import type { Job, JobMoment } from "@vigil/core/review/wire";
import type { Api } from "../../api/index.ts";
import { freeFingerprint } from "../lookalike/index.ts";
import type { LooksOfReviews } from "../second-stage/index.ts";
import { asDuplicate, type Ending, type Examine, type ExamineContext } from "./examine.ts";
import { findingsOf } from "./findings.ts";
import { createStopwatch, type Stopwatch } from "./stopwatch.ts";
import { createJobUrls } from "./urls.ts";

export { createExamine, type Ending, type Examine } from "./examine.ts";

/** The job as a whole failed; the API is told and decides. */
export class JobFailed extends Error {
  override readonly name = "JobFailed";
  readonly retryable: boolean;

  constructor(reason: string, options: { retryable: boolean; cause?: unknown }) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryable = options.retryable;
  }
}

/** This worker cannot reach the evidence, and no other try of its own will: its operator has to mend that. */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
}

export type ReviewParts = {
  examine: Examine;
  api: Pick<Api, "renewUrls">;
  /** Who was seen in the earlier parts of reviews. */
  looks: LooksOfReviews;
  /** As the digest names the worker. */
  worker: DigestReport["worker"];
  tracer: Pick<Tracer, "past">;
  now?: () => Date;
};

/**
 * Looks at all moments of a job. Throws `JobFailed` when nothing could be done, `Misconfigured` when
 * that is not the job's fault, `ReviewNotWanted` when the API says
 * so, and the signal's reason when it fires.
 */
export async function review(job: Job, parts: ReviewParts, signal: AbortSignal): Promise<DigestReport> {
  const now = parts.now ?? (() => new Date());
  const startedAt = now();
  refuseOtherModel(job, parts.worker.model);
  // One moment that learns that the review is not wanted stops the others.
  const stop = new AbortController();
  const context: ExamineContext = {
    job,
    urls: createJobUrls({
      moments: job.moments,
      renew: (momentIds) => parts.api.renewUrls(job.reviewId, momentIds, signal),
    }),
    signal: AbortSignal.any([signal, stop.signal]),
    looked: [],
    stopwatch: createStopwatch(),
  };
  const endings = await Promise.all(endingsOf(job, (moment, twin) => parts.examine(moment, context, twin)))
    .catch((error: unknown) => {
      stop.abort(error);
      throw error;
    })
    .finally(() => {
      for (const { fingerprint } of context.looked) freeFingerprint(fingerprint);
    });
  refuseIfNothingCame(endings);
  const { stopwatch } = context;
  tellStages(parts.tracer, stopwatch);
  return {
    v: 1,
    reviewId: job.reviewId,
    part: job.part,
    worker: parts.worker,
    startedAt: startedAt.toISOString(),
    finishedAt: now().toISOString(),
    timings: {
      queueMs: Math.max(0, startedAt.getTime() - Date.parse(job.requestedAt)),
      fetchMs: stopwatch.ms("fetch"),
      decodeMs: stopwatch.ms("decode"),
      inferMs: stopwatch.ms("infer"),
      postMs: stopwatch.ms("post"),
    },
    moments: findingsOf(job, endings, parts.looks),
  };
}

/** Stages lie side by side: each is one span, from its first moment's beginning to its last one's end. */
function tellStages(tracer: Pick<Tracer, "past">, stopwatch: Stopwatch): void {
  for (const stage of ["fetch", "decode", "infer", "post"] as const) {
    const stay = stopwatch.stay(stage);
    if (!stay) continue;
    const attributes = { "vigil.busy_ms": Math.round(stopwatch.ms(stage)) };
    const time = { startMs: performance.timeOrigin + stay.from, endMs: performance.timeOrigin + stay.until };
    tracer.past({ name: stage, kind: "internal", attributes }, time);
  }
}

/** Moments beyond K are left for a calmer time; bytes that are the same as announced and as read are looked at once. */
function endingsOf(
  job: Job,
  examine: (moment: JobMoment, twin?: Ending) => Promise<Ending>,
): Promise<Ending>[] {
  const firstOfContent = new Map<string, { id: string; ending: Promise<Ending> }>();
  return job.moments.map((moment, index) => {
    if (index >= job.policy.k) return Promise.resolve({ outcome: "deferred" });
    const first = firstOfContent.get(moment.sha256);
    if (first) {
      return first.ending.then((ending) => examine(moment, asDuplicate(ending, first.id)));
    }
    const ending = examine(moment);
    firstOfContent.set(moment.sha256, { id: moment.id, ending });
    return ending;
  });
}

function refuseOtherModel({ model: wanted }: Job, own: DigestReport["worker"]["model"]): void {
  if (wanted === null || wanted.sha256 === own.sha256) return;
  throw new JobFailed(
    `the job wants the model ${wanted.name} (${wanted.sha256}), this worker runs ${own.name} (${own.sha256})`,
    { retryable: true },
  );
}

/**
 * When every moment met a fault that may pass, a digest of nothing would help nobody: try again later. When they lie where
 * this worker may not examine, another worker, or this one configured otherwise, is to try.
 */
function refuseIfNothingCame(endings: readonly Ending[]): void {
  const looked = endings.filter(({ outcome }) => outcome !== "deferred");
  const faults = looked.filter((ending) => "passing" in ending && ending.passing);
  const [first] = faults;
  if (!first || !("reason" in first) || faults.length < looked.length) return;
  const misdirected = faults.find((ending) => "misdirected" in ending);
  if (misdirected && "reason" in misdirected) throw new Misconfigured(misdirected.reason);
  throw new JobFailed(`none of ${looked.length} moments could be looked at; the first: ${first.reason}`, {
    retryable: true,
  });
}
