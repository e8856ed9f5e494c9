/** What owners consent to have looked for in the pictures of their sites. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { ConsentInput, ConsentView, consentKinds, SiteConsents } from "@vigil/core/consent/wire";
import { changeConsent, listConsents } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, pageOf } from "../schema.ts";

const list = operation({
  operationId: "listConsents",
  tag: "Account",
  method: "get",
  path: "/consents",
  summary:
    "What may be looked for in the pictures of each site, who said so, and what became of what was withdrawn",
  access: member("viewer"),
  responses: { 200: json(pageOf("SiteConsentsPage", SiteConsents), "All sites of the account") },
});

const change = operation({
  operationId: "changeConsent",
  tag: "Account",
  method: "put",
  path: "/sites/{id}/consents/{kind}",
  summary: "Consent to something being looked for in a site's pictures, or withdraw that",
  description:
    "From the answer on nothing of the kind is stored. What was is erased in the background, out of digests and what was told of them as well; the receipt says what went. Pictures stay.",
  access: member("owner"),
  request: {
    params: z.object({ id: Id.of("site"), kind: z.enum(consentKinds).meta({ example: "plates" }) }),
  },
  body: jsonBody(ConsentInput),
  responses: { 200: json(ConsentView, "As it is now") },
  refuses: [409],
});

export function consentRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) =>
    c.json({ items: await listConsents(c.var.services, c.var.member.accountId), nextCursor: null }, 200),
  );
  routes.openapi(change, async (c) => {
    const { id: siteId, kind } = c.req.valid("param");
    const said = { ...c.req.valid("json"), siteId, kind };
    return c.json(await changeConsent(c.var.services, c.var.member, said), 200);
  });
  return routes;
}
