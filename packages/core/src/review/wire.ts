/** A review as members read it, and the job that asks a worker for it (version 1). */
import * as z from "zod";
import { Allowed, nothingAllowed } from "../consent/wire.ts";
import { ContentType, Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { evidence, queue, review } from "../limits.ts";
import { text } from "../text.ts";
import { QueueName, Tier } from "../tiers.ts";

export { QueueName, Tier } from "../tiers.ts";

export const ReviewState = z
  .enum(["queued", "running", "completed", "failed", "cancelled"])
  .meta({ id: "ReviewState" });
export type ReviewState = z.infer<typeof ReviewState>;

export const ReviewView = z
  .object({
    id: Id.of("review"),
    sessionId: Id.of("session"),
    state: ReviewState,
    k: z.int().describe("How many moments it looks at"),
    queue: QueueName,
    reasons: z.array(z.string()).describe("Why K and the queue are what they are, in words"),
    requestedAt: Instant,
    queuePosition: z
      .int()
      .optional()
      .describe(`How many of its queue were asked for before it, counted up to ${queue.countedMax}`),
    digestId: Id.of("digest").optional(),
    failure: z.string().optional(),
  })
  .meta({ id: "Review", description: "A worker's look at the most telling moments of one session." });
export type ReviewView = z.infer<typeof ReviewView>;

export const ModelName = z
  .object({ name: text().max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
  .meta({ id: "ModelName", description: "A detector, and the hash of its file." });
export type ModelName = z.infer<typeof ModelName>;

/** One image that a worker is to look at. The URL lives until `expiresAt`, at most 60 s. */
export const JobMoment = z.object({
  id: Id.of("moment"),
  url: z.url({ protocol: /^https?$/ }).max(evidence.urlCharsMax),
  expiresAt: Instant,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1).max(evidence.bytesMax),
  contentType: ContentType,
  capturedAt: Instant,
  /** The device that took it: near-identical frames are only sought within one camera. */
  deviceId: Id.of("device"),
  zone: z.string().max(64).nullable(),
});
export type JobMoment = z.infer<typeof JobMoment>;

/** Which part of a review: 0 is the review itself, each addendum is one more. */
export const Part = z.int().min(0).max(review.partsMax);

/**
 * The SQS body that asks for a review, at most 256 KiB. `part` 0 is the review itself; higher parts are addenda that
 * look at moments which a busy system deferred.
 */
export const Job = z.object({
  v: z.literal(1),
  reviewId: Id.of("review"),
  part: Part,
  accountId: Id.of("account"),
  sessionId: Id.of("session"),
  tier: Tier,
  /** 1 (life-safety) to 4 (low): orders fetching inside the worker. */
  priority: z.int().min(1).max(4),
  level: Level,
  requestedAt: Instant,
  deadlineAt: Instant,
  policy: z.object({
    k: z.int().min(1).max(review.kIdleMax),
    earlyExitConfidence: z.number().min(0).max(1),
    secondStage: z.boolean(),
    /** What may be looked for in its pictures; a job that does not say so allows nothing. */
    inspect: Allowed.default(nothingAllowed),
  }),
  /** The model that the operator wants; null leaves the choice to the worker. */
  model: ModelName.nullable(),
  moments: z.array(JobMoment).min(1).max(review.kIdleMax),
  traceparent: z.string().max(64),
  /** Of the API, over the text before it (job-signature.ts): workers take no job without it. */
  signature: z.string().max(128).optional(),
});
export type Job = z.infer<typeof Job>;
