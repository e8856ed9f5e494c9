/**
 * One moment's way through the worker: fetched, decoded, compared with its neighbours, looked at.
 * Every stage takes from a budget before it makes something large, and gives back when that is gone.
 */
import type { Provenance, Traits } from "@vigil/core/authenticity/wire";
import { type Allowed, bothOf, nothingAllowed } from "@vigil/core/consent/wire";
import { readTraits } from "@vigil/core/evidence/read-traits";
import { evidence } from "@vigil/core/limits";
import type { Job, JobMoment } from "@vigil/core/review/wire";
import type { Budget } from "../../bounds/budget.ts";
import { describeThings } from "../appearance/index.ts";
import type { Batcher, Seat } from "../batch/index.ts";
import type { Results, Seen } from "../batch/results.ts";
import {
  type CanvasOptions,
  type DecodedImage,
  type Decoder,
  type LentImage,
  UnreadableImage,
} from "../decode/index.ts";
import type { DetectedImage } from "../infer/index.ts";
import { type Fingerprint, freeFingerprint, isLookalike } from "../lookalike/index.ts";
import {
  type LentBytes,
  Misdirected,
  type Preloader,
  type ReadBytes,
  Unfetchable,
} from "../preload/index.ts";
import type { ProvenanceReader } from "../provenance/index.ts";
import type { Inspection, SecondStage } from "../second-stage/index.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { JobUrls } from "./urls.ts";

/** How a moment ended. `passing`: another try, later, could end differently. `misdirected`: by no fault of the evidence. */
export type Ending = (
  | { outcome: "reviewed" | "early_exit"; seen: Seen }
  | { outcome: "duplicate"; seen: Seen; of: string }
  | { outcome: "missing" | "unreadable"; reason: string; passing: boolean; misdirected?: true }
  | { outcome: "deferred" }
) & {
  /** Of this moment's own bytes, whatever was seen in which. */
  provenance?: Provenance;
  /** Of this moment's own bytes, likewise. */
  traits?: Traits;
  /** Of this moment's own pixels, where they were decoded. */
  sketch?: string;
  thumbnailLikeness?: number;
};

export type StageName = "decode" | "infer" | "post" | "second_stage";

/** What examining needs of the worker; the same for all jobs. */
export type ExamineParts = {
  preloader: Preloader;
  decoder: Decoder;
  batcher: Batcher;
  results: Results;
  secondStage: SecondStage;
  provenance: Pick<ProvenanceReader, "read">;
  /** As the detector wants its images. */
  canvas: CanvasOptions;
  /** Bytes of evidence held for moments under way, beside the cache. */
  bytesHeld: Budget;
  events: {
    onStage(stage: StageName, seconds: number): void;
    onResultCacheHit(): void;
    onSecondStageFault(error: unknown): void;
  };
};

/** What examining needs of its job. */
export type ExamineContext = {
  job: Job;
  urls: JobUrls;
  signal: AbortSignal;
  /** The frames that are looked at themselves: candidates for a twin. */
  looked: { momentId: string; deviceId: string; fingerprint: Fingerprint; ending: Promise<Ending> }[];
  stopwatch: Stopwatch;
};

/**
 * `twin`: how the moment ends if its bytes are those that were announced, because another moment has the same; they are
 * read all the same, as they may be others.
 */
export type Examine = (moment: JobMoment, context: ExamineContext, twin?: Ending) => Promise<Ending>;

type Walk = { moment: JobMoment; context: ExamineContext; parts: ExamineParts; twin: Ending | undefined };

export function createExamine(parts: ExamineParts): Examine {
  return async (moment, context, twin) => {
    try {
      return await lookOrTellWhyNot({ moment, context, parts, twin });
    } finally {
      context.urls.drop(moment.id);
    }
  };
}

/** What a twin lends: undefined when it saw nothing because it could not be looked at. */
export function asDuplicate(ending: Ending, momentId: string): Ending | undefined {
  if (!("seen" in ending)) return undefined;
  // A twin that is a duplicate itself stands for the frame that was looked at.
  return {
    outcome: "duplicate",
    seen: ending.seen,
    of: ending.outcome === "duplicate" ? ending.of : momentId,
  };
}

