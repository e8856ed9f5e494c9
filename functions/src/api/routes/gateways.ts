/** Gateways: what they say of themselves, and what they ask about their events. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { getVerdict, keepGatewayKey, listGateways, recordGateway } from "@vigil/core/flow";
import {
  EventVerdict,
  GatewayKey,
  GatewayKeyInput,
  GatewayReport,
  GatewayView,
} from "@vigil/core/gateway/wire";
import * as Id from "@vigil/core/id";
import * as z from "zod";
import { device, member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, pageOf } from "../schema.ts";

const report = operation({
  operationId: "reportGateway",
  tag: "Devices",
  method: "put",
  path: "/gateway",
  summary: "A gateway says how it is, and which sensors it speaks for; each report replaces the one before",
  access: device,
  body: jsonBody(GatewayReport),
  responses: {
    200: json(z.object({ recorded: z.literal(true) }).meta({ id: "GatewayRecorded" }), "Recorded"),
  },
});

const key = operation({
  operationId: "tellGatewayKey",
  tag: "Devices",
  method: "put",
  path: "/gateway/key",
  summary: "A gateway tells the key with which it signs evidence when it is captured",
  description:
    "Told again, nothing changes. A gateway that has another key tells it, and what was signed before stays as verified.",
  access: device,
  body: jsonBody(GatewayKeyInput),
  responses: { 200: json(GatewayKey, "Known, now or before") },
});

const list = operation({
  operationId: "listGateways",
  tag: "Devices",
  method: "get",
  path: "/gateways",
  summary: "Gateways of the account, with the sensors that they speak for",
  access: member("viewer"),
  responses: { 200: json(pageOf("GatewayPage", GatewayView), "All gateways") },
});

const verdict = operation({
  operationId: "getEventVerdict",
  tag: "Events",
  method: "get",
  path: "/events/{id}/verdict",
  summary: "What became of an event: its assessment, and the digest of its session once there is one",
  access: device,
  request: { params: z.object({ id: Id.of("event") }) },
  responses: { 200: json(EventVerdict, "By now") },
});

export function gatewayRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(report, async (c) => {
    const { accountId, deviceId } = c.var.device;
    await recordGateway(c.var.services, { accountId, deviceId, report: c.req.valid("json") });
    return c.json({ recorded: true as const }, 200);
  });
  routes.openapi(key, async (c) => {
    const { accountId, deviceId } = c.var.device;
    const { publicKey } = c.req.valid("json");
    return c.json(await keepGatewayKey(c.var.services, { accountId, deviceId, publicKey }), 200);
  });
  routes.openapi(list, async (c) =>
    c.json({ items: await listGateways(c.var.services, c.var.member.accountId), nextCursor: null }, 200),
  );
  routes.openapi(verdict, async (c) => {
    const { accountId, deviceId } = c.var.device;
    const { id: eventId } = c.req.valid("param");
    return c.json(await getVerdict(c.var.services, { accountId, deviceId, eventId }), 200);
  });
  return routes;
}
