/** Enrolment: a device asks for a code, an owner types it, the device gets its key (in the shape of RFC 8628). */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { DeviceView } from "@vigil/core/device/wire";
import {
  EnrolledDevice,
  EnrolmentCode,
  EnrolmentCodes,
  EnrolmentGrant,
  EnrolmentInput,
  EnrolmentQuestion,
  EnrolmentShown,
} from "@vigil/core/enrolment/wire";
import { askEnrolment, collectKey, grantEnrolment, refuseEnrolment, showEnrolment } from "@vigil/core/flow";
import { enrolment as limits } from "@vigil/core/limits";
import type { Clock } from "@vigil/core/platform/clock";
import { problem } from "@vigil/core/problem";
import type { MiddlewareHandler } from "hono";
import { networkOf, type ViewerOf } from "../../viewer.ts";
import { anyone, member } from "../access.ts";
import { jsonBody } from "../body.ts";
import { createBuckets } from "../buckets.ts";
import type { Env } from "../context.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const tag = "Devices";

function ask(around: MiddlewareHandler<Env>) {
  return operation({
    operationId: "askEnrolment",
    tag,
    method: "post",
    path: "/enrolments",
    summary: "A device asks to be let in: a code for an owner to type, and one of its own to ask with",
    access: anyone,
    around,
    body: jsonBody(EnrolmentInput),
    responses: { 201: json(EnrolmentCodes, "The codes, good for ten minutes") },
    refuses: [429, 503],
  });
}

const collect = operation({
  operationId: "collectEnrolmentKey",
  tag,
  method: "post",
  path: "/enrolments/key",
  summary: "The device asks for its key, until somebody has let it in",
  description:
    "400 with the code `authorization-pending`: ask again after the interval; `expired-token`: ask for new codes. 403: it was turned away. 429: too soon.",
  access: anyone,
  around: unstored,
  body: jsonBody(EnrolmentQuestion),
  responses: { 201: json(EnrolledDevice, "Let in") },
  refuses: [403, 429],
});

const show = operation({
  operationId: "showEnrolment",
  tag,
  method: "post",
  path: "/enrolments/shown",
  summary: "Which device waits with a code",
  access: member("owner"),
  body: jsonBody(EnrolmentCode),
  responses: { 200: json(EnrolmentShown, "What it says of itself") },
  refuses: [422, 429],
});

const grant = operation({
  operationId: "grantEnrolment",
  tag,
  method: "post",
  path: "/enrolments/granted",
  summary: "Let the device with this code in; it gets its key by itself",
  access: member("owner"),
  idempotency: "required",
  body: jsonBody(EnrolmentGrant),
  responses: { 201: json(DeviceView, "A device of the account") },
  refuses: [404, 409, 422, 429],
});

const refuse = operation({
  operationId: "refuseEnrolment",
  tag,
  method: "post",
  path: "/enrolments/refused",
  summary: "Turn the device with this code away",
  access: member("owner"),
  body: jsonBody(EnrolmentCode),
  responses: { 204: { description: "Turned away" } },
  refuses: [422, 429],
});

export function enrolmentRoutes(clock: Clock, viewerOf: ViewerOf = () => undefined): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(ask(bounded(clock, viewerOf)), async (c) =>
    c.json(await askEnrolment(c.var.services, c.req.valid("json")), 201),
  );
  routes.openapi(collect, async (c) =>
    c.json(await collectKey(c.var.services, c.req.valid("json").deviceCode), 201),
  );
  routes.openapi(show, async (c) =>
    c.json(await showEnrolment(c.var.services, c.var.member, c.req.valid("json").userCode), 200),
  );
  routes.openapi(grant, async (c) =>
    c.json(await grantEnrolment(c.var.services, c.var.member, c.req.valid("json")), 201),
  );
  routes.openapi(refuse, async (c) => {
    await refuseEnrolment(c.var.services, c.var.member, c.req.valid("json").userCode);
    return c.body(null, 204);
  });
  return routes;
}

/** So many codes for one network, and none of them kept by anybody between. */
function bounded(clock: Clock, viewerOf: ViewerOf): MiddlewareHandler<Env> {
  const buckets = createBuckets(clock, {
    max: limits.asksPerNetworkMax,
    windowMs: limits.asksPerNetworkMs,
    namesMax: limits.networksMax,
  });
  return async (c, next) => {
    const address = viewerOf(c);
    const { left, secondsToNext } = buckets.take(address === undefined ? "unknown" : networkOf(address));
    if (left < 1) {
      throw problem("rate-limited", "too many devices of this network ask for codes", {
        retryAfterSeconds: secondsToNext,
      });
    }
    await unstored(c, next);
  };
}
