/**
 * Recordings that are too large to be answered at once: announced, uploaded, completed, looked at by a worker. A part of the API and
 * not of the function that answers checks, because it signs for the store and sends to a queue.
 */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { UploadInput, UploadView } from "@vigil/core/check/wire";
import { announceRecording, completeRecording, getRecording } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { check as limits } from "@vigil/core/limits";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const tag = "Authenticity";
const params = z.object({ id: Id.of("check") });
const { audio, video } = limits.uploadBytesMax;

const announcing = operation({
  tag,
  method: "post",
  access: member("member"),
  idempotency: "optional",
  operationId: "announceCheckUpload",
  path: "/authenticity/uploads",
  summary: "Announce a large sound recording or video to be checked",
  description: `Up to ${audio} bytes of sound, ${video} of video. \`PUT\` it to the URL of the answer with exactly its headers, within a minute from now, then complete it. Its points are claimed now, and given back where there is no answer and the file was as announced.`,
  body: jsonBody(UploadInput),
  responses: { 201: json(UploadView, "Where to upload it") },
  refuses: [409, 413, 429],
});

const completing = operation({
  tag,
  method: "post",
  access: member("member"),
  operationId: "completeCheckUpload",
  path: "/authenticity/uploads/{id}/complete",
  summary: "It is uploaded: a worker is to look. Where bytes are missing, the answer has a fresh URL",
  request: { params },
  responses: { 200: json(UploadView, "What became of it; the same again changes nothing") },
});

const one = operation({
  tag,
  method: "get",
  access: member("viewer"),
  operationId: "getCheckUpload",
  path: "/authenticity/uploads/{id}",
  summary: "What became of a recording that was announced",
  request: { params },
  responses: { 200: json(UploadView, "Its state, and the check where there is an answer") },
});

export function recordingRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(announcing, async (c) => {
    const { upload, headers } = await announceRecording(c.var.services, c.var.member, c.req.valid("json"));
    return c.json(upload, 201, headers);
  });
  routes.openapi(completing, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await completeRecording(c.var.services, { accountId, ...c.req.valid("param") }), 200);
  });
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getRecording(c.var.services, { accountId, ...c.req.valid("param") }), 200);
  });
  return routes;
}
