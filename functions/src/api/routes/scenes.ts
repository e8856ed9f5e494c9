/** What always stands before a camera: read, taught and corrected. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { changeAreas, forgetObject, getMasks, getScene, renameObject, teachObject } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import {
  DeviceMasks,
  SceneAreas,
  SceneObjectChange,
  SceneObjectInput,
  SceneObjectView,
  SceneView,
} from "@vigil/core/scene/wire";
import * as z from "zod";
import { device, member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const deviceParam = z.object({ id: Id.of("device") });
const objectParam = deviceParam.extend({ objectId: Id.of("object") });

const get = operation({
  operationId: "getScene",
  tag: "Devices",
  method: "get",
  path: "/devices/{id}/scene",
  summary: "What always stands before a camera, and what is drawn on its picture",
  access: member("viewer"),
  request: { params: deviceParam },
  responses: { 200: json(SceneView, "The scene") },
});

const teach = operation({
  operationId: "teachSceneObject",
  tag: "Devices",
  method: "post",
  path: "/devices/{id}/scene/objects",
  summary: "Say that a thing belongs there: it is no news until it has left",
  description:
    "What stands in the same place already is what is meant. People and animals never belong to a scene.",
  access: member("member"),
  idempotency: "required",
  request: { params: deviceParam },
  body: jsonBody(SceneObjectInput),
  responses: { 201: json(SceneObjectView, "It belongs there") },
});

const rename = operation({
  operationId: "renameSceneObject",
  tag: "Devices",
  method: "patch",
  path: "/devices/{id}/scene/objects/{objectId}",
  summary: "Name what stands before a camera",
  access: member("member"),
  request: { params: objectParam },
  body: jsonBody(SceneObjectChange),
  responses: { 200: json(SceneObjectView, "Named") },
});

const forget = operation({
  operationId: "forgetSceneObject",
  tag: "Devices",
  method: "delete",
  path: "/devices/{id}/scene/objects/{objectId}",
  summary: "Say that a thing does not belong there: seen again, it is news",
  access: member("member"),
  request: { params: objectParam },
  responses: { 204: { description: "Forgotten" } },
});

const draw = operation({
  operationId: "changeSceneAreas",
  tag: "Devices",
  method: "put",
  path: "/devices/{id}/scene/areas",
  summary: "Draw where things are not told of, and where which zone lies",
  access: member("member"),
  request: { params: deviceParam },
  body: jsonBody(SceneAreas),
  responses: { 200: json(SceneAreas, "Drawn") },
});

const masks = operation({
  operationId: "getMasks",
  tag: "Devices",
  method: "get",
  path: "/masks",
  summary:
    "What a device is to blacken in its pictures before it sends them; what it leaves is blackened when it comes",
  access: device,
  responses: { 200: json(DeviceMasks, "As they are drawn now") },
});

export function sceneRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(get, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getScene(c.var.services, { accountId, deviceId: c.req.valid("param").id }), 200);
  });
  routes.openapi(masks, async (c) => c.json(await getMasks(c.var.services, c.var.device), 200));
  routes.openapi(teach, async (c) => {
    const by = { ...c.var.member, deviceId: c.req.valid("param").id };
    return c.json(await teachObject(c.var.services, by, c.req.valid("json")), 201);
  });
  routes.openapi(rename, async (c) => {
    const { id: deviceId, objectId } = c.req.valid("param");
    const by = { ...c.var.member, deviceId, objectId };
    return c.json(await renameObject(c.var.services, by, c.req.valid("json")), 200);
  });
  routes.openapi(forget, async (c) => {
    const { id: deviceId, objectId } = c.req.valid("param");
    await forgetObject(c.var.services, { ...c.var.member, deviceId, objectId });
    return c.body(null, 204);
  });
  routes.openapi(draw, async (c) => {
    const by = { ...c.var.member, deviceId: c.req.valid("param").id };
    return c.json(await changeAreas(c.var.services, by, c.req.valid("json")), 200);
  });
  return routes;
}
