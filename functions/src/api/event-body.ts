/** What devices report, as it comes in a request: how large it may be, and how it is read. */
import { EventBatch, EventInput } from "@vigil/core/event/wire";
import { accept, evidence } from "@vigil/core/limits";
import { faultsOf, problem } from "@vigil/core/problem";
import type { Context } from "hono";
import * as z from "zod";
import { isJson, matched, ownBody } from "./body.ts";
import { isForm } from "./multipart/index.ts";

const EventForm = z
  .object({
    event: z.string().describe("The event as JSON; `evidence` may be left out"),
    image: z
      .array(z.unknown().meta({ type: "string", format: "binary" }))
      .describe("One part per image; its filename is the evidence name"),
  })
  .meta({ id: "EventForm" });

export function isMultipart(c: Context): boolean {
  return isForm(c.req.header("content-type") ?? "");
}

/** @throws `unsupported-media-type`, before the size of what nobody will read is judged */
function bytesMaxOf(c: Context): number {
  if (isMultipart(c)) return evidence.multipartBytesMax;
  if (isJson(c)) return accept.jsonBytesMax;
  const type = c.req.header("content-type") ?? "none";
  throw problem(
    "unsupported-media-type",
    `expected Content-Type: application/json, or multipart/form-data with pictures (with curl: -F 'event={…}' -F 'image=@photo.jpg'), got ${type.slice(0, 100)}`,
  );
}

/** Of one event. */
export const eventBody = ownBody(
  { "application/json": { schema: EventInput }, "multipart/form-data": { schema: EventForm } },
  bytesMaxOf,
);

/** Of many. */
export const batchBody = ownBody({ "application/json": { schema: EventBatch } }, accept.jsonBytesMax * 10);

/**
 * The events of a batch, each to be had or to be refused with its own faults. A fault of the batch itself refuses it whole.
 * @throws `batch-too-large`, `invalid-body`
 */
export function readBatch(value: unknown): (() => EventInput)[] {
  const parsed = EventBatch.safeParse(value);
  if (parsed.success) return parsed.data.events.map((event) => () => event);
  const ofBatch = parsed.error.issues.filter(
    ({ path }) => !(path[0] === "events" && typeof path[1] === "number"),
  );
  if (ofBatch.some(({ code }) => code === "too_big")) {
    throw problem("batch-too-large", `expected at most ${accept.batchEventsMax} events; none was recorded`);
  }
  if (ofBatch.length > 0) {
    throw problem("invalid-body", 'expected { "events": [...] } with 1 to 100 events', {
      errors: faultsOf(new z.ZodError(ofBatch)),
    });
  }
  // Every fault lies in some event, so there is a list of events.
  const { events } = value as { events: unknown[] };
  return events.map((event) => () => matched(EventInput, event));
}