/** A fault of this one moment is its ending; a fault of the job (not wanted, aborted) is thrown. */
async function lookOrTellWhyNot(walk: Walk): Promise<Ending> {
  try {
    const ending = (await examine(walk, { twins: true })) ?? (await examine(walk, { twins: false }));
    return ending ?? { outcome: "unreadable", reason: "no detector could look at it", passing: true };
  } catch (error) {
    if (error instanceof Unfetchable) {
      const { outcome, message: reason, passing } = error;
      return { outcome, reason, passing, ...(error instanceof Misdirected ? { misdirected: true } : {}) };
    }
    if (error instanceof UnreadableImage) {
      return { outcome: "unreadable", reason: `${error.reason}: ${error.message}`, passing: false };
    }
    throw error;
  }
}

/** Undefined when the twin that this frame relied on could not be looked at: it must be looked at by itself. */
async function examine(walk: Walk, options: { twins: boolean }): Promise<Ending | undefined> {
  const { parts, moment, context } = walk;
  const { accountId, priority } = context.job;
  const giveBack = await parts.bytesHeld.take(moment.bytes, {
    priority,
    owner: accountId,
    signal: context.signal,
  });
  const seat = parts.batcher.expect();
  let lent: LentBytes | undefined;
  try {
    lent = await context.stopwatch.time("fetch", () => fetched(walk));
    context.signal.throwIfAborted();
    // Beside looking; it never rejects, and the bytes are lent until both are done.
    const provenance = parts.provenance.read(lent.bytes, moment.contentType, { accountId, priority });
    try {
      const ending = walk.twin ?? findKnown(walk, lent) ?? (await lookAtBytes(walk, lent, seat, options));
      const traits = readTraits(lent.bytes)?.traits;
      return ending && { ...ending, ...(traits ? { traits } : {}), provenance: await provenance };
    } finally {
      await provenance;
    }
  } finally {
    seat.leave();
    lent?.giveBack();
    giveBack();
  }
}

/** What was seen in the same bytes before. They have been read: what was announced proves nothing. */
function findKnown(walk: Walk, { sha256 }: ReadBytes): Ending | undefined {
  const { parts, context } = walk;
  const known = parts.results.find(sha256, { second: wantedOf(walk) });
  if (known) parts.events.onResultCacheHit();
  return known && endingOf(known, context);
}

async function fetched({ moment, context: { job, urls }, parts }: Walk): Promise<LentBytes> {
  const { origin, pathname } = new URL(moment.url);
  return parts.preloader.get({
    sha256: moment.sha256,
    bytes: moment.bytes,
    contentType: moment.contentType,
    priority: job.priority,
    source: new URL(pathname, origin),
    url: (state) => (state === "first" ? urls.fresh(moment.id) : urls.replace(moment.id)),
  });
}

async function lookAtBytes(
  walk: Walk,
  read: ReadBytes,
  seat: Seat,
  options: { twins: boolean },
): Promise<Ending | undefined> {
  const { moment, context } = walk;
  const { image, giveBack: release } = await decoded(walk, read.bytes);
  try {
    context.signal.throwIfAborted();
    const twin = options.twins ? findTwin(walk, image) : undefined;
    if (twin) {
      // A twin never waits for another frame, so nothing waits in a circle; this image's seat is free meanwhile.
      seat.leave();
      release();
      freeFingerprint(image.fingerprint);
      return withSketch(asDuplicate(await twin.ending, twin.momentId), image);
    }
    const ending = detected(walk, image, seat)
      .finally(release)
      .then((answer) => concluded(walk, { read, image }, answer));
    const { id: momentId, deviceId } = moment;
    context.looked.push({ momentId, deviceId, fingerprint: image.fingerprint, ending });
    return withSketch(await ending, image);
  } finally {
    release();
  }
}

