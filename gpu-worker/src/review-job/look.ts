/**
 * One moment's way through the worker: fetched, decoded, compared with its neighbours, looked at.
 * Every stage takes from a budget before it makes something large, and gives back when that is gone.
 */

import { evidence } from "@vigil/core/limits";
import type { Job, JobMoment } from "@vigil/core/review/wire";
import type { Batcher, Seat } from "../batch/index.ts";
import type { Results, Seen } from "../batch/results.ts";
import type { Budget } from "../bounds/budget.ts";
import { type DecodedImage, type decode, UnreadableImage } from "../decode/index.ts";
import type { DetectedImage } from "../infer/index.ts";
import { type Fingerprint, isLookalike } from "../lookalike/index.ts";
import type { LoadedModel } from "../model/index.ts";
import { type Preloader, Unfetchable } from "../preload/index.ts";
import type { SecondLook, SecondStage } from "../second-stage/index.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { JobUrls } from "./urls.ts";

/** How a moment ended. `passing`: another try, later, could end differently. */
export type Ending =
  | { outcome: "reviewed" | "early_exit"; seen: Seen }
  | { outcome: "duplicate"; seen: Seen; of: string }
  | { outcome: "missing" | "unreadable"; reason: string; passing: boolean }
  | { outcome: "deferred" };

export type StageName = "decode" | "infer" | "post" | "second_stage";

/** What a look needs of the worker; the same for all jobs. */
export type LookParts = {
  preloader: Preloader;
  decode: typeof decode;
  batcher: Batcher;
  results: Results;
  secondStage: SecondStage;
  model: Pick<LoadedModel, "inputSize" | "layout">;
  /** Bytes of evidence held for moments under way, beside the cache. */
  bytesHeld: Budget;
  /** Decoded images held. */
  imagesHeld: Budget;
  events: {
    onStage(stage: StageName, seconds: number): void;
    onResultCacheHit(): void;
    onSecondStageFault(error: unknown): void;
  };
};

/** What a look needs of its job. */
export type LookContext = {
  job: Job;
  urls: JobUrls;
  signal: AbortSignal;
  /** The frames that are looked at themselves: candidates for a twin. */
  looked: { momentId: string; deviceId: string; fingerprint: Fingerprint; ending: Promise<Ending> }[];
  stopwatch: Stopwatch;
};

export type Look = (moment: JobMoment, context: LookContext) => Promise<Ending>;

