/** Where an account wants to be told, and of what. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Language } from "../language/wire.ts";
import { Level } from "../level.ts";
import { text } from "../text.ts";

/**
 * What a delivery tells. `endpoint` goes to the others when one is switched off; `confirm` and `test` go to the endpoint
 * that they are about, whatever it wants.
 */
export const DeliveryKind = z
  .enum(["digest", "addendum", "assessment", "summary", "device", "usage", "endpoint", "confirm", "test"])
  .meta({ id: "DeliveryKind", description: "What a delivery tells." });
export type DeliveryKind = z.infer<typeof DeliveryKind>;

/** The kinds that an endpoint can be asked to tell. */
export const WantedKind = DeliveryKind.exclude(["endpoint", "confirm", "test"]).meta({
  id: "WantedKind",
  description: "What an endpoint can be asked to tell.",
});
export type WantedKind = z.infer<typeof WantedKind>;

export const Filter = z.strictObject({
  /** Digests, addenda and assessments below this level are not told here. */
  levelFrom: Level.default("standard"),
  /** Null: every site of the account. */
  siteIds: z.array(Id.of("site")).min(1).max(100).nullable().default(null),
  kinds: z
    .array(WantedKind)
    .min(1)
    .default([...WantedKind.options])
    .transform((kinds) => [...new Set(kinds)]),
  /** Whether what may wait is held in the account's quiet hours. Life-safety never waits. */
  quietHours: z.enum(["hold", "ignore"]).default("hold"),
  /** Left out: what the request asks for (`Accept-Language`). A webhook is told in English all the same. */
  language: Language.optional(),
});
export type Filter = z.infer<typeof Filter>;

/** A browser's push subscription, as `PushSubscription.toJSON()` gives it (https://www.w3.org/TR/push-api/). */
export const PushSubscription = z
  .object({
    endpoint: text().max(2_000),
    keys: z.object({
      p256dh: z
        .string()
        .regex(/^[A-Za-z0-9_-]{87,88}=?$/, "expected an uncompressed P-256 point in base64url"),
      auth: z.string().regex(/^[A-Za-z0-9_-]{22,24}={0,2}$/, "expected 16 bytes in base64url"),
    }),
  })
  .meta({ id: "PushSubscription", description: "As `PushSubscription.toJSON()` gives it in a browser." });
export type PushSubscription = z.infer<typeof PushSubscription>;

const name = text().min(1).max(100).optional();
export const EndpointInput = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("webhook"), url: text().max(2_000), name, ...Filter.shape }),
    z.strictObject({
      type: z.literal("email"),
      address: z.email().max(254),
      name,
      /** Draws a frame around what was detected, in the pictures that are sent. */
      boxes: z.boolean().default(false),
      ...Filter.shape,
    }),
    z.strictObject({ type: z.literal("push"), subscription: PushSubscription, name, ...Filter.shape }),
  ])
  .meta({
    id: "EndpointInput",
    examples: [{ type: "webhook", url: "https://example.com/hook", levelFrom: "elevated" }],
  });
export type EndpointInput = z.infer<typeof EndpointInput>;
export type EndpointType = EndpointInput["type"];

/** What is left out stays as it is. */
export const EndpointChange = z
  .strictObject({
    name: text().min(1).max(100),
    levelFrom: Level,
    siteIds: z.array(Id.of("site")).min(1).max(100).nullable(),
    kinds: z.array(WantedKind).min(1),
    quietHours: z.enum(["hold", "ignore"]),
    boxes: z.boolean(),
    language: Language,
    /** Switches an endpoint off, or on again. */
    enabled: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "expected at least one field to change")
  .meta({ id: "EndpointChange", examples: [{ levelFrom: "critical" }] });
export type EndpointChange = z.infer<typeof EndpointChange>;

export const EndpointState = z.enum(["unconfirmed", "active", "disabled"]).meta({
  id: "EndpointState",
  description: "`unconfirmed`: an e-mail address that its reader has not confirmed yet.",
});
export type EndpointState = z.infer<typeof EndpointState>;

export const EndpointView = z
  .object({
    id: Id.of("endpoint"),
    type: z.enum(["webhook", "email", "push"]),
    name: z.string(),
    /** The webhook's URL, the e-mail address, or the push service's origin. */
    target: z.string(),
    state: EndpointState,
    /** Why it was switched off. */
    disabledReason: z.string().nullable(),
    /** Since when every attempt has failed. */
    failingSince: Instant.nullable(),
    levelFrom: Level,
    siteIds: z.array(Id.of("site")).nullable(),
    kinds: z.array(WantedKind),
    quietHours: z.enum(["hold", "ignore"]),
    boxes: z.boolean(),
    /** In which it is told; a webhook is told in English. */
    language: Language,
    createdAt: Instant,
  })
  .meta({ id: "Endpoint", description: "Where an account is told, and of what." });
export type EndpointView = z.infer<typeof EndpointView>;

/** The only answers that ever hold a webhook's secret, `whsec_` and base64 (https://www.standardwebhooks.com). */
export const EndpointWithSecret = EndpointView.extend({ secret: z.string().optional() }).meta({
  id: "EndpointWithSecret",
  description: "A webhook's answer holds its signing secret, once.",
});
export type EndpointWithSecret = z.infer<typeof EndpointWithSecret>;

/** What this installation can tell with, beside webhooks. */
export const EndpointOffer = z
  .object({
    email: z.boolean(),
    /** What a browser subscribes with (`applicationServerKey`); null: no web push here. */
    vapidPublicKey: z.string().nullable(),
  })
  .meta({ id: "EndpointOffer" });
export type EndpointOffer = z.infer<typeof EndpointOffer>;
