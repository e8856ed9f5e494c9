/** Digests: what subscribers came for. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Overnight } from "@vigil/core/account/wire";
import { DigestSummary, DigestView } from "@vigil/core/digest/wire";
import { getDigest, getOvernight, listDigests, searchDigests } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { parseCursor } from "@vigil/core/page";
import { SearchPage } from "@vigil/core/search/wire";
import * as z from "zod";
import { member } from "../access.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const list = operation({
  operationId: "listDigests",
  tag: "Digests",
  method: "get",
  path: "/digests",
  summary: "Digests of the account, newest first",
  access: member("viewer"),
  request: { query: PageQuery },
  responses: { 200: json(pageOf("DigestPage", DigestSummary), "A page of digests") },
});

const overnight = operation({
  operationId: "getOvernight",
  tag: "Digests",
  method: "get",
  path: "/digests/overnight",
  summary: "What happened in the quiet hours that began last; 404 while the account has none",
  access: member("viewer"),
  responses: { 200: json(Overnight, "The morning summary") },
  refuses: [404],
});

const search = operation({
  operationId: "searchDigests",
  tag: "Digests",
  method: "get",
  path: "/search",
  summary: "Ask for digests in words: `person at the back door last night`",
  description:
    "Times are read by the account's time zone: `yesterday evening`, `since Friday`, `between 2 and 4`, `20 November`, `in the last two hours`. The rest is looked for in what digests say, what was seen, and where; all of it must be found.",
  access: member("viewer"),
  request: {
    query: PageQuery.extend({
      q: z.string().trim().min(1).max(200).meta({ example: "person at the back door last night" }),
    }),
  },
  responses: { 200: json(SearchPage, "The digests, and how the question was understood") },
});

const one = operation({
  operationId: "getDigest",
  tag: "Digests",
  method: "get",
  path: "/digests/{id}",
  summary: "One digest with its evidence; picture URLs live at most 60 s",
  access: member("viewer"),
  request: { params: z.object({ id: Id.of("digest") }) },
  responses: { 200: json(DigestView, "The digest") },
});

export function digestRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => {
    const { accountId } = c.var.member;
    const { limit, cursor } = c.req.valid("query");
    return c.json(
      await listDigests(c.var.services, { accountId, limit, before: parseCursor("digest", cursor) }),
      200,
    );
  });
  routes.openapi(overnight, async (c) =>
    c.json(await getOvernight(c.var.services, c.var.member.accountId), 200),
  );
  routes.openapi(search, async (c) => {
    const { accountId } = c.var.member;
    const { q: question, limit, cursor } = c.req.valid("query");
    const page = { limit, before: parseCursor("digest", cursor) };
    return c.json(await searchDigests(c.var.services, { accountId, question, ...page }), 200);
  });
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getDigest(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  return routes;
}
