/** Workers report here. Every request carries a worker's key and a signature over its body. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { RecordingReply, RecordingReport, RecordingRequest, RecordingSource } from "@vigil/core/check/wire";
import { DigestReport } from "@vigil/core/digest/wire";
import {
  listChunkItems,
  offerShadowLook,
  recordHeartbeat,
  recordShadowLook,
  renewEvidenceUrls,
  reportChunk,
  reportDigest,
  reportFailure,
  reportRecording,
  sourceOfRecording,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { worker as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { ChunkItems, ChunkItemsRequest, ChunkReply, ChunkReport } from "@vigil/core/run/wire";
import { ShadowReply, ShadowReport, ShadowRequest, ShadowStored } from "@vigil/core/shadow/wire";
import {
  DigestReply,
  EvidenceUrls,
  EvidenceUrlsRequest,
  FailureReply,
  FailureReport,
  Heartbeat,
  HeartbeatReply,
} from "@vigil/core/worker/wire";
import * as z from "zod";
import { worker } from "../api/access.ts";
import { jsonBody } from "../api/body.ts";
import type { Env } from "../api/context.ts";
import { operation } from "../api/operation.ts";
import { createRouter } from "../api/router.ts";
import { json } from "../api/schema.ts";

const bytesMax = limits.digestBytesMax;
const reviewParam = z.object({ id: Id.of("review") });

const heartbeat = operation({
  operationId: "recordHeartbeat",
  tag: "Workers",
  method: "post",
  path: "/heartbeats",
  summary: "A worker's own measurements, every few seconds",
  access: worker,
  body: jsonBody(Heartbeat, { bytesMax }),
  responses: { 200: json(HeartbeatReply, "The state of the whole system") },
});

const urls = operation({
  operationId: "renewEvidenceUrls",
  tag: "Workers",
  method: "post",
  path: "/reviews/{id}/evidence-urls",
  summary: "Fresh URLs for moments that the job names; 409 when the review is no longer wanted",
  access: worker,
  body: jsonBody(EvidenceUrlsRequest, { bytesMax }),
  request: { params: reviewParam },
  responses: { 200: json(EvidenceUrls, "URLs that live at most 60 s") },
  refuses: [409],
});

const digest = operation({
  operationId: "reportDigest",
  tag: "Workers",
  method: "post",
  path: "/reviews/{id}/digest",
  summary: "What was seen; the same report again changes nothing, another one is refused with 409",
  access: worker,
  body: jsonBody(DigestReport, { bytesMax }),
  request: { params: reviewParam },
  responses: { 200: json(DigestReply, "Stored, now or before: the job may be deleted") },
  refuses: [409],
});

const failure = operation({
  operationId: "reportFailure",
  tag: "Workers",
  method: "post",
  path: "/reviews/{id}/failure",
  summary: "A job could not be done; the answer says whether to try it again",
  access: worker,
  body: jsonBody(FailureReport, { bytesMax }),
  request: { params: reviewParam },
  responses: { 200: json(FailureReply, "What to do with the job") },
});

const runParam = z.object({ id: Id.of("run") });

const chunkItems = operation({
  operationId: "listChunkItems",
  tag: "Workers",
  method: "post",
  path: "/runs/{id}/items",
  summary: "Open items of a chunk, 32 at a time, with URLs; 409 when the chunk is no longer wanted",
  access: worker,
  body: jsonBody(ChunkItemsRequest, { bytesMax }),
  request: { params: runParam },
  responses: { 200: json(ChunkItems, "Each content once; none: that was all") },
  refuses: [409],
});

const findings = operation({
  operationId: "reportChunk",
  tag: "Workers",
  method: "post",
  path: "/runs/{id}/findings",
  summary: "What was seen in a chunk; the same report again changes nothing, another one is refused with 409",
  access: worker,
  body: jsonBody(ChunkReport, { bytesMax: limits.chunkBytesMax }),
  request: { params: runParam },
  responses: { 200: json(ChunkReply, "Stored, now or before: the job may be deleted") },
  refuses: [409],
});

const experimentParam = z.object({ id: Id.of("experiment") });

const look = operation({
  operationId: "offerShadowLook",
  tag: "Workers",
  method: "post",
  path: "/experiments/{id}/looks",
  summary: "The one picture of a review that a challenger is to look at as well, or null",
  access: worker,
  body: jsonBody(ShadowRequest, { bytesMax }),
  request: { params: experimentParam },
  responses: { 200: json(ShadowReply, "The picture; null: this review is not to be looked at") },
});

const shadowResult = operation({
  operationId: "recordShadowLook",
  tag: "Workers",
  method: "post",
  path: "/experiments/{id}/results",
  summary: "What a challenger saw; it is in no digest, and the same review again changes nothing",
  access: worker,
  body: jsonBody(ShadowReport, { bytesMax }),
  request: { params: experimentParam },
  responses: { 200: json(ShadowStored, "Stored, now or before, or not wanted any more") },
});

const recordingParam = z.object({ id: Id.of("check") });

const source = operation({
  operationId: "getRecordingSource",
  tag: "Workers",
  method: "post",
  path: "/recordings/{id}/source",
  summary: "Where a recording lies that was uploaded to be checked; 409 when it is no longer wanted",
  access: worker,
  body: jsonBody(RecordingRequest),
  request: { params: recordingParam },
  responses: { 200: json(RecordingSource, "A URL that lives at most 60 s") },
  refuses: [409],
});

const facts = operation({
  operationId: "reportRecording",
  tag: "Workers",
  method: "post",
  path: "/recordings/{id}/facts",
  summary: "What a recording's file says; the first report counts, and another one changes nothing",
  access: worker,
  body: jsonBody(RecordingReport, { bytesMax }),
  request: { params: recordingParam },
  responses: { 200: json(RecordingReply, "Stored, now or before: the job may be deleted") },
  refuses: [409],
});

export function createWorkerRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(heartbeat, async (c) =>
    c.json(await recordHeartbeat(c.var.services, c.req.valid("json")), 200),
  );
  routes.openapi(urls, async (c) => {
    const { momentIds } = c.req.valid("json");
    const { id: reviewId } = c.req.valid("param");
    return c.json(await renewEvidenceUrls(c.var.services, { reviewId, momentIds }), 200);
  });
  routes.openapi(digest, async (c) => {
    const report = c.req.valid("json");
    if (report.reviewId !== c.req.valid("param").id) {
      throw problem("invalid-body", "expected the reviewId of the path in the body");
    }
    return c.json(await reportDigest(c.var.services, report), 200);
  });
  routes.openapi(chunkItems, async (c) =>
    c.json(await listChunkItems(c.var.services, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  routes.openapi(findings, async (c) =>
    c.json(await reportChunk(c.var.services, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  routes.openapi(look, async (c) =>
    c.json(await offerShadowLook(c.var.services, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  routes.openapi(shadowResult, async (c) =>
    c.json(await recordShadowLook(c.var.services, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  routes.openapi(source, async (c) =>
    c.json(await sourceOfRecording(c.var.services, c.req.valid("param").id), 200),
  );
  routes.openapi(facts, async (c) =>
    c.json(await reportRecording(c.var.services, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  routes.openapi(failure, async (c) => {
    const report = c.req.valid("json");
    return c.json(await reportFailure(c.var.services, { reviewId: c.req.valid("param").id, report }), 200);
  });
  return routes;
}
