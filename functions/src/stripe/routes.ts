/** What Stripe tells of subscriptions. It sends an event again until it is answered with 200. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { applySubscription } from "@vigil/core/flow";
import { KIB } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import type { Env } from "../api/context.ts";
import { limitBody } from "../api/middleware.ts";
import { createRouter } from "../api/router.ts";
import { json, problems } from "../api/schema.ts";
import { readNotice, type StripeSettings, verifyEvent } from "./read-event.ts";

const bodyBytesMax = 256 * KIB;

const Outcome = z.enum(["changed", "kept", "known", "stale", "unknown-account", "ignored"]);

const webhooks = createRoute({
  method: "post",
  path: "/webhooks",
  summary: "Stripe's webhook: the tier of an account follows its subscriptions",
  request: {
    headers: z.object({ "stripe-signature": z.string().optional() }),
    body: { content: { "application/json": { schema: z.looseObject({}) } }, required: true },
  },
  responses: {
    200: json(z.object({ outcome: Outcome }), "Taken in, now or before"),
    ...problems(401, 413, 503),
  },
});

/** @param settings undefined where no subscriptions are sold */
export function stripeRoutes(settings: StripeSettings | undefined): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.use("/webhooks", limitBody(bodyBytesMax));
  routes.openAPIRegistry.registerPath(webhooks);
  routes.post("/webhooks", async (c) => {
    if (!settings) {
      throw problem(
        "unavailable",
        "this installation sells no subscriptions; set STRIPE_WEBHOOK_SECRET and the prices",
      );
    }
    const services = c.get("services");
    const event = await verifyEvent(settings, {
      body: await c.req.text(),
      signature: c.req.header("stripe-signature"),
      now: services.clock.now(),
    });
    const notice = readNotice(event, settings);
    const outcome = notice ? await applySubscription(services, notice) : "ignored";
    services.log.info({ eventId: notice?.eventId, outcome }, "Stripe told of a subscription");
    return c.json({ outcome }, 200);
  });
  return routes;
}
