/** An account: its settings, what it has used, and what it called false. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { AccountChange, AccountView, Usage } from "@vigil/core/account/wire";
import { changeAccount, getAccount, getUsage, resetDismissals } from "@vigil/core/flow";
import { accept } from "@vigil/core/limits";
import { rateLimitHeaders } from "@vigil/core/quota";
import { type Env, memberOf } from "../context.ts";
import { authenticate, checkJson, limitBody } from "../middleware.ts";
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

const change = createRoute({
  method: "patch",
  path: "/account",
  summary:
    "Change the time zone and the quiet hours; a new zone stretches the day of the allowance under way",
  security: bearerAuth,
  request: { body: { content: { "application/json": { schema: AccountChange } }, required: true } },
  responses: { 200: json(AccountView, "The account"), ...problems(400, 401, 403, 413, 415) },
});

const reset = createRoute({
  method: "delete",
  path: "/dismissals",
  summary: "Forget which assessments were called false",
  security: bearerAuth,
  responses: { 204: { description: "Forgotten" }, ...problems(401, 403) },
});

export function accountRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("/account", authenticate, limitBody(accept.jsonBytesMax), checkJson);
  routes.use("/dismissals", authenticate);
  routes.use("/usage", authenticate);
  routes.openapi(account, async (c) =>
    c.json(await getAccount(c.get("services"), memberOf(c).accountId), 200),
  );
  routes.openapi(change, async (c) => {
    const { accountId, subjectId: actor } = memberOf(c, "owner");
    return c.json(await changeAccount(c.get("services"), { accountId, actor }, c.req.valid("json")), 200);
  });
  routes.openapi(reset, async (c) => {
    const { accountId, subjectId: actor } = memberOf(c, "member");
    await resetDismissals(c.get("services"), { accountId, actor });
    return c.body(null, 204);
  });
  routes.openapi(usage, async (c) => {
    const { usage: used, standing } = await getUsage(c.get("services"), memberOf(c).accountId);
    return c.json(used, 200, { ...rateLimitHeaders(standing) });
  });
  return routes;
}
