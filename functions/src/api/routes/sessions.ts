/** Sessions and the reviews that are asked of them. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  getReview,
  getSession,
  getUsage,
  listSessions,
  requestReview,
  reviewIn,
  sessionIn,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { parseCursor } from "@vigil/core/page";
import { problem } from "@vigil/core/problem";
import { rateLimitHeaders } from "@vigil/core/quota";
import { ReviewView } from "@vigil/core/review/wire";
import { SessionSummary, SessionView } from "@vigil/core/session/wire";
import { Days } from "@vigil/core/trend/wire";
import type { MiddlewareHandler } from "hono";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env, KeyEnv } from "../context.ts";
import { answerLanguage } from "../language.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const sessionParam = z.object({ id: Id.of("session") });

/** Every answer to a request for a review says where the allowance stands: refusals and replays too. */
const sayAllowance: MiddlewareHandler<KeyEnv> = async (c, next) => {
  await next();
  const principal = c.get("principal");
  if (c.res.headers.has("RateLimit") || principal.kind !== "member") return;
  const { balance } = await getUsage(c.get("services"), principal.accountId);
  for (const [name, value] of Object.entries(rateLimitHeaders(balance))) c.res.headers.set(name, value);
};

const ReviewRequest = z.strictObject({}).meta({ id: "ReviewRequest", examples: [{}] });

const list = operation({
  operationId: "listSessions",
  tag: "Sessions",
  method: "get",
  path: "/sessions",
  summary: "Sessions of the account, newest first; of some days of its calendar, by when they began",
  access: member("viewer"),
  request: { query: PageQuery.extend(Days.shape) },
  responses: { 200: json(pageOf("SessionPage", SessionSummary), "A page of sessions") },
});

const one = operation({
  operationId: "getSession",
  tag: "Sessions",
  method: "get",
  path: "/sessions/{id}",
  summary: "One session with its events",
  access: member("viewer"),
  request: { params: sessionParam },
  responses: { 200: json(SessionView, "The session") },
});

const ask = operation({
  operationId: "requestReview",
  tag: "Sessions",
  method: "post",
  path: "/sessions/{id}/reviews",
  summary: "Ask for a deep review; an open session is closed by it",
  access: member("member"),
  around: sayAllowance,
  idempotency: "required",
  body: jsonBody(ReviewRequest),
  request: { params: sessionParam },
  responses: {
    200: json(ReviewView, "The review that this session already has"),
    202: json(ReviewView, "Asked for"),
  },
  refuses: [429, 503],
});

const review = operation({
  operationId: "getReview",
  tag: "Sessions",
  method: "get",
  path: "/reviews/{id}",
  summary: "One review: its state, K and why, and its position in the queue",
  access: member("viewer"),
  request: { params: z.object({ id: Id.of("review") }) },
  responses: { 200: json(ReviewView, "The review") },
});

export function sessionRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => {
    const { accountId } = c.var.member;
    const { cursor, ...asked } = c.req.valid("query");
    const page = { ...asked, before: parseCursor("session", cursor) };
    const language = answerLanguage(c);
    const { items, nextCursor } = await listSessions(c.var.services, { accountId, ...page });
    return c.json({ items: items.map((each) => sessionIn(language, each)), nextCursor }, 200);
  });
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    const found = await getSession(c.var.services, { accountId, id: c.req.valid("param").id });
    return c.json(sessionIn(answerLanguage(c), found), 200);
  });
  routes.openapi(ask, async (c) => {
    const { accountId, actor } = c.var.member;
    const { services } = c.var;
    const requested = await requestReview(services, {
      accountId,
      sessionId: c.req.valid("param").id,
      actor,
    });
    const headers = { ...rateLimitHeaders(requested.balance) };
    if (requested.kind === "refused") {
      const { code, detail, resetsAt } = requested.refusal;
      const seconds = resetsAt && Math.ceil((resetsAt.getTime() - services.clock.now().getTime()) / 1000);
      throw problem(code, detail, {
        headers,
        ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
      });
    }
    const view = reviewIn(
      answerLanguage(c),
      await getReview(services, { accountId, id: requested.review.id }),
    );
    return requested.kind === "created" ? c.json(view, 202, headers) : c.json(view, 200, headers);
  });
  routes.openapi(review, async (c) => {
    const { accountId } = c.var.member;
    const found = await getReview(c.var.services, { accountId, id: c.req.valid("param").id });
    return c.json(reviewIn(answerLanguage(c), found), 200);
  });
  return routes;
}
