/** What was told where, and what came of it. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { DeliverySummary, DeliveryView, Redelivered } from "@vigil/core/delivery/wire";
import { Picture } from "@vigil/core/digest/wire";
import { findNotifiedPicture, getDelivery, listDeliveries, renewDeliveries } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { parseCursor } from "@vigil/core/page";
import * as z from "zod";
import { anyone, member } from "../access.ts";
import type { Env } from "../context.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const deliveryParam = z.object({ id: Id.of("delivery") });

const list = operation({
  operationId: "listDeliveries",
  tag: "Deliveries",
  method: "get",
  path: "/deliveries",
  summary: "What the account was told, newest first",
  access: member("viewer"),
  request: { query: PageQuery },
  responses: { 200: json(pageOf("DeliveryPage", DeliverySummary), "A page of deliveries") },
});

const one = operation({
  operationId: "getDelivery",
  tag: "Deliveries",
  method: "get",
  path: "/deliveries/{id}",
  summary: "One delivery with its message and every attempt",
  access: member("viewer"),
  request: { params: deliveryParam },
  responses: { 200: json(DeliveryView, "The delivery") },
});

const redeliver = operation({
  operationId: "redeliver",
  tag: "Deliveries",
  method: "post",
  path: "/deliveries/{id}/redeliveries",
  summary: "Tell it once more, under the same id",
  access: member("member"),
  idempotency: "required",
  request: { params: deliveryParam },
  responses: { 202: json(Redelivered, "1, or 0 while it is under way anyway") },
});

const picture = operation({
  operationId: "getNotifiedPicture",
  tag: "Deliveries",
  method: "get",
  path: "/notifications/{token}/picture",
  summary: "The picture of what a browser was told: its notification asks with the token that it was pushed",
  access: anyone,
  around: unstored,
  request: { params: z.object({ token: z.string().max(300).meta({ example: "acc_….dlv_….…" }) }) },
  responses: { 200: json(Picture, "A presigned GET") },
});

export function deliveryRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const { accountId } = c.var.member;
    const page = { accountId, limit, before: parseCursor("delivery", cursor) };
    return c.json(await listDeliveries(c.var.services, page), 200);
  });
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getDelivery(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  routes.openapi(redeliver, async (c) =>
    c.json({ count: await renewDeliveries(c.var.services, c.var.member, c.req.valid("param")) }, 202),
  );
  routes.openapi(picture, async (c) =>
    c.json(await findNotifiedPicture(c.var.services, c.req.valid("param").token), 200),
  );
  return routes;
}
