/** Where the account is told. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { DeliverySummary, Redelivered, RedeliveryRange } from "@vigil/core/delivery/wire";
import {
  EndpointChange,
  EndpointInput,
  EndpointOffer,
  EndpointView,
  EndpointWithSecret,
} from "@vigil/core/endpoint/wire";
import {
  addEndpoint,
  changeEndpoint,
  listDeliveries,
  listEndpoints,
  removeEndpoint,
  renewDeliveries,
  rotateSecret,
  testEndpoint,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { languageOf } from "@vigil/core/language/languages";
import { parseCursor } from "@vigil/core/page";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const endpointParam = z.object({ id: Id.of("endpoint") });

const list = operation({
  operationId: "listEndpoints",
  tag: "Endpoints",
  method: "get",
  path: "/endpoints",
  summary: "Where the account is told",
  access: member("viewer"),
  responses: { 200: json(pageOf("EndpointPage", EndpointView), "All endpoints") },
});

const offer = operation({
  operationId: "getEndpointOffer",
  tag: "Endpoints",
  method: "get",
  path: "/endpoints/offer",
  summary: "What this installation can tell with, beside webhooks",
  access: member("viewer"),
  responses: { 200: json(EndpointOffer, "What is set up") },
});

const add = operation({
  operationId: "addEndpoint",
  tag: "Endpoints",
  method: "post",
  path: "/endpoints",
  summary: "Say where the account wants to be told; the answer for a webhook holds its signing secret, once",
  description:
    "The same address again is the endpoint that is there, with the new wishes. An e-mail address is told nothing until its reader has followed the link in the e-mail that it is sent. It is told in `language`, or in what `Accept-Language` asks for; webhooks are told in English.",
  access: member("member"),
  around: unstored,
  idempotency: "required",
  body: jsonBody(EndpointInput),
  responses: { 201: json(EndpointWithSecret, "Added") },
  refuses: [409, 429],
});

const change = operation({
  operationId: "changeEndpoint",
  tag: "Endpoints",
  method: "patch",
  path: "/endpoints/{id}",
  summary: "Change what an endpoint is told, or switch it off or on",
  access: member("member"),
  request: { params: endpointParam },
  body: jsonBody(EndpointChange),
  responses: { 200: json(EndpointView, "Changed") },
  refuses: [409],
});

const remove = operation({
  operationId: "removeEndpoint",
  tag: "Endpoints",
  method: "delete",
  path: "/endpoints/{id}",
  summary: "Remove an endpoint: its address and secrets are forgotten, its deliveries stay",
  access: member("member"),
  request: { params: endpointParam },
  responses: { 204: { description: "Removed" } },
});

const rotate = operation({
  operationId: "rotateEndpointSecret",
  tag: "Endpoints",
  method: "post",
  path: "/endpoints/{id}/secret",
  summary: "Give a webhook a new secret; the old one signs beside it for a day",
  access: member("member"),
  around: unstored,
  idempotency: "required",
  request: { params: endpointParam },
  responses: { 201: json(EndpointWithSecret, "The endpoint with its new secret") },
});

const test = operation({
  operationId: "testEndpoint",
  tag: "Endpoints",
  method: "post",
  path: "/endpoints/{id}/test",
  summary: "Send a test to an endpoint; its deliveries show what came of it",
  access: member("member"),
  request: { params: endpointParam },
  responses: { 202: { description: "Under way" } },
  refuses: [409],
});

const listOwn = operation({
  operationId: "listEndpointDeliveries",
  tag: "Deliveries",
  method: "get",
  path: "/endpoints/{id}/deliveries",
  summary: "What an endpoint was told, newest first",
  access: member("viewer"),
  request: { params: endpointParam, query: PageQuery },
  responses: { 200: json(pageOf("EndpointDeliveryPage", DeliverySummary), "A page of deliveries") },
});

const redeliver = operation({
  operationId: "redeliverRange",
  tag: "Deliveries",
  method: "post",
  path: "/endpoints/{id}/redeliveries",
  summary: "Tell an endpoint once more what it was told, or should have been, in a stretch of time",
  access: member("member"),
  idempotency: "required",
  request: { params: endpointParam },
  body: jsonBody(RedeliveryRange),
  responses: { 202: json(Redelivered, "How many are due again; they keep their ids") },
});

export function endpointRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) =>
    c.json({ items: await listEndpoints(c.var.services, c.var.member.accountId), nextCursor: null }, 200),
  );
  routes.openapi(offer, (c) => c.json(c.var.services.telling.offered, 200));
  routes.openapi(add, async (c) => {
    const language = languageOf(c.req.header("accept-language"));
    return c.json(await addEndpoint(c.var.services, c.var.member, c.req.valid("json"), language), 201);
  });
  routes.openapi(change, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await changeEndpoint(c.var.services, { ...c.var.member, id }, c.req.valid("json")), 200);
  });
  routes.openapi(remove, async (c) => {
    await removeEndpoint(c.var.services, { ...c.var.member, id: c.req.valid("param").id });
    return c.body(null, 204);
  });
  routes.openapi(rotate, async (c) =>
    c.json(await rotateSecret(c.var.services, { ...c.var.member, id: c.req.valid("param").id }), 201),
  );
  routes.openapi(test, async (c) => {
    const { accountId } = c.var.member;
    await testEndpoint(c.var.services, { accountId, id: c.req.valid("param").id });
    return c.body(null, 202);
  });
  routes.openapi(listOwn, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const endpointId = c.req.valid("param").id;
    const { accountId } = c.var.member;
    const page = { accountId, limit, before: parseCursor("delivery", cursor), endpointId };
    return c.json(await listDeliveries(c.var.services, page), 200);
  });
  routes.openapi(redeliver, async (c) => {
    const { from, until } = c.req.valid("json");
    const range = { endpointId: c.req.valid("param").id, from: new Date(from), until: new Date(until) };
    return c.json({ count: await renewDeliveries(c.var.services, c.var.member, range) }, 202);
  });
  return routes;
}
