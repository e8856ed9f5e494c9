/** For whoever runs Vigil: the load, the ledger, jobs that nobody could finish, and the tiers of accounts. Every change is audited. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { AccountView, LabelWishes, OperatedAccount, TierInput } from "@vigil/core/account/wire";
import { DeadLetterView } from "@vigil/core/dead-letter/wire";
import {
  changeAccount,
  changeTier,
  getLedgerOfAll,
  getLoad,
  listAccounts,
  listDeadLetters,
  redriveReview,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { OperatorLedgerView } from "@vigil/core/ledger/wire";
import { parseCursor } from "@vigil/core/page";
import { ReviewView } from "@vigil/core/review/wire";
import { LoadView } from "@vigil/core/throttle/wire";
import * as z from "zod";
import { operator } from "../api/access.ts";
import { jsonBody } from "../api/body.ts";
import type { Env } from "../api/context.ts";
import { operation } from "../api/operation.ts";
import { createRouter } from "../api/router.ts";
import { json, PageQuery, pageOf } from "../api/schema.ts";

const load = operation({
  operationId: "getLoad",
  tag: "Operators",
  method: "get",
  path: "/load",
  summary: "How busy the system is, K in force and why",
  access: operator,
  responses: { 200: json(LoadView, "The load, measured now") },
});

const ledger = operation({
  operationId: "getLedgerOfAll",
  tag: "Operators",
  method: "get",
  path: "/ledger",
  summary:
    "Whether all that was accepted is under way or has ended, and which account and row it is not true of",
  access: operator,
  responses: { 200: json(OperatorLedgerView, "The ledger, at one instant") },
});

const dead = operation({
  operationId: "listDeadLetters",
  tag: "Operators",
  method: "get",
  path: "/dead-letters",
  summary: "Jobs that nobody could finish, of every account, the latest first",
  access: operator,
  request: { query: PageQuery },
  responses: { 200: json(pageOf("DeadLetterPage", DeadLetterView), "A page of them") },
});

const redrive = operation({
  operationId: "redriveReview",
  tag: "Operators",
  method: "post",
  path: "/reviews/{id}/redrive",
  summary: "Send a failed review once more, without charging it; calling it again changes nothing",
  access: operator,
  request: { params: z.object({ id: Id.of("review") }) },
  responses: { 200: json(ReviewView, "The review, which waits again") },
  refuses: [409],
});

const accounts = operation({
  operationId: "listAccounts",
  tag: "Operators",
  method: "get",
  path: "/accounts",
  summary: "Accounts, the newest first: by a part of the name, or by id",
  access: operator,
  request: {
    query: PageQuery.extend({
      words: z.string().trim().min(1).max(100).optional().meta({ example: "harbour" }),
    }),
  },
  responses: { 200: json(pageOf("AccountPage", OperatedAccount), "A page of them") },
});

const tier = operation({
  operationId: "setTier",
  tag: "Operators",
  method: "put",
  path: "/accounts/{id}/tier",
  summary: "Set an account's tier, at once; the next change of its subscription may set another",
  access: operator,
  body: jsonBody(TierInput),
  request: { params: z.object({ id: Id.of("account") }) },
  responses: { 200: json(AccountView, "The account") },
});

const labels = operation({
  operationId: "setLabels",
  tag: "Operators",
  method: "put",
  path: "/accounts/{id}/labels",
  summary:
    "Set what an account is told of each thing that the detector names; its members may change it again",
  access: operator,
  body: jsonBody(LabelWishes),
  request: { params: z.object({ id: Id.of("account") }) },
  responses: { 200: json(AccountView, "The account") },
});

export function operatorRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(load, async (c) => c.json(await getLoad(c.var.services), 200));
  routes.openapi(ledger, async (c) => c.json(await getLedgerOfAll(c.var.services), 200));
  routes.openapi(dead, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    return c.json(await listDeadLetters(c.var.services, { limit, cursor }), 200);
  });
  routes.openapi(redrive, async (c) => {
    const { actor } = c.var.operator;
    return c.json(await redriveReview(c.var.services, { reviewId: c.req.valid("param").id, actor }), 200);
  });
  routes.openapi(accounts, async (c) => {
    const { limit, cursor, words } = c.req.valid("query");
    const page = { limit, before: parseCursor("account", cursor), words };
    return c.json(await listAccounts(c.var.services, page), 200);
  });
  routes.openapi(tier, async (c) => {
    const by = { accountId: c.req.valid("param").id, actor: c.var.operator.actor };
    return c.json(await changeTier(c.var.services, by, c.req.valid("json").tier), 200);
  });
  routes.openapi(labels, async (c) => {
    const by = { accountId: c.req.valid("param").id, actor: c.var.operator.actor };
    return c.json(await changeAccount(c.var.services, by, { labels: c.req.valid("json") }), 200);
  });
  return routes;
}
