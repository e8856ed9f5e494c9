/** Links to one digest, and bundles of one. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { exportDigest, listShares, revokeShare, shareDigest } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { parseCursor } from "@vigil/core/page";
import { Bundle, ShareInput, ShareView, ShareWithUrl } from "@vigil/core/share/wire";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { answerLanguage } from "../language.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const digestParam = z.object({ id: Id.of("digest") });

const share = operation({
  operationId: "shareDigest",
  tag: "Digests",
  method: "post",
  path: "/digests/{id}/shares",
  summary: "Make a link by which anybody may read this digest; the answer holds it, once",
  description:
    "The page shows the one digest, read only, and nothing else of the account. Making and revoking it, and its first opening, stand in the audit trail.",
  access: member("member"),
  around: unstored,
  idempotency: "required",
  request: { params: digestParam },
  body: jsonBody(ShareInput),
  responses: { 201: json(ShareWithUrl, "The link") },
  refuses: [429],
});

const listOfDigest = operation({
  operationId: "listSharesOfDigest",
  tag: "Digests",
  method: "get",
  path: "/digests/{id}/shares",
  summary: "Links to this digest, newest first, those that have ended too",
  access: member("viewer"),
  request: { params: digestParam, query: PageQuery },
  responses: { 200: json(pageOf("DigestSharePage", ShareView), "A page of links") },
});

const list = operation({
  operationId: "listShares",
  tag: "Digests",
  method: "get",
  path: "/shares",
  summary: "Links to digests of the account, newest first, those that have ended too",
  access: member("viewer"),
  request: { query: PageQuery },
  responses: { 200: json(pageOf("SharePage", ShareView), "A page of links") },
});

const revoke = operation({
  operationId: "revokeShare",
  tag: "Digests",
  method: "delete",
  path: "/shares/{id}",
  summary: "Revoke a link: it stops working at once",
  access: member("member"),
  request: { params: z.object({ id: Id.of("share") }) },
  responses: { 204: { description: "Revoked" } },
});

const exportOne = operation({
  operationId: "exportDigest",
  tag: "Digests",
  method: "post",
  path: "/digests/{id}/exports",
  summary: "Write the digest and its pictures into an archive that can be checked without Vigil",
  description:
    "A zip of `digest.json`, the pictures, `SHA256SUMS` and a page that shows them and checks them offline, in what `Accept-Language` asks for. It lies in the store for a day; the same digest twice, in the same language, is the same archive.",
  access: member("viewer"),
  around: unstored,
  request: { params: digestParam },
  responses: { 201: json(Bundle, "Where to fetch it") },
});

export function shareRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(share, async (c) => {
    const digestId = c.req.valid("param").id;
    const made = await shareDigest(c.var.services, { ...c.var.member, digestId }, c.req.valid("json"));
    return c.json(made, 201);
  });
  routes.openapi(listOfDigest, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = { limit, before: parseCursor("share", cursor), digestId: c.req.valid("param").id };
    return c.json(await listShares(c.var.services, { accountId: c.var.member.accountId, ...page }), 200);
  });
  routes.openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = { limit, before: parseCursor("share", cursor) };
    return c.json(await listShares(c.var.services, { accountId: c.var.member.accountId, ...page }), 200);
  });
  routes.openapi(revoke, async (c) => {
    await revokeShare(c.var.services, { ...c.var.member, id: c.req.valid("param").id });
    return c.body(null, 204);
  });
  routes.openapi(exportOne, async (c) => {
    const digestId = c.req.valid("param").id;
    const language = answerLanguage(c);
    return c.json(await exportDigest(c.var.services, { ...c.var.member, digestId, language }), 201);
  });
  return routes;
}
