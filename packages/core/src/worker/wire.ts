/** The routes under `/worker/v1`: what workers say and what they are told. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { worker as limits } from "../limits.ts";
import { JobMoment, ModelName, Part } from "../review/wire.ts";
import { ShadowWish } from "../shadow/wire.ts";
import { text } from "../text.ts";

const rate = z.number().min(0).max(limits.itemsPerSecondMax);

/** `POST /worker/v1/heartbeats`: a worker's own measurements, every few seconds. */
export const Heartbeat = z
  .object({
    workerId: text().min(1).max(100),
    model: ModelName,
    provider: text().max(50),
    itemsPerSecond: rate,
    itemsPerSecondCapacity: rate.describe(
      "What it could do when busy: the best sustained rate that it has measured, 0 until it has",
    ),
    batchP50Ms: z.number().min(0).max(limits.millisecondsMax),
    batchP95Ms: z.number().min(0).max(limits.millisecondsMax),
    inFlight: z.int().min(0).max(limits.inFlightMax),
    queueDepthSeen: z.int().min(0).max(limits.queueDepthMax),
    reviewsInHand: z
      .array(Id.of("review"))
      .max(100)
      .default([])
      .describe("The reviews that the worker has in hand: members see them as running"),
  })
  .meta({
    id: "Heartbeat",
    examples: [
      {
        workerId: "garage-1",
        model: { name: "yolov8n", sha256: "0".repeat(64) },
        provider: "cpu",
        itemsPerSecond: 12.5,
        itemsPerSecondCapacity: 46,
        batchP50Ms: 180,
        batchP95Ms: 260,
        inFlight: 2,
        queueDepthSeen: 14,
        reviewsInHand: [],
      },
    ],
  });
export type Heartbeat = z.infer<typeof Heartbeat>;

/** The answer: the state of the whole system, so that overload is decided in one place. */
export const HeartbeatReply = z
  .object({
    queueDepth: z.int().min(0),
    overloaded: z.boolean(),
    extraBatchWindowMs: z.int().min(0),
    model: ModelName.nullable()
      .default(null)
      .describe("What every worker is to use; null: what it was started with"),
    shadow: ShadowWish.nullable().default(null).describe("Null: no model is on trial"),
  })
  .meta({ id: "HeartbeatReply" });
export type HeartbeatReply = z.infer<typeof HeartbeatReply>;

/** `POST /worker/v1/reviews/{id}/evidence-urls`: fresh URLs for moments that the job names. */
export const EvidenceUrlsRequest = z
  .object({ momentIds: z.array(Id.of("moment")).min(1).max(40) })
  .meta({ id: "EvidenceUrlsRequest", examples: [{ momentIds: [`mom_${Id.exampleDigits}`] }] });
export type EvidenceUrlsRequest = z.infer<typeof EvidenceUrlsRequest>;
export const EvidenceUrl = JobMoment.pick({ id: true, url: true, expiresAt: true }).meta({
  id: "EvidenceUrl",
});
export const EvidenceUrls = z.object({ moments: z.array(EvidenceUrl) }).meta({ id: "EvidenceUrls" });
export type EvidenceUrls = z.infer<typeof EvidenceUrls>;

/** `POST /worker/v1/reviews/{id}/failure`: the API decides between another try and the end. */
export const FailureReport = z
  .object({
    v: z.literal(1),
    part: Part,
    workerId: text().min(1).max(100),
    reason: text().min(1).max(1_000),
    retryable: z
      .boolean()
      .describe("Whether another try could end differently, as far as the worker can tell"),
    occurredAt: Instant,
  })
  .meta({
    id: "FailureReport",
    examples: [
      {
        v: 1,
        part: 0,
        workerId: "garage-1",
        reason: "the evidence host does not answer",
        retryable: true,
        occurredAt: "2026-06-01T21:14:06.020Z",
      },
    ],
  });
export type FailureReport = z.infer<typeof FailureReport>;
export const FailureReply = z
  .object({
    action: z.enum(["retry", "stop"]).describe("`retry`: leave the message in the queue. `stop`: delete it"),
    delaySeconds: z.int().min(0),
  })
  .meta({ id: "FailureReply" });
export type FailureReply = z.infer<typeof FailureReply>;

export const DigestReply = z
  .object({ digestId: Id.of("digest"), status: z.enum(["stored", "already-stored"]) })
  .meta({ id: "DigestReply" });
export type DigestReply = z.infer<typeof DigestReply>;
