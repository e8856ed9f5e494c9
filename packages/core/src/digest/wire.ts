/** What a worker reports (version 1), and the digest that subscribers read. */
import * as z from "zod";
import { Reason } from "../assessment/wire.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { review } from "../limits.ts";
import { ModelName, Part } from "../review/wire.ts";
import { text } from "../text.ts";

const unit = z.number().min(0).max(1);

/** x, y, width, height of a box, each as a fraction (0..1) of the image; x and y are its top left corner. */
export const Box = z.tuple([unit, unit, unit, unit]);
export type Box = z.infer<typeof Box>;

export const Detection = z.object({
  label: text().max(64),
  confidence: unit,
  box: Box,
  /** The same track in several moments is the same individual, as re-identification sees it. */
  trackId: text().max(64).optional(),
});
export type Detection = z.infer<typeof Detection>;

export const Outcome = z.enum(["reviewed", "early_exit", "duplicate", "unreadable", "missing", "deferred"]);
export type Outcome = z.infer<typeof Outcome>;

export const Faces = z.object({ count: z.int().min(0), qualityMax: unit });
export const Plate = z.object({ text: text().max(32), confidence: unit, box: Box });

export const Finding = z.object({
  id: Id.of("moment"),
  outcome: Outcome,
  detections: z.array(Detection).max(review.detectionsPerMomentMax),
  /** Set when `outcome` is `duplicate`: the moment whose result this one takes. */
  duplicateOf: Id.of("moment").optional(),
  /** Why a moment is `unreadable` or `missing`. */
  reason: text().max(500).optional(),
  faces: Faces.optional(),
  plates: z.array(Plate).max(50).optional(),
  embeddingRef: text().max(200).optional(),
});
export type Finding = z.infer<typeof Finding>;

export const Timings = z.object({
  queueMs: z.number().min(0),
  fetchMs: z.number().min(0),
  decodeMs: z.number().min(0),
  inferMs: z.number().min(0),
  /** Turning tensors into findings: thresholds, non-maximum suppression, second stage. */
  postMs: z.number().min(0),
});

/** Which second-stage models the worker has. An absent model is stated, never passed off as an empty result. */
export const Capabilities = z.object({
  faces: z.boolean(),
  reidentification: z.boolean(),
  plates: z.boolean(),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** Worker -> API: `POST /worker/v1/reviews/{id}/digest`. */
export const DigestReport = z.object({
  v: z.literal(1),
  reviewId: Id.of("review"),
  part: Part,
  worker: z.object({
    id: text().min(1).max(100),
    provider: text().max(50),
    model: ModelName,
    capabilities: Capabilities,
  }),
  startedAt: Instant,
  finishedAt: Instant,
  timings: Timings,
  moments: z.array(Finding).min(1).max(review.kIdleMax),
});
export type DigestReport = z.infer<typeof DigestReport>;

/** A sentence and the moments that it rests on. */
export const Sentence = z.object({ text: z.string(), momentIds: z.array(z.string()) });
export type Sentence = z.infer<typeof Sentence>;

export const TimelineEntry = Sentence.extend({ at: Instant });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const DigestMoment = Finding.extend({
  capturedAt: Instant,
  zone: z.string().nullable(),
  deviceId: Id.of("device"),
  eventId: Id.of("event"),
  /** A presigned GET of at most 60 s; absent when the image is gone. */
  image: z.object({ url: z.string(), expiresAt: Instant }).optional(),
});
export type DigestMoment = z.infer<typeof DigestMoment>;

export const DigestSummary = z.object({
  id: Id.of("digest"),
  reviewId: Id.of("review"),
  sessionId: Id.of("session"),
  siteId: Id.of("site"),
  siteName: z.string(),
  level: Level,
  title: z.string(),
  summary: z.array(Sentence),
  /** Individuals or things seen, by label: the largest number visible in one moment. */
  counts: z.record(z.string(), z.int()),
  momentCount: z.int(),
  occurredAt: Instant,
  createdAt: Instant,
  /** Made in the account's quiet hours: its alerts wait until then. Absent: they do not wait. */
  quietUntil: Instant.optional(),
  /** The first picture worth showing. */
  cover: z.object({ momentId: Id.of("moment"), url: z.string(), expiresAt: Instant }).nullable(),
});
export type DigestSummary = z.infer<typeof DigestSummary>;

export const DigestView = DigestSummary.extend({
  timeline: z.array(TimelineEntry),
  /** From the rule-based assessment of the session and from what was seen. */
  reasons: z.array(Reason),
  recommendation: z.string(),
  moments: z.array(DigestMoment),
  model: ModelName,
  provider: z.string(),
  capabilities: Capabilities,
  timings: Timings.extend({
    /** From the receipt of the session's last event to the stored digest. */
    eventToDigestMs: z.number(),
    /** From the request of the review to the stored digest. */
    reviewMs: z.number(),
  }),
});
export type DigestView = z.infer<typeof DigestView>;
