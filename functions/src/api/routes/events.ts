/** Devices report here. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { EventAccepted, EventInput, EventType, EventView, Upload } from "@vigil/core/event/wire";
import { acceptEvent, dismissEvent, listEvents, sealEvent } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { accept, evidence } from "@vigil/core/limits";
import { parseCursor } from "@vigil/core/page";
import { faultsOf, Problem, ProblemBody, problem, toBody } from "@vigil/core/problem";
import { bearer, deviceOf, type Env, memberOf } from "../context.ts";
import { authenticate, idempotent, limitBody, readJson } from "../middleware.ts";
import { isMultipart, readMultipart } from "../multipart.ts";
import { createRouter } from "../router.ts";
import { bearerAuth, json, listOf, PageQuery, problems } from "../schema.ts";

const Sealed = z.object({
  id: Id.of("event"),
  sealed: z.boolean().openapi({ description: "Whether all announced evidence is there and right" }),
  ready: z.int(),
  uploads: z.array(Upload).openapi({ description: "Where to upload what is still missing" }),
});

const Dismissed = z.object({ type: EventType, zone: z.string().nullable(), count: z.int().min(0) });

const BatchAnswer = z.object({
  items: z.array(
    z.union([
      z.object({ status: z.literal(202), event: EventAccepted }),
      z.object({ status: z.int(), problem: ProblemBody }),
    ]),
  ),
});

const dismiss = createRoute({
  method: "post",
  path: "/events/{id}/dismiss",
  summary: "Call the event's assessment false: such assessments weigh less from now on. Once for each event",
  security: bearerAuth,
  request: { params: z.object({ id: Id.of("event") }) },
  responses: {
    200: json(Dismissed, "How often assessments of this type and zone were called false"),
    ...problems(401, 403, 404, 422),
  },
});

const eventBody = {
  content: {
    "application/json": { schema: EventInput },
    "multipart/form-data": {
      schema: z.object({
        event: z.string().openapi({ description: "The event as JSON; `evidence` may be left out" }),
        image: z.any().openapi({
          type: "string",
          format: "binary",
          description: "One part per image; its filename is the evidence name",
        }),
      }),
    },
  },
  required: true,
};

/** @throws `invalid-body` with every fault */
function parseEvent(value: unknown): EventInput {
  const parsed = EventInput.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problem("invalid-body", "the event does not match the schema; see errors", {
    errors: faultsOf(parsed.error),
  });
}

export function eventRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("/events", async (c, next) => {
    const multipart = isMultipart(c);
    // A multipart body is large, so its sender is checked before it is read; a JSON event is authenticated with its context.
    if (multipart || c.req.method === "GET" || c.req.header("idempotency-key") !== undefined)
      await authenticate(c, async () => {});
    await limitBody(multipart ? evidence.multipartBytesMax : accept.jsonBytesMax)(c, next);
  });
  routes.on("POST", "/events", async (c, next) => idempotent({ required: false })(c, next));
  routes.post("/events", async (c) => {
    const key = bearer(c);
    if (isMultipart(c)) {
      deviceOf(c);
      const { event, images } = await readMultipart(c, parseEvent);
      return c.json(await acceptEvent(c.get("services"), { key, input: event, images }), 202);
    }
    return c.json(await acceptEvent(c.get("services"), { key, input: parseEvent(await readJson(c)) }), 202);
  });
  routes.openAPIRegistry.registerPath({
    method: "post",
    path: "/events",
    summary: "Report one event",
    security: bearerAuth,
    request: { body: eventBody },
    responses: {
      202: json(EventAccepted, "Recorded, now or before"),
      ...problems(400, 401, 403, 409, 413, 415, 422, 503),
    },
  });

  routes.use("/events/batch", limitBody(accept.jsonBytesMax * 10));
  routes.post("/events/batch", async (c) => {
    const key = bearer(c);
    await authenticate(c, async () => {});
    deviceOf(c);
    const { events } = parseBatch(await readJson(c));
    const items = [];
    for (const event of events)
      items.push(await acceptOne(c.get("services"), key, event, c.get("requestId")));
    return c.json({ items }, 200);
  });
  routes.openAPIRegistry.registerPath({
    method: "post",
    path: "/events/batch",
    summary: "Report up to 100 events; each is accepted or refused by itself",
    security: bearerAuth,
    request: {
      body: {
        content: {
          "application/json": {
            schema: z.object({ events: z.array(EventInput).max(accept.batchEventsMax) }),
          },
        },
      },
    },
    responses: {
      200: json(BatchAnswer, "One answer an event, in order"),
      ...problems(400, 401, 403, 413, 415),
    },
  });

  const seal = createRoute({
    method: "post",
    path: "/events/{id}/seal",
    summary: "Evidence is up: verify it and make its moments ready",
    security: bearerAuth,
    request: { params: z.object({ id: Id.of("event") }) },
    responses: { 200: json(Sealed, "What is ready and what is missing"), ...problems(401, 403, 404, 422) },
  });
  routes.use("/events/:id/seal", authenticate);
  routes.openapi(seal, async (c) => {
    const { accountId, subjectId } = deviceOf(c);
    const { id } = c.req.valid("param");
    return c.json(await sealEvent(c.get("services"), { accountId, deviceId: subjectId, eventId: id }), 200);
  });

  routes.use("/events/:id/dismiss", authenticate);
  routes.openapi(dismiss, async (c) => {
    const { accountId, subjectId: actor } = memberOf(c, "member");
    const { id } = c.req.valid("param");
    return c.json(await dismissEvent(c.get("services"), { accountId, actor }, id), 200);
  });

  const list = createRoute({
    method: "get",
    path: "/events",
    summary: "Events of the account, newest first",
    security: bearerAuth,
    request: { query: PageQuery },
    responses: { 200: json(listOf(EventView), "A page of events"), ...problems(400, 401, 403) },
  });
  routes.openapi(list, async (c) => {
    const { accountId } = memberOf(c);
    const { limit, cursor } = c.req.valid("query");
    return c.json(
      await listEvents(c.get("services"), { accountId, limit, before: parseCursor("event", cursor) }),
      200,
    );
  });
  return routes;
}

function parseBatch(value: unknown): { events: unknown[] } {
  const parsed = z.object({ events: z.array(z.unknown()).min(1) }).safeParse(value);
  if (!parsed.success) {
    throw problem("invalid-body", 'expected { "events": [...] } with 1 to 100 events', {
      errors: faultsOf(parsed.error),
    });
  }
  if (parsed.data.events.length > accept.batchEventsMax) {
    throw problem(
      "batch-too-large",
      `expected at most ${accept.batchEventsMax} events, got ${parsed.data.events.length}; none was recorded`,
    );
  }
  return parsed.data;
}

async function acceptOne(
  services: Env["Variables"]["services"],
  key: string,
  event: unknown,
  requestId: string,
): Promise<z.infer<typeof BatchAnswer>["items"][number]> {
  try {
    return { status: 202 as const, event: await acceptEvent(services, { key, input: parseEvent(event) }) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, problem: toBody(error, requestId) };
  }
}
