/** Devices and their keys. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { DeviceInput, DeviceView, DeviceWithKey } from "@vigil/core/device/wire";
import { addDevice, addKey, listDevices, removeDevice, revokeKey } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { accept } from "@vigil/core/limits";
import type { Context } from "hono";
import { type Env, memberOf } from "../context.ts";
import { authenticate, checkJson, idempotent, limitBody } from "../middleware.ts";
import { createRouter } from "../router.ts";
import { bearerAuth, idempotencyHeader, json, listOf, problems } from "../schema.ts";

const deviceParam = z.object({ id: Id.of("device") });

const list = createRoute({
  method: "get",
  path: "/devices",
  summary: "Devices of the account",
  security: bearerAuth,
  responses: { 200: json(listOf(DeviceView), "All devices"), ...problems(401, 403) },
});

const add = createRoute({
  method: "post",
  path: "/devices",
  summary: "Add a device; the answer holds its key, once",
  security: bearerAuth,
  request: {
    headers: idempotencyHeader,
    body: { content: { "application/json": { schema: DeviceInput } }, required: true },
  },
  responses: { 201: json(DeviceWithKey, "Added"), ...problems(400, 401, 403, 404, 409, 415, 422) },
});

const remove = createRoute({
  method: "delete",
  path: "/devices/{id}",
  summary: "Remove a device: its keys stop working, its events stay",
  security: bearerAuth,
  request: { params: deviceParam },
  responses: { 204: { description: "Removed" }, ...problems(401, 403, 404) },
});

const issue = createRoute({
  method: "post",
  path: "/devices/{id}/keys",
  summary: "Add a key beside the old one, to rotate without a gap",
  security: bearerAuth,
  request: { params: deviceParam, headers: idempotencyHeader },
  responses: { 201: json(DeviceWithKey, "Issued"), ...problems(400, 401, 403, 404, 409, 422) },
});

const revoke = createRoute({
  method: "delete",
  path: "/devices/{id}/keys/{keyId}",
  summary: "Revoke a key at once",
  security: bearerAuth,
  request: { params: deviceParam.extend({ keyId: Id.of("key") }) },
  responses: { 204: { description: "Revoked" }, ...problems(401, 403, 404) },
});

function actorOf(c: Context<Env>) {
  const { accountId, subjectId } = memberOf(c, "owner");
  return { accountId, actor: subjectId };
}

export function deviceRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("/devices", authenticate, limitBody(accept.jsonBytesMax));
  routes.use("/devices/*", authenticate, limitBody(accept.jsonBytesMax));
  routes.on("POST", "/devices", idempotent({ required: true }), checkJson);
  routes.on("POST", "/devices/:id/keys", idempotent({ required: true }));
  routes.openapi(list, async (c) =>
    c.json({ items: await listDevices(c.get("services"), memberOf(c).accountId), nextCursor: null }, 200),
  );
  routes.openapi(add, async (c) =>
    c.json(await addDevice(c.get("services"), actorOf(c), c.req.valid("json")), 201),
  );
  routes.openapi(remove, async (c) => {
    await removeDevice(c.get("services"), actorOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
  routes.openapi(issue, async (c) =>
    c.json(await addKey(c.get("services"), actorOf(c), c.req.valid("param").id), 201),
  );
  routes.openapi(revoke, async (c) => {
    const { id, keyId } = c.req.valid("param");
    await revokeKey(c.get("services"), actorOf(c), id, keyId);
    return c.body(null, 204);
  });
  return routes;
}
