/**
 * One operation of the API: what it is called, who may call it, what goes in, what comes out. Everything that is declared
 * here is described and enforced from the same value; what follows from it (401 and 403 for a key, 413 and 415 for a body,
 * 404 for an id in the path, …) is not repeated.
 *
 * @example
 *   const add = operation({
 *     operationId: "addDevice", tag: "Devices", method: "post", path: "/devices",
 *     summary: "Add a device; the answer holds its key, once",
 *     access: member("owner"), idempotency: "required", body: jsonBody(DeviceInput), refuses: [404],
 *     responses: { 201: json(DeviceWithKey, "Added") },
 *   });
 *   routes.openapi(add, async (c) => c.json(await addDevice(c.var.services, c.var.member, c.req.valid("json")), 201));
 */
import type { RouteConfig } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type * as z from "zod";
import type { Access } from "./access.ts";
import type { Body } from "./body.ts";
import type { Env } from "./context.ts";
import { idempotent } from "./idempotent.ts";
import { idempotencyHeader, refusals, type Tag } from "./schema.ts";

type Spec = {
  operationId: string;
  tag: Tag;
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  summary: string;
  description?: string;
  /** Runs once the caller is known, around all that follows, replays included. */
  around?: MiddlewareHandler;
  /** Whether a request needs an `Idempotency-Key`, with which the same request is answered the same; absent: there is none. */
  idempotency?: "required" | "optional";
  body?: Body;
  request?: { params?: z.ZodObject; query?: z.ZodObject };
  /** What comes out when it goes well. */
  responses: RouteConfig["responses"];
  /** Statuses of problems beyond those that follow from the rest. */
  refuses?: readonly number[];
};

type JsonOf<S> = S extends { body: Body<infer T extends z.ZodType> }
  ? { body: { content: { "application/json": { schema: T } }; required: true } }
  : object;

/** What `routes.openapi` needs to know of an operation to type its handler: the caller, what was read, what may come out. */
type Operation<S extends Spec, V extends object> = Pick<S, "method" | "path" | "responses"> & {
  middleware: MiddlewareHandler<{ Variables: Env["Variables"] & V }>;
  request: (S extends { request: infer R } ? R : object) & JsonOf<S>;
};

/** @param spec.access required, so that nobody can forget to say who may call */
export function operation<V extends object, const S extends Spec>(
  spec: S & { access: Access<V> },
): Operation<S, V> {
  const { operationId, tag, method, path, summary, description, access, body, idempotency } = spec;
  return {
    operationId,
    tags: [tag],
    method,
    path,
    summary,
    description: description === undefined ? access.audience : `${access.audience} ${description}`,
    security: access.security,
    ...(access.leastRole && { "x-least-role": access.leastRole }),
    middleware: middlewareOf(spec),
    request: {
      ...spec.request,
      ...(idempotency === undefined ? {} : { headers: idempotencyHeader(idempotency) }),
      ...(body === undefined ? {} : { body: { content: body.content, required: true } }),
    },
    responses: { ...spec.responses, ...refusals(statusesOf(spec)) },
  } as unknown as Operation<S, V>;
}

/** In the order in which it must happen: nothing of a body is read for a caller who may not send it. */
function middlewareOf<V extends object>(spec: Spec & { access: Access<V> }): MiddlewareHandler[] {
  const { access, around, body, idempotency } = spec;
  const steps: (MiddlewareHandler | undefined)[] = [
    access.check as MiddlewareHandler,
    around,
    body?.limit,
    access.verify as MiddlewareHandler | undefined,
    idempotency && (idempotent({ required: idempotency === "required" }) as MiddlewareHandler),
    body?.read,
  ];
  return steps.filter((step) => step !== undefined);
}

function statusesOf(spec: Spec & { access: { refuses: readonly number[] } }): number[] {
  const { access, body, idempotency, request, refuses = [] } = spec;
  const statuses = [
    ...refuses,
    ...access.refuses,
    ...(request?.query ? [400] : []),
    ...(request?.params ? [404] : []),
    ...(body ? [400, 413, 415] : []),
    ...(idempotency ? [400, 409, 422] : []),
  ];
  return [...new Set(statuses)].toSorted((a, b) => a - b);
}
