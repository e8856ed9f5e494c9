/** Sources: who gives pictures, and whether they are trusted. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { changeSource, getSource, listSources } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { SourceChange, SourceList, SourceView } from "@vigil/core/source/wire";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const sourceParam = z.object({ id: Id.of("source") });

const list = operation({
  operationId: "listSources",
  tag: "Sources",
  method: "get",
  path: "/sources",
  summary: "Devices, and what runs of the last 30 days name as their source",
  access: member("viewer"),
  responses: { 200: json(SourceList, "All of them, at most 500") },
});

const one = operation({
  operationId: "getSource",
  tag: "Sources",
  method: "get",
  path: "/sources/{id}",
  summary: "One source: its state, why, and the way back",
  access: member("viewer"),
  request: { params: sourceParam },
  responses: { 200: json(SourceView, "The source") },
});

const change = operation({
  operationId: "changeSource",
  tag: "Sources",
  method: "patch",
  path: "/sources/{id}",
  summary: "Overrule the state of a source with a reason, or say how much it may give",
  access: member("owner"),
  body: jsonBody(SourceChange),
  request: { params: sourceParam },
  responses: { 200: json(SourceView, "The source afterwards") },
});

export function sourceRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => c.json(await listSources(c.var.services, c.var.member.accountId), 200));
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getSource(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  routes.openapi(change, async (c) => {
    const wanted = { id: c.req.valid("param").id, ...c.req.valid("json") };
    return c.json(await changeSource(c.var.services, c.var.member, wanted), 200);
  });
  return routes;
}
