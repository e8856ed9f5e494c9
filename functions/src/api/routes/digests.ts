/** Digests: what subscribers came for. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { Overnight } from "@vigil/core/account/wire";
import { DigestSummary, DigestView } from "@vigil/core/digest/wire";
import { getDigest, getOvernight, listDigests } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { parseCursor } from "@vigil/core/page";
import { type Env, memberOf } from "../context.ts";
import { authenticate } from "../middleware.ts";
import { createRouter } from "../router.ts";
import { bearerAuth, json, listOf, PageQuery, problems } from "../schema.ts";

const list = createRoute({
  method: "get",
  path: "/digests",
  summary: "Digests of the account, newest first",
  security: bearerAuth,
  request: { query: PageQuery },
  responses: { 200: json(listOf(DigestSummary), "A page of digests"), ...problems(400, 401, 403) },
});

const overnight = createRoute({
  method: "get",
  path: "/digests/overnight",
  summary: "What happened in the quiet hours that began last; 404 while the account has none",
  security: bearerAuth,
  responses: { 200: json(Overnight, "The morning summary"), ...problems(401, 403, 404) },
});

const one = createRoute({
  method: "get",
  path: "/digests/{id}",
  summary: "One digest with its evidence; picture URLs live at most 60 s",
  security: bearerAuth,
  request: { params: z.object({ id: Id.of("digest") }) },
  responses: { 200: json(DigestView, "The digest"), ...problems(401, 403, 404) },
});

export function digestRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("/digests", authenticate);
  routes.use("/digests/*", authenticate);
  routes.openapi(list, async (c) => {
    const { accountId } = memberOf(c);
    const { limit, cursor } = c.req.valid("query");
    return c.json(
      await listDigests(c.get("services"), { accountId, limit, before: parseCursor("digest", cursor) }),
      200,
    );
  });
  routes.openapi(overnight, async (c) =>
    c.json(await getOvernight(c.get("services"), memberOf(c).accountId), 200),
  );
  routes.openapi(one, async (c) => {
    const { accountId } = memberOf(c);
    return c.json(await getDigest(c.get("services"), { accountId, id: c.req.valid("param").id }), 200);
  });
  return routes;
}
