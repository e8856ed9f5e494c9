/** What Stripe tells of subscriptions. It sends an event again until it is answered with 200. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { applySubscription } from "@vigil/core/flow";
import { KIB } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import * as z from "zod";
import type { Access } from "../api/access.ts";
import { jsonBody } from "../api/body.ts";
import type { Env } from "../api/context.ts";
import { operation } from "../api/operation.ts";
import { createRouter } from "../api/router.ts";
import { json } from "../api/schema.ts";
import { readNotice, type StripeSettings, verifyEvent } from "./read-event.ts";

const bodyBytesMax = 256 * KIB;

const StripeEvent = z.looseObject({ id: z.string(), type: z.string() }).meta({
  id: "StripeEvent",
  description: "An event of Stripe; all but those of subscriptions are ignored.",
  examples: [{ id: "evt_1", type: "customer.subscription.updated" }],
});

const WebhookOutcome = z
  .object({ outcome: z.enum(["changed", "kept", "known", "stale", "unknown-account", "ignored"]) })
  .meta({ id: "WebhookOutcome" });

/** Whoever has the webhook's secret. @throws `unavailable` where no subscriptions are sold; `signature-invalid` */
function stripe(settings: StripeSettings | undefined): Access<{ stripe: StripeSettings }> {
  return {
    security: [{ stripeSignature: [] }],
    audience: "For Stripe.",
    refuses: [401],
    check: async (c, next) => {
      if (!settings) {
        throw problem(
          "unavailable",
          "this installation sells no subscriptions; set STRIPE_WEBHOOK_SECRET and the prices",
        );
      }
      c.set("stripe", settings);
      await next();
    },
    verify: async (c, next) => {
      const signature = c.req.header("stripe-signature");
      const now = c.get("services").clock.now();
      await verifyEvent(c.get("stripe"), { body: await c.req.text(), signature, now });
      await next();
    },
  };
}

function webhook(settings: StripeSettings | undefined) {
  return operation({
    operationId: "receiveStripeEvent",
    tag: "Subscriptions",
    method: "post",
    path: "/webhooks",
    summary: "Stripe's webhook: the tier of an account follows its subscriptions",
    access: stripe(settings),
    body: jsonBody(StripeEvent, { bytesMax: bodyBytesMax, isSigned: true }),
    responses: { 200: json(WebhookOutcome, "Taken in, now or before") },
    refuses: [503],
  });
}

/** @param settings undefined where no subscriptions are sold */
export function stripeRoutes(settings: StripeSettings | undefined): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(webhook(settings), async (c) => {
    const { services } = c.var;
    const notice = readNotice(c.req.valid("json"), c.var.stripe);
    const outcome = notice ? await applySubscription(services, notice) : "ignored";
    services.log.info({ eventId: notice?.eventId, outcome }, "Stripe told of a subscription");
    return c.json({ outcome }, 200);
  });
  return routes;
}
