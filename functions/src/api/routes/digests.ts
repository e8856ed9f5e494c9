/** Digests: what subscribers came for. */
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { Overnight } from "@vigil/core/account/wire";
import { DigestSummary, DigestView } from "@vigil/core/digest/wire";
import { getDigest, getOvernight, listDigests } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { parseCursor } from "@vigil/core/page";
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
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getDigest(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  return routes;
}
