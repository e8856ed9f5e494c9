/**
 * What stands in front of the API, near to the devices: it refuses what the API would refuse without asking it, with the
 * API's own problems, and takes events with more pictures than a function can be sent (`carry-form.ts`). Everything else goes
 * on as it comes, streams included.
 */
import { AnnouncedEvidence, EventInput } from "@vigil/core/event/wire";
import { edge as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { problemTitles } from "@vigil/core/problem-titles";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { jsonBody, matched, parseBounded, readJson } from "../api/body.ts";
import { refuseEncodedBodies } from "../api/content-encoding.ts";
import { batchBody, eventBody, isMultipart, readBatch } from "../api/event-body.ts";
import { identifyRequest, toProblem, writeProblem } from "../api/middleware.ts";
import { readForm } from "../api/multipart/index.ts";
import { acceptPath } from "../one-origin.ts";
import { carryForm } from "./carry-form.ts";
import type { Config, RateBinding } from "./config.ts";
import { deviceKey, type EdgeEnv, type Log, refuseMalformedKeys } from "./env.ts";
import { AnsweredByApi } from "./event-api.ts";
import { createKeyRate, type KeyRate } from "./key-rate.ts";
import { createUpstream, type Upstream } from "./upstream.ts";

/** What a request is answered with. */
type Edge = { config: Config; log: Log; upstream: Upstream; rates: KeyRate };

export function createEdge({
  config,
  rate,
  log,
}: {
  config: Config;
  rate?: RateBinding | undefined;
  log: Log;
}): Hono<EdgeEnv> {
  const edge = { config, log, upstream: createUpstream(config), rates: createKeyRate(rate) };
  const app = new Hono<EdgeEnv>();
  app.use(async (c, next) => {
    c.set("titles", problemTitles);
    await next();
  });
  app.use(identifyRequest as MiddlewareHandler, refuseEncodedBodies, secureHeaders());
  for (const path of ["/v1/*", "/worker/v1/*", "/operator/v1/*"]) app.use(path, refuseMalformedKeys);
  app.onError((error, c) => {
    if (error instanceof AnsweredByApi) return error.answer;
    const found = toProblem(error);
    if (found.code === "internal") {
      log.error({ err: error, requestId: c.get("requestId") }, "a request failed");
    }
    return writeProblem(found, c as unknown as Parameters<typeof writeProblem>[1]);
  });
  app.post(acceptPath, (c) => takeEvent(edge, c));
  app.post(`${acceptPath}/batch`, within(batchBody.limit), async (c) => {
    deviceKey(c);
    readBatch(await readJson(c));
    return forward(edge, c, await read(c));
  });
  const announcing = jsonBody(AnnouncedEvidence);
  app.post(`${acceptPath}/:id/evidence`, within(announcing.limit), async (c) => {
    deviceKey(c);
    matched(AnnouncedEvidence, await readJson(c));
    return forward(edge, c, await read(c));
  });
  app.all("*", (c) => {
    const bytes = lengthOf(c);
    if (bytes !== undefined && bytes > limits.forwardedBytesMax) throw tooLarge(limits.forwardedBytesMax);
    return forward(edge, c);
  });
  return app;
}

async function takeEvent(edge: Edge, c: Context<EdgeEnv>): Promise<Response> {
  const key = deviceKey(c);
  if (isMultipart(c)) return takeForm(edge, c, key);
  await within(eventBody.limit)(c, async () => undefined);
  const event = matched(EventInput, await readJson(c));
  await edge.rates.take(key, event);
  return forward(edge, c, await read(c));
}

async function takeForm(
  { config, log, upstream, rates }: Edge,
  c: Context<EdgeEnv>,
  key: string,
): Promise<Response> {
  const bytes = lengthOf(c);
  if (bytes !== undefined && bytes > config.BODY_BYTES_MAX) {
    throw problem(
      "body-too-large",
      `expected a body of at most ${config.BODY_BYTES_MAX} bytes here, got ${bytes}; announce the pictures of a larger event (evidence or moreEvidence in its JSON, see /docs) and upload each by itself`,
    );
  }
  if (bytes === undefined || bytes > limits.wholeFormBytesMax) {
    return carryForm(c, { key, upstream, rates, log, bodyBytesMax: config.BODY_BYTES_MAX });
  }
  const body = await read(c);
  const { event } = readForm(c.req.header("content-type") ?? "", body, (text) =>
    matched(EventInput, parseBounded(text)),
  );
  await rates.take(key, event);
  return upstream.forward(c.req.raw, c.get("requestId"), body);
}

function forward({ upstream }: Edge, c: Context<EdgeEnv>, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
  return upstream.forward(c.req.raw, c.get("requestId"), body);
}

/** The whole body, which is within its bound. */
async function read(c: Context): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await c.req.arrayBuffer());
}

/** As the request states it; undefined where it comes in chunks. */
function lengthOf(c: Context): number | undefined {
  const stated = c.req.header("content-length");
  return stated !== undefined && /^\d{1,15}$/.test(stated) ? Number(stated) : undefined;
}

function tooLarge(bytesMax: number) {
  return problem("body-too-large", `expected a body of at most ${bytesMax} bytes`);
}

/** A bound of the API's, which knows nothing of what else the API's requests have. */
function within(limit: (typeof eventBody)["limit"]): MiddlewareHandler<EdgeEnv> {
  return limit as unknown as MiddlewareHandler<EdgeEnv>;
}
