/** For whoever routes requests: a new version of the API takes a share of them, and is judged by how they end. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { DeploymentInput, DeploymentView, ObservationInput } from "@vigil/core/deployment/wire";
import { listDeployments, observeDeployment, openDeployment, stopDeployment } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import * as z from "zod";
import { operator } from "../api/access.ts";
import { jsonBody } from "../api/body.ts";
import type { Env } from "../api/context.ts";
import { operation } from "../api/operation.ts";
import { createRouter } from "../api/router.ts";
import { json } from "../api/schema.ts";

const ofOperators = { tag: "Operators", access: operator } as const;
const deploymentParam = z.object({ id: Id.of("deployment") });

const list = operation({
  ...ofOperators,
  operationId: "listDeployments",
  method: "get",
  path: "/deployments",
  summary: "New versions that had a share of the requests, what came of each and why, the newest 50 first",
  responses: {
    200: json(z.object({ items: z.array(DeploymentView) }).meta({ id: "Deployments" }), "The deployments"),
  },
});

const open = operation({
  ...ofOperators,
  operationId: "openDeployment",
  method: "post",
  path: "/deployments",
  summary: "Give a new version a share of the requests; one that runs already with it is the answer",
  body: jsonBody(DeploymentInput),
  responses: { 200: json(DeploymentView, "The deployment") },
  refuses: [409],
});

const observe = operation({
  ...ofOperators,
  operationId: "observeDeployment",
  method: "post",
  path: "/deployments/{id}/observations",
  summary:
    "Say how requests ended; it promotes or rolls back by itself, and the answer has the share from now on",
  body: jsonBody(ObservationInput),
  request: { params: deploymentParam },
  responses: { 200: json(DeploymentView, "How it stands now") },
  refuses: [409],
});

const stop = operation({
  ...ofOperators,
  operationId: "stopDeployment",
  method: "post",
  path: "/deployments/{id}/stop",
  summary: "Take the share from the new version; asked once more, nothing changes",
  request: { params: deploymentParam },
  responses: { 200: json(DeploymentView, "The deployment") },
});

export function deploymentRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => c.json(await listDeployments(c.var.services), 200));
  routes.openapi(open, async (c) =>
    c.json(await openDeployment(c.var.services, c.var.operator.actor, c.req.valid("json")), 200),
  );
  routes.openapi(observe, async (c) =>
    c.json(await observeDeployment(c.var.services, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  routes.openapi(stop, async (c) =>
    c.json(await stopDeployment(c.var.services, c.req.valid("param").id), 200),
  );
  return routes;
}
