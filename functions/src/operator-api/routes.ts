/** For whoever runs Vigil: the load, what came to nothing, and the tiers of accounts. Every change is audited. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { AccountView, TierInput } from "@vigil/core/account/wire";
import { DeadLetterView } from "@vigil/core/dead-letter/wire";
import { changeTier, getLoad, listDeadLetters, redriveReview } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { accept } from "@vigil/core/limits";
import { ReviewView } from "@vigil/core/review/wire";
import { LoadView } from "@vigil/core/throttle/wire";
import { type Env, operatorOf } from "../api/context.ts";
import { authenticate, checkJson, limitBody } from "../api/middleware.ts";
import { createRouter } from "../api/router.ts";
import { bearerAuth, json, listOf, PageQuery, problems } from "../api/schema.ts";

const load = createRoute({
  method: "get",
  path: "/load",
  summary: "How busy the system is, K in force and why",
  security: bearerAuth,
  responses: { 200: json(LoadView, "The load, measured now"), ...problems(401, 403) },
});

const dead = createRoute({
  method: "get",
  path: "/dead-letters",
  summary: "Jobs that came to nothing, of every account, the latest first",
  security: bearerAuth,
  request: { query: PageQuery },
  responses: { 200: json(listOf(DeadLetterView), "A page of them"), ...problems(400, 401, 403) },
});

const redrive = createRoute({
  method: "post",
  path: "/reviews/{id}/redrive",
  summary: "Send a failed review once more, without charging it; calling it again changes nothing",
  security: bearerAuth,
  request: { params: z.object({ id: Id.of("review") }) },
  responses: { 200: json(ReviewView, "The review, which waits again"), ...problems(401, 403, 404, 409) },
});

const tier = createRoute({
  method: "put",
  path: "/accounts/{id}/tier",
  summary: "Set an account's tier, at once; the next change of its subscription may set another",
  security: bearerAuth,
  request: {
    params: z.object({ id: Id.of("account") }),
    body: { content: { "application/json": { schema: TierInput } }, required: true },
  },
  responses: { 200: json(AccountView, "The account"), ...problems(400, 401, 403, 404, 413, 415) },
});

export function operatorRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("*", authenticate, limitBody(accept.jsonBytesMax), async (c, next) => {
    operatorOf(c);
    await next();
  });
  routes.use("/accounts/*", checkJson);
  routes.openapi(load, async (c) => c.json(await getLoad(c.get("services")), 200));
  routes.openapi(dead, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    return c.json(await listDeadLetters(c.get("services"), { limit, cursor }), 200);
  });
  routes.openapi(redrive, async (c) => {
    const actor = operatorOf(c).subjectId;
    return c.json(await redriveReview(c.get("services"), { reviewId: c.req.valid("param").id, actor }), 200);
  });
  routes.openapi(tier, async (c) => {
    const by = { accountId: c.req.valid("param").id, actor: operatorOf(c).subjectId };
    return c.json(await changeTier(c.get("services"), by, c.req.valid("json").tier), 200);
  });
  return routes;
}