export function createLook(parts: LookParts): Look {
  const { events, results } = parts;
  const anySecondStage = Object.values(parts.secondStage.capabilities).some(Boolean);

  async function measured<T>(
    stage: "decode" | "second_stage",
    context: LookContext,
    work: () => Promise<T>,
  ): Promise<T> {
    const startedAt = performance.now();
    try {
      return await context.stopwatch.time(stage === "decode" ? "decode" : "post", work);
    } finally {
      events.onStage(stage, (performance.now() - startedAt) / 1000);
    }
  }

  async function fetched(moment: JobMoment, { job, urls }: LookContext): Promise<Uint8Array> {
    const { origin, pathname } = new URL(moment.url);
    return parts.preloader.get({
      sha256: moment.sha256,
      bytes: moment.bytes,
      contentType: moment.contentType,
      priority: job.priority,
      place: new URL(pathname, origin),
      url: (state) => (state === "first" ? urls.fresh(moment.id) : urls.replace(moment.id)),
    });
  }

  /** The ending of this image by the detector's answer; the second stage only looks where something may be seen. */
  async function concluded(
    moment: JobMoment,
    bytes: Uint8Array,
    answer: DetectedImage,
    context: LookContext,
  ): Promise<Ending> {
    if ("error" in answer) {
      return { outcome: "unreadable", reason: `the detector failed: ${answer.error}`, passing: true };
    }
    events.onStage("infer", answer.inferMs / 1000);
    events.onStage("post", answer.postMs / 1000);
    context.stopwatch.add("post", answer.postMs);
    const { policy } = context.job;
    const wantsSecond = policy.secondStage && anySecondStage;
    const first = { detections: answer.detections, bestConfidence: answer.bestConfidence };
    const isEmpty = answer.bestConfidence < policy.earlyExitConfidence;
    const second = wantsSecond && !isEmpty ? await secondLook(bytes, first, context) : undefined;
    const seen: Seen = second ? { ...first, second } : first;
    if (second || !wantsSecond || isEmpty) results.keep(moment.sha256, { second: wantsSecond }, seen);
    return endingOf(seen, policy.earlyExitConfidence);
  }

  /** Undefined when the second stage failed: what the first stage saw stands all the same. */
  async function secondLook(
    bytes: Uint8Array,
    { detections }: Seen,
    context: LookContext,
  ): Promise<SecondLook | undefined> {
    try {
      return await measured("second_stage", context, () => parts.secondStage.look({ bytes, detections }));
    } catch (error) {
      events.onSecondStageFault(error);
      return undefined;
    }
  }

  async function decoded(bytes: Uint8Array, moment: JobMoment, context: LookContext): Promise<DecodedImage> {
    return measured("decode", context, () =>
      parts.decode(bytes, {
        size: parts.model.inputSize,
        layout: parts.model.layout,
        contentType: moment.contentType,
        pixelsMax: evidence.pixelsMax,
      }),
    );
  }

  /** The ending of an earlier, nearly identical frame of the same camera in this review. */
  function findTwin(moment: JobMoment, image: DecodedImage, context: LookContext) {
    return context.looked.find(
      ({ deviceId, fingerprint }) =>
        deviceId === moment.deviceId && isLookalike(fingerprint, image.fingerprint),
    );
  }

  async function detected(image: DecodedImage, seat: Seat, context: LookContext): Promise<DetectedImage> {
    const stop = context.stopwatch.start("infer");
    const { reviewId, priority } = context.job;
    return seat.take({ image, reviewId, priority }).finally(stop);
  }

  /** Undefined when the twin that this frame relied on could not be looked at: it must be looked at by itself. */
  async function lookAtBytes(
    moment: JobMoment,
    bytes: Uint8Array,
    seat: Seat,
    context: LookContext,
    options: { twins: boolean },
  ): Promise<Ending | undefined> {
    const { priority } = context.job;
    const giveBackImage = await parts.imagesHeld.take(1, { priority, signal: context.signal });
    try {
      const image = await decoded(bytes, moment, context);
      context.signal.throwIfAborted();
      const twin = options.twins ? findTwin(moment, image, context) : undefined;
      if (twin) {
        // A twin never waits for another frame, so nothing waits in a circle; this image's place is free meanwhile.
        seat.leave();
        giveBackImage();
        return asDuplicate(await twin.ending, twin.momentId);
      }
      const ending = detected(image, seat, context).then((answer) => {
        giveBackImage();
        return concluded(moment, bytes, answer, context);
      });
      context.looked.push({
        momentId: moment.id,
        deviceId: moment.deviceId,
        fingerprint: image.fingerprint,
        ending,
      });
      return await ending;
    } finally {
      giveBackImage();
    }
  }

  async function look(
    moment: JobMoment,
    context: LookContext,
    options: { twins: boolean },
  ): Promise<Ending | undefined> {
    const { priority } = context.job;
    const giveBackBytes = await parts.bytesHeld.take(moment.bytes, { priority, signal: context.signal });
    const seat = parts.batcher.expect();
    try {
      const bytes = await context.stopwatch.time("fetch", () => fetched(moment, context));
      context.signal.throwIfAborted();
      return await lookAtBytes(moment, bytes, seat, context, options);
    } finally {
      seat.leave();
      giveBackBytes();
    }
  }

  async function lookOrTellWhyNot(moment: JobMoment, context: LookContext): Promise<Ending> {
    if (moment.bytes < 1 || moment.bytes > evidence.bytesMax) {
      const reason = `expected 1..${evidence.bytesMax} bytes, ${moment.bytes} were announced`;
      return { outcome: "unreadable", reason, passing: false };
    }
    try {
      const ending =
        (await look(moment, context, { twins: true })) ?? (await look(moment, context, { twins: false }));
      return ending ?? { outcome: "unreadable", reason: "no detector could look at it", passing: true };
    } catch (error) {
      if (error instanceof Unfetchable) {
        return { outcome: error.outcome, reason: error.message, passing: error.passing };
      }
      if (error instanceof UnreadableImage) {
        return { outcome: "unreadable", reason: `${error.reason}: ${error.message}`, passing: false };
      }
      throw error;
    }
  }

  return async (moment, context) => {
    const { policy } = context.job;
    const known = results.find(moment.sha256, { second: policy.secondStage && anySecondStage });
    if (known) events.onResultCacheHit();
    try {
      return known ? endingOf(known, policy.earlyExitConfidence) : await lookOrTellWhyNot(moment, context);
    } finally {
      context.urls.drop(moment.id);
    }
  };
}

function endingOf(seen: Seen, earlyExitConfidence: number): Ending {
  return { outcome: seen.bestConfidence < earlyExitConfidence ? "early_exit" : "reviewed", seen };
}

/** What a twin lends: undefined when it saw nothing because it could not be looked at. */
export function asDuplicate(ending: Ending, momentId: string): Ending | undefined {
  return "seen" in ending ? { outcome: "duplicate", seen: ending.seen, of: momentId } : undefined;
}
