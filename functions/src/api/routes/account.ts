/** An account: its settings, what it has used, and what it called false. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { AccountChange, AccountView, Usage } from "@vigil/core/account/wire";
import { changeAccount, getAccount, getLedger, getTrends, getUsage, resetDismissals } from "@vigil/core/flow";
import { LedgerView } from "@vigil/core/ledger/wire";
import { rateLimitHeaders } from "@vigil/core/quota";
import { TrendDays, TrendView } from "@vigil/core/trend/wire";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const account = operation({
  operationId: "getAccount",
  tag: "Account",
  method: "get",
  path: "/account",
  summary: "The account of the key",
  access: member("viewer"),
  responses: { 200: json(AccountView, "The account") },
});

const usage = operation({
  operationId: "getUsage",
  tag: "Account",
  method: "get",
  path: "/usage",
  summary: "What the tier allows, what is used, what is left and when it resets",
  access: member("viewer"),
  responses: { 200: json(Usage, "The usage") },
});

const ledger = operation({
  operationId: "getLedger",
  tag: "Account",
  method: "get",
  path: "/ledger",
  summary:
    "What was accepted, what is under way and how the rest ended: nothing is missing while it balances",
  access: member("viewer"),
  responses: { 200: json(LedgerView, "The ledger, at one instant") },
});

const trends = operation({
  operationId: "getTrends",
  tag: "Account",
  method: "get",
  path: "/trends",
  summary:
    "What days of the account's calendar were like: events by hour and zone, levels, reviews, responses",
  access: member("viewer"),
  request: { query: TrendDays },
  responses: { 200: json(TrendView, "Those days, in figures") },
});

const change = operation({
  operationId: "changeAccount",
  tag: "Account",
  method: "patch",
  path: "/account",
  summary:
    "Change the time zone and the quiet hours; a new zone stretches the day of the allowance under way",
  access: member("owner"),
  body: jsonBody(AccountChange),
  responses: { 200: json(AccountView, "The account") },
});

const reset = operation({
  operationId: "resetDismissals",
  tag: "Account",
  method: "delete",
  path: "/dismissals",
  summary: "Forget which assessments were called false",
  access: member("member"),
  responses: { 204: { description: "Forgotten" } },
});

export function accountRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(account, async (c) => c.json(await getAccount(c.var.services, c.var.member.accountId), 200));
  routes.openapi(change, async (c) =>
    c.json(await changeAccount(c.var.services, c.var.member, c.req.valid("json")), 200),
  );
  routes.openapi(reset, async (c) => {
    await resetDismissals(c.var.services, c.var.member);
    return c.body(null, 204);
  });
  routes.openapi(ledger, async (c) => c.json(await getLedger(c.var.services, c.var.member.accountId), 200));
  routes.openapi(trends, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getTrends(c.var.services, { accountId, ...c.req.valid("query") }), 200);
  });
  routes.openapi(usage, async (c) => {
    const { usage: used, balance } = await getUsage(c.var.services, c.var.member.accountId);
    return c.json(used, 200, { ...rateLimitHeaders(balance) });
  });
  return routes;
}