function withSketch(
  ending: Ending | undefined,
  { sketch, thumbnailLikeness }: Pick<DecodedImage, "sketch" | "thumbnailLikeness">,
): Ending | undefined {
  if (!ending || sketch === undefined) return ending;
  return { ...ending, sketch, ...(thumbnailLikeness === undefined ? {} : { thumbnailLikeness }) };
}

async function decoded(walk: Walk, bytes: Uint8Array): Promise<LentImage> {
  const { moment, context, parts } = walk;
  const { accountId, priority } = context.job;
  const lent = await parts.decoder.decode(
    bytes,
    { ...parts.canvas, contentType: moment.contentType, pixelsMax: evidence.pixelsMax },
    { accountId, priority, signal: context.signal },
  );
  context.stopwatch.add("decode", lent.ms);
  parts.events.onStage("decode", lent.ms / 1000);
  return lent;
}

/** An earlier, nearly identical frame of the same camera in this review. */
function findTwin({ moment, context }: Walk, image: DecodedImage) {
  return context.looked.find(
    ({ deviceId, fingerprint }) =>
      deviceId === moment.deviceId && isLookalike(fingerprint, image.fingerprint),
  );
}

async function detected({ context }: Walk, image: DecodedImage, seat: Seat): Promise<DetectedImage> {
  const { reviewId, priority } = context.job;
  const answer = await context.stopwatch.time("infer", () => seat.take({ image, reviewId, priority }));
  // While the pixels are still lent.
  return "error" in answer ? answer : { ...answer, detections: describeThings(answer.detections, image) };
}

/** The ending by the detector's answer; the second stage only looks where something may be seen. */
async function concluded(
  walk: Walk,
  { read, image }: { read: ReadBytes; image: Pick<DecodedImage, "flaws" | "statistics"> },
  answer: DetectedImage,
): Promise<Ending> {
  if ("error" in answer) {
    return { outcome: "unreadable", reason: `the detector failed: ${answer.error}`, passing: true };
  }
  const { context, parts } = walk;
  parts.events.onStage("infer", answer.inferMs / 1000);
  parts.events.onStage("post", answer.postMs / 1000);
  context.stopwatch.add("post", answer.postMs);
  const { detections, bestConfidence } = answer;
  const { flaws, statistics } = image;
  const first: Seen = { detections, bestConfidence, flaws, statistics };
  const wanted = wantedOf(walk);
  const wantsSecond = Object.values(wanted).some(Boolean);
  const isEmpty = endingOf(first, context).outcome === "early_exit";
  const second = wantsSecond && !isEmpty ? await inspected(walk, read.bytes, first, wanted) : undefined;
  const seen = second ? { ...first, second } : first;
  // A result whose second stage failed is not kept: the next one may get it.
  if (second || isEmpty || !wantsSecond) {
    parts.results.keep(read.sha256, { second: wanted }, seen);
  }
  return endingOf(seen, context);
}

/** What of the second stage the job allows, and this worker can do. */
function wantedOf({ context, parts }: Walk): Allowed {
  const { secondStage, inspect } = context.job.policy;
  return bothOf(parts.secondStage.capabilities, secondStage ? inspect : nothingAllowed);
}

/** Undefined when the second stage failed: what the first stage saw stands all the same. */
async function inspected(
  walk: Walk,
  bytes: Uint8Array,
  first: Seen,
  wanted: Allowed,
): Promise<Inspection | undefined> {
  const { secondStage, events } = walk.parts;
  const { accountId, priority } = walk.context.job;
  const { detections } = first;
  try {
    return await measured(walk, () =>
      secondStage.inspect({ bytes, detections, wanted, accountId, priority }),
    );
  } catch (error) {
    events.onSecondStageFault(error);
    return undefined;
  }
}

async function measured<T>({ context, parts }: Walk, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await context.stopwatch.time("post", work);
  } finally {
    parts.events.onStage("second_stage", (performance.now() - startedAt) / 1000);
  }
}

function endingOf(seen: Seen, { job }: ExamineContext): Ending {
  const isEmpty = seen.bestConfidence < job.policy.earlyExitConfidence;
  return isEmpty
    ? { outcome: "early_exit", seen: { ...seen, detections: [] } }
    : { outcome: "reviewed", seen };
}
