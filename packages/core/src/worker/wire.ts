/** The routes under `/worker/v1`: what workers say and what they are told. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { JobMoment, ModelName } from "../review/wire.ts";
import { text } from "../text.ts";

/** `POST /worker/v1/heartbeats`: a worker's own measurements, every few seconds. */
export const Heartbeat = z.object({
  workerId: text().min(1).max(100),
  model: ModelName,
  provider: text().max(50),
  itemsPerSecond: z.number().min(0),
  /** What it could do when busy: the best sustained rate that it has measured, 0 until it has. */
  itemsPerSecondCapacity: z.number().min(0),
  batchP50Ms: z.number().min(0),
  batchP95Ms: z.number().min(0),
  inFlight: z.int().min(0),
  queueDepthSeen: z.int().min(0),
  /** The reviews that the worker has in hand: members see them as running. */
  reviewsInHand: z.array(Id.of("review")).max(100).default([]),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** The answer: the state of the whole system, so that overload is decided in one place. */
export const HeartbeatReply = z.object({
  queueDepth: z.int().min(0),
  overloaded: z.boolean(),
  extraBatchWindowMs: z.int().min(0),
});
export type HeartbeatReply = z.infer<typeof HeartbeatReply>;

/** `POST /worker/v1/reviews/{id}/evidence-urls`: fresh URLs for moments that the job names. */
export const EvidenceUrlsRequest = z.object({ momentIds: z.array(Id.of("moment")).min(1).max(40) });
export type EvidenceUrlsRequest = z.infer<typeof EvidenceUrlsRequest>;
export const EvidenceUrls = z.object({
  moments: z.array(JobMoment.pick({ id: true, url: true, expiresAt: true })),
});
export type EvidenceUrls = z.infer<typeof EvidenceUrls>;

/** `POST /worker/v1/reviews/{id}/failure`: the API decides between another try and the end. */
export const FailureReport = z.object({
  v: z.literal(1),
  part: z.int().min(0),
  workerId: text().min(1).max(100),
  reason: text().min(1).max(1_000),
  /** Whether another try could end differently, as far as the worker can tell. */
  retryable: z.boolean(),
  occurredAt: Instant,
});
export type FailureReport = z.infer<typeof FailureReport>;
/** `retry`: leave the message in the queue. `stop`: delete it. */
export const FailureReply = z.object({ action: z.enum(["retry", "stop"]), delaySeconds: z.int().min(0) });
export type FailureReply = z.infer<typeof FailureReply>;

export const DigestReply = z.object({
  digestId: Id.of("digest"),
  status: z.enum(["stored", "already-stored"]),
});
export type DigestReply = z.infer<typeof DigestReply>;
