/** Devices and their keys. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { DeviceInput, DeviceView, DeviceWithKey, KeyRotation } from "@vigil/core/device/wire";
import {
  addDevice,
  addKey,
  deviceIn,
  listDevices,
  removeDevice,
  revokeKey,
  rotateKey,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { answerLanguage } from "../language.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, pageOf } from "../schema.ts";

const deviceParam = z.object({ id: Id.of("device") });

const list = operation({
  operationId: "listDevices",
  tag: "Devices",
  method: "get",
  path: "/devices",
  summary: "Devices of the account",
  access: member("viewer"),
  responses: { 200: json(pageOf("DevicePage", DeviceView), "All devices") },
});

const add = operation({
  operationId: "addDevice",
  tag: "Devices",
  method: "post",
  path: "/devices",
  summary: "Add a device; the answer holds its key, once",
  access: member("owner"),
  around: unstored,
  idempotency: "required",
  body: jsonBody(DeviceInput),
  responses: { 201: json(DeviceWithKey, "Added") },
  refuses: [404, 409],
});

const remove = operation({
  operationId: "removeDevice",
  tag: "Devices",
  method: "delete",
  path: "/devices/{id}",
  summary: "Remove a device: its keys stop working, its events stay",
  access: member("owner"),
  request: { params: deviceParam },
  responses: { 204: { description: "Removed" } },
});

const issue = operation({
  operationId: "addDeviceKey",
  tag: "Devices",
  method: "post",
  path: "/devices/{id}/keys",
  summary: "Add a key beside the old one, to rotate without a gap",
  access: member("owner"),
  around: unstored,
  idempotency: "required",
  request: { params: deviceParam },
  responses: { 201: json(DeviceWithKey, "Issued") },
});

const rotate = operation({
  operationId: "rotateDeviceKey",
  tag: "Devices",
  method: "post",
  path: "/devices/{id}/key-rotations",
  summary: "Put a new key in the place of the old ones, which stay valid for an overlap",
  access: member("owner"),
  around: unstored,
  idempotency: "required",
  request: { params: deviceParam },
  body: jsonBody(KeyRotation),
  responses: { 201: json(DeviceWithKey, "Issued; the answer holds the new key, once") },
});

const revoke = operation({
  operationId: "revokeDeviceKey",
  tag: "Devices",
  method: "delete",
  path: "/devices/{id}/keys/{keyId}",
  summary: "Revoke a key at once",
  access: member("owner"),
  request: { params: deviceParam.extend({ keyId: Id.of("key") }) },
  responses: { 204: { description: "Revoked" } },
});

export function deviceRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => {
    const language = answerLanguage(c);
    const items = await listDevices(c.var.services, c.var.member.accountId);
    return c.json({ items: items.map((each) => deviceIn(language, each)), nextCursor: null }, 200);
  });
  routes.openapi(add, async (c) =>
    c.json(await addDevice(c.var.services, c.var.member, c.req.valid("json")), 201),
  );
  routes.openapi(remove, async (c) => {
    await removeDevice(c.var.services, c.var.member, c.req.valid("param").id);
    return c.body(null, 204);
  });
  routes.openapi(issue, async (c) =>
    c.json(await addKey(c.var.services, c.var.member, c.req.valid("param").id), 201),
  );
  routes.openapi(rotate, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await rotateKey(c.var.services, c.var.member, id, c.req.valid("json")), 201);
  });
  routes.openapi(revoke, async (c) => {
    const { id, keyId } = c.req.valid("param");
    await revokeKey(c.var.services, c.var.member, id, keyId);
    return c.body(null, 204);
  });
  return routes;
}
