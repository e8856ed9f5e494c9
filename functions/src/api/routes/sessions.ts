/** Sessions and the reviews that are asked of them. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { getReview, getSession, getUsage, listSessions, requestReview } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { accept } from "@vigil/core/limits";
import { parseCursor } from "@vigil/core/page";
import { problem } from "@vigil/core/problem";
import { rateLimitHeaders } from "@vigil/core/quota";
import { ReviewView } from "@vigil/core/review/wire";
import { SessionSummary, SessionView } from "@vigil/core/session/wire";
import type { MiddlewareHandler } from "hono";
import { type Env, memberOf } from "../context.ts";
import { authenticate, checkJson, idempotent, limitBody } from "../middleware.ts";
import { createRouter } from "../router.ts";
import { bearerAuth, idempotencyHeader, json, listOf, PageQuery, problems } from "../schema.ts";

const list = createRoute({
  method: "get",
  path: "/sessions",
  summary: "Sessions of the account, newest first",
  security: bearerAuth,
  request: { query: PageQuery },
  responses: { 200: json(listOf(SessionSummary), "A page of sessions"), ...problems(400, 401, 403) },
});

const one = createRoute({
  method: "get",
  path: "/sessions/{id}",
  summary: "One session with its events",
  security: bearerAuth,
  request: { params: z.object({ id: Id.of("session") }) },
  responses: { 200: json(SessionView, "The session"), ...problems(401, 403, 404) },
});

const ask = createRoute({
  method: "post",
  path: "/sessions/{id}/reviews",
  summary: "Ask for a deep review; an open session is closed by it",
  security: bearerAuth,
  request: {
    params: z.object({ id: Id.of("session") }),
    headers: idempotencyHeader,
    body: { content: { "application/json": { schema: z.strictObject({}) } }, required: true },
  },
  responses: {
    200: json(ReviewView, "The review that this session already has"),
    202: json(ReviewView, "Asked for"),
    ...problems(400, 401, 403, 404, 409, 415, 422, 429, 503),
  },
});

const review = createRoute({
  method: "get",
  path: "/reviews/{id}",
  summary: "One review: its state, K and why, and its place in the queue",
  security: bearerAuth,
  request: { params: z.object({ id: Id.of("review") }) },
  responses: { 200: json(ReviewView, "The review"), ...problems(401, 403, 404) },
});

/** Every answer to a request for a review says where the allowance stands: refusals and replays too. */
const sayAllowance: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  const principal = c.get("principal");
  if (c.res.headers.has("RateLimit") || principal.kind !== "member") return;
  const { standing } = await getUsage(c.get("services"), principal.accountId);
  for (const [name, value] of Object.entries(rateLimitHeaders(standing))) c.res.headers.set(name, value);
};

export function sessionRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("/sessions/*", authenticate, limitBody(accept.jsonBytesMax));
  routes.use("/sessions", authenticate);
  routes.use("/reviews/*", authenticate);
  routes.use("/sessions/:id/reviews", sayAllowance, idempotent({ required: true }), checkJson);
  routes.openapi(list, async (c) => {
    const { accountId } = memberOf(c);
    const { limit, cursor } = c.req.valid("query");
    return c.json(
      await listSessions(c.get("services"), { accountId, limit, before: parseCursor("session", cursor) }),
      200,
    );
  });
  routes.openapi(one, async (c) => {
    const { accountId } = memberOf(c);
    return c.json(await getSession(c.get("services"), { accountId, id: c.req.valid("param").id }), 200);
  });
  routes.openapi(ask, async (c) => {
    const { accountId, subjectId } = memberOf(c, "member");
    const services = c.get("services");
    const requested = await requestReview(services, {
      accountId,
      sessionId: c.req.valid("param").id,
      actor: subjectId,
    });
    const headers = { ...rateLimitHeaders(requested.standing) };
    if (requested.kind === "refused") {
      const { code, detail, resetsAt } = requested.refusal;
      const seconds = resetsAt && Math.ceil((resetsAt.getTime() - services.clock.now().getTime()) / 1000);
      throw problem(code, detail, {
        headers,
        ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
      });
    }
    const view = await getReview(services, { accountId, id: requested.review.id });
    return requested.kind === "created" ? c.json(view, 202, headers) : c.json(view, 200, headers);
  });
  routes.openapi(review, async (c) => {
    const { accountId } = memberOf(c);
    return c.json(await getReview(c.get("services"), { accountId, id: c.req.valid("param").id }), 200);
  });
  return routes;
}
