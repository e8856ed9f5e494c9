/** An account and what it has used. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { AccountView, Usage } from "@vigil/core/account/wire";
import { getAccount, getUsage } from "@vigil/core/flow";
import { rateLimitHeaders } from "@vigil/core/quota";
import { type Env, memberOf } from "../context.ts";
import { authenticate } from "../middleware.ts";
import { createRouter } from "../router.ts";
import { bearerAuth, json, problems } from "../schema.ts";

const account = createRoute({
  method: "get",
  path: "/account",
  summary: "The account of the key",
  security: bearerAuth,
  responses: { 200: json(AccountView, "The account"), ...problems(401, 403) },
});

const usage = createRoute({
  method: "get",
  path: "/usage",
  summary: "What the tier allows, what is used, what is left and when it resets",
  security: bearerAuth,
  responses: { 200: json(Usage, "The usage"), ...problems(401, 403) },
});

export function accountRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("/account", authenticate);
  routes.use("/usage", authenticate);
  routes.openapi(account, async (c) =>
    c.json(await getAccount(c.get("services"), memberOf(c).accountId), 200),
  );
  routes.openapi(usage, async (c) => {
    const { usage: used, standing } = await getUsage(c.get("services"), memberOf(c).accountId);
    return c.json(used, 200, { ...rateLimitHeaders(standing) });
  });
  return routes;
}
