/** Devices report here. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  AnnouncedEvidence,
  EventAccepted,
  EventInput,
  EventType,
  EventView,
  EvidenceAccepted,
  Upload,
} from "@vigil/core/event/wire";
import {
  acceptEvent,
  acceptEvents,
  announceEvidence,
  dismissEvent,
  getEvent,
  listEvents,
  recordSignatures,
  sealEvent,
} from "@vigil/core/flow";
import { EvidenceSignatures } from "@vigil/core/gateway/wire";
import * as Id from "@vigil/core/id";
import { accept, evidence } from "@vigil/core/limits";
import { parseCursor } from "@vigil/core/page";
import { Problem, ProblemBody, toBody } from "@vigil/core/problem";
import * as z from "zod";
import { device, member, reporter } from "../access.ts";
import { jsonBody, matched, readJson } from "../body.ts";
import type { Env } from "../context.ts";
import { batchBody, eventBody, isMultipart, readBatch } from "../event-body.ts";
import { readMultipart } from "../multipart.ts";
import { operation } from "../operation.ts";
import type { RateLimit } from "../rate-limit.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const eventParam = z.object({ id: Id.of("event") });

const Sealed = z
  .object({
    id: Id.of("event"),
    sealed: z.boolean().describe("Whether all announced evidence is there and right"),
    ready: z.int(),
    uploads: z.array(Upload).describe("Where to upload what is still missing"),
  })
  .meta({ id: "SealedEvent" });

const Dismissed = z
  .object({ type: EventType, zone: z.string().nullable(), count: z.int().min(0) })
  .meta({ id: "Dismissals" });

const BatchItem = z
  .union([
    z.object({ status: z.literal(202), event: EventAccepted }).meta({ id: "BatchAccepted" }),
    z.object({ status: z.int(), problem: ProblemBody }).meta({ id: "BatchRefused" }),
  ])
  .meta({ id: "BatchItem" });
type BatchItem = z.infer<typeof BatchItem>;

const BatchAnswer = z.object({ items: z.array(BatchItem) }).meta({ id: "BatchAnswer" });

const report = operation({
  operationId: "reportEvent",
  tag: "Events",
  method: "post",
  path: "/events",
  summary: "Report one event",
  description:
    "With its pictures in it (multipart), or as JSON that announces them: the answer then says where to upload them, and the event is sealed afterwards.",
  access: reporter((c) => isMultipart(c) || c.req.header("idempotency-key") !== undefined),
  idempotency: "optional",
  body: eventBody,
  responses: { 202: json(EventAccepted, "Recorded, now or before") },
  refuses: [409, 422, 429, 503],
});

const batch = operation({
  operationId: "reportEvents",
  tag: "Events",
  method: "post",
  path: "/events/batch",
  summary: `Report up to ${accept.batchEventsMax} events; each is accepted or refused by itself`,
  access: device,
  body: batchBody,
  responses: { 200: json(BatchAnswer, "One answer an event, in order") },
  refuses: [503],
});

const announce = operation({
  operationId: "announceEvidence",
  tag: "Events",
  method: "post",
  path: "/events/{id}/evidence",
  summary: "Announce one more picture of an event that was reported with `moreEvidence`",
  description: `The same picture again is answered the same, with a fresh URL. At most ${evidence.perEventMax} of an event, and none once it is sealed or nothing was announced for ${evidence.announcingMsMax / 60_000} minutes.`,
  access: device,
  request: { params: eventParam },
  body: jsonBody(AnnouncedEvidence),
  responses: { 200: json(EvidenceAccepted, "Announced, now or before") },
  refuses: [409, 413, 503],
});

const sealQuery = z.object({
  pieces: z.coerce
    .number()
    .int()
    .min(0)
    .max(evidence.perEventMax)
    .optional()
    .describe(
      "How many pictures the event has in all, where they were announced one by one: it is not sealed with fewer or more",
    ),
});

const sign = operation({
  operationId: "signEvidence",
  tag: "Events",
  method: "put",
  path: "/events/{id}/signatures",
  summary: "Say what a gateway signed of the event's pictures when it captured them",
  description:
    "Verified with the key that the gateway has told (`PUT /v1/gateway/key`), over what was announced. The first signature of a picture counts.",
  access: device,
  request: { params: eventParam },
  body: jsonBody(EvidenceSignatures),
  responses: {
    200: json(
      z.object({ recorded: z.literal(true) }).meta({ id: "SignaturesRecorded" }),
      "Recorded, now or before",
    ),
  },
  refuses: [422],
});

const seal = operation({
  operationId: "sealEvent",
  tag: "Events",
  method: "post",
  path: "/events/{id}/seal",
  summary: "Evidence is up: verify it and make its moments ready",
  access: device,
  description: "Once nothing is missing, no more evidence of the event may be announced.",
  request: { params: eventParam, query: sealQuery },
  responses: { 200: json(Sealed, "What is ready and what is missing") },
  refuses: [422, 503],
});

const dismiss = operation({
  operationId: "dismissEvent",
  tag: "Events",
  method: "post",
  path: "/events/{id}/dismiss",
  summary: "Call the event's assessment false: such assessments weigh less from now on. Once for each event",
  access: member("member"),
  request: { params: eventParam },
  responses: { 200: json(Dismissed, "How often assessments of this type and zone were called false") },
  refuses: [422],
});

const list = operation({
  operationId: "listEvents",
  tag: "Events",
  method: "get",
  path: "/events",
  summary: "Events of the account, newest first",
  access: member("viewer"),
  request: { query: PageQuery },
  responses: { 200: json(pageOf("EventPage", EventView), "A page of events") },
});

const show = operation({
  operationId: "getEvent",
  tag: "Events",
  method: "get",
  path: "/events/{id}",
  summary: "One event, with its evidence and what is known of its session so far",
  access: member("viewer"),
  request: { params: eventParam },
  responses: { 200: json(EventView, "The event") },
});

export function eventRoutes(rates: RateLimit): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(report, async (c) => {
    const { key } = c.var.reporter;
    const { event: input, images } = isMultipart(c)
      ? await readMultipart(c)
      : { event: matched(EventInput, await readJson(c)) };
    const headers = rates.take(key, input);
    const accepted = await acceptEvent(c.var.services, { key, input, ...(images && { images }) });
    return c.json(accepted, 202, headers);
  });
  routes.openapi(batch, async (c) => {
    const { key } = c.var.device;
    const asked = readBatch(await readJson(c)).map((read) =>
      orRefused(() => {
        const input = read();
        rates.take(key, input);
        return input;
      }),
    );
    const inputs = asked.flatMap((one) => (one instanceof Problem ? [] : [one]));
    const answers = (await acceptEvents(c.var.services, c.var.device, inputs)).values();
    const items = asked.map((one) =>
      itemOf(one instanceof Problem ? one : answers.next().value, c.var.requestId),
    );
    return c.json({ items }, 200, rates.headers(key));
  });
  routes.openapi(announce, async (c) => {
    const { accountId, deviceId } = c.var.device;
    const { id: eventId } = c.req.valid("param");
    const piece = c.req.valid("json");
    return c.json(await announceEvidence(c.var.services, { accountId, deviceId, eventId }, piece), 200);
  });
  routes.openapi(seal, async (c) => {
    const { accountId, deviceId } = c.var.device;
    const { id: eventId } = c.req.valid("param");
    const { pieces } = c.req.valid("query");
    return c.json(await sealEvent(c.var.services, { accountId, deviceId, eventId, pieces }), 200);
  });
  routes.openapi(sign, async (c) => {
    const { accountId, deviceId } = c.var.device;
    const { id: eventId } = c.req.valid("param");
    const { signatures } = c.req.valid("json");
    await recordSignatures(c.var.services, { accountId, deviceId, eventId }, signatures);
    return c.json({ recorded: true as const }, 200);
  });
  routes.openapi(dismiss, async (c) =>
    c.json(await dismissEvent(c.var.services, c.var.member, c.req.valid("param").id), 200),
  );
  routes.openapi(list, async (c) => {
    const { accountId } = c.var.member;
    const { limit, cursor } = c.req.valid("query");
    return c.json(
      await listEvents(c.var.services, { accountId, limit, before: parseCursor("event", cursor) }),
      200,
    );
  });
  routes.openapi(show, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getEvent(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  return routes;
}

/** What the work came to, or the problem that refuses it. */
function orRefused<T>(work: () => T): T | Problem {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function itemOf(answer: EventAccepted | Problem | undefined, requestId: string): BatchItem {
  if (answer === undefined) throw new Error("expected an answer for each event");
  if (!(answer instanceof Problem)) return { status: 202, event: answer };
  return { status: answer.status, problem: toBody(answer, requestId) };
}
