/** Series of attempts to tell one endpoint of one thing, as members read them, and the message that is told. */
import * as z from "zod";
import { DeliveryKind } from "../endpoint/wire.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";

/** A CloudEvents 1.0 envelope in structured mode (https://github.com/cloudevents/spec), at most 20 KB. */
export const Message = z
  .object({
    specversion: z.literal("1.0"),
    /** The delivery's own id, and its `webhook-id`: the same at every attempt. */
    id: Id.of("delivery"),
    /** `/accounts/acc_…` */
    source: z.string(),
    type: z.string().regex(/^vigil\.[a-z]+\.v1$/),
    time: Instant,
    /** What it is about: `dig_…`, `evt_…`, `dev_…`. */
    subject: z.string(),
    datacontenttype: z.literal("application/json"),
    data: z.object({
      level: Level,
      title: z.string(),
      summary: z.array(z.string()),
      occurredAt: Instant,
      site: z.object({ id: Id.of("site"), name: z.string() }).nullable(),
      zones: z.array(z.string()),
      /** Individuals or things seen, by label. */
      seen: z.record(z.string(), z.int()),
      recommendation: z.string().nullable(),
      /** What belongs together: one happening keeps one notification and one e-mail thread. */
      thread: z.string(),
      /** Whether it rings: false for what came late, and for what only adds to a thing that rang at this level. */
      rings: z.boolean(),
      links: z.object({
        /** The page of the console. */
        console: z.string(),
        /** The API's path; read it with a credential of the account. */
        api: z.string().nullable(),
      }),
    }),
  })
  .meta({ id: "Message", description: "A CloudEvents 1.0 envelope: what a webhook is sent." });
export type Message = z.infer<typeof Message>;

export const DeliveryState = z.enum(["pending", "delivered", "failed", "dropped"]).meta({
  id: "DeliveryState",
  description: "`dropped`: told in another way, or to nobody any more; its reason says which.",
});
export type DeliveryState = z.infer<typeof DeliveryState>;

export const AttemptView = z
  .object({
    number: z.int(),
    at: Instant,
    /** The receiver's HTTP status, or null where there was no answer. */
    status: z.int().nullable(),
    milliseconds: z.int(),
    error: z.string().nullable(),
  })
  .meta({ id: "Attempt" });
export type AttemptView = z.infer<typeof AttemptView>;

export const DeliverySummary = z
  .object({
    id: Id.of("delivery"),
    endpointId: Id.of("endpoint"),
    kind: DeliveryKind,
    state: DeliveryState,
    level: Level,
    title: z.string(),
    subject: z.string(),
    attempts: z.int(),
    /** When it is tried next; null when it has ended. */
    nextAttemptAt: Instant.nullable(),
    /** Why it failed or was dropped. */
    reason: z.string().nullable(),
    createdAt: Instant,
    endedAt: Instant.nullable(),
  })
  .meta({ id: "DeliverySummary" });
export type DeliverySummary = z.infer<typeof DeliverySummary>;

export const DeliveryView = DeliverySummary.extend({ message: Message, history: z.array(AttemptView) }).meta({
  id: "Delivery",
  description: "One thing told to one endpoint, with every attempt.",
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** `POST /v1/endpoints/{id}/redeliveries`: tells once more what was made due in this stretch of time. */
export const RedeliveryRange = z
  .strictObject({ from: Instant, until: Instant })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), "expected `from` before `until`")
  .meta({
    id: "RedeliveryRange",
    examples: [{ from: "2026-03-01T00:00:00Z", until: "2026-03-02T00:00:00Z" }],
  });

export const Redelivered = z.object({ count: z.int() }).meta({ id: "Redelivered" });
