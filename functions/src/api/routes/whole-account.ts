/** An account as a whole: everything of it in archives, and its erasure. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Erasure, ErasureInput, ErasureShown } from "@vigil/core/erasure/wire";
import { AccountExport } from "@vigil/core/export/wire";
import {
  askErasure,
  askExport,
  callOffErasure,
  findErasure,
  getErasure,
  getExport,
  listExports,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import * as z from "zod";
import { anyone, member, signedInMember } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, pageOf } from "../schema.ts";

const tag = "Account";

const ask = operation({
  operationId: "askExport",
  tag,
  method: "post",
  path: "/account/exports",
  summary:
    "Have everything of the account written into archives; one that is under way is the one that is wanted",
  access: member("owner"),
  responses: { 202: json(AccountExport, "It is written in the background") },
  refuses: [409],
});

const list = operation({
  operationId: "listExports",
  tag,
  method: "get",
  path: "/account/exports",
  summary: "Exports of the account, the newest first",
  access: member("owner"),
  responses: { 200: json(pageOf("AccountExportPage", AccountExport), "The newest of them") },
});

const show = operation({
  operationId: "getExport",
  tag,
  method: "get",
  path: "/account/exports/{id}",
  summary:
    "How far an export has come; once it is ready, with a link to each archive that is good for a minute",
  access: member("owner"),
  request: { params: z.object({ id: Id.of("export") }) },
  responses: { 200: json(AccountExport, "As it is now") },
});

const erase = operation({
  operationId: "askErasure",
  tag,
  method: "post",
  path: "/account/erasure",
  summary:
    "Have the account erased, a day from now, with everything that it has; every owner is told by mail",
  access: signedInMember("owner"),
  body: jsonBody(ErasureInput),
  responses: { 202: json(Erasure, "It begins when it says; until then it may be called off") },
});

const shown = operation({
  operationId: "showErasure",
  tag,
  method: "get",
  path: "/account/erasure",
  summary: "Whether the account is to be erased, and when",
  access: member("viewer"),
  responses: { 200: json(ErasureShown, "As it is now") },
});

const callOff = operation({
  operationId: "callOffErasure",
  tag,
  method: "delete",
  path: "/account/erasure",
  summary: "Call the erasure off, before it begins",
  access: member("owner"),
  responses: { 204: { description: "Called off; or none was asked for" } },
  refuses: [409],
});

const receipt = operation({
  operationId: "getErasure",
  tag,
  method: "get",
  path: "/erasures/{id}",
  summary:
    "How far an erasure has come, and its receipt: by the id that its mail names, also once the account is gone",
  access: anyone,
  // Whoever has it may read it, as with a link: it has 74 random bits, and what it leads to names nobody.
  request: { params: z.object({ id: z.string().max(100).meta({ example: "era_…" }) }) },
  responses: { 200: json(Erasure, "As it is now; nothing of it is personal") },
  refuses: [404],
});

export function wholeAccountRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(ask, async (c) => c.json((await askExport(c.var.services, c.var.member)).export, 202));
  routes.openapi(list, async (c) =>
    c.json({ items: await listExports(c.var.services, c.var.member.accountId), nextCursor: null }, 200),
  );
  routes.openapi(show, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getExport(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  routes.openapi(erase, async (c) =>
    c.json(await askErasure(c.var.services, c.var.member, c.req.valid("json")), 202),
  );
  routes.openapi(shown, async (c) =>
    c.json({ erasure: await findErasure(c.var.services, c.var.member.accountId) }, 200),
  );
  routes.openapi(callOff, async (c) => {
    await callOffErasure(c.var.services, c.var.member);
    return c.body(null, 204);
  });
  routes.openapi(receipt, async (c) =>
    c.json(await getErasure(c.var.services, c.req.valid("param").id), 200),
  );
  return routes;
}
