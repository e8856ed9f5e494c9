/** Buying: what the tiers cost, what the account has bought, and the provider's pages where it buys and changes it. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { getBilling, openCheckout, openPortal } from "@vigil/core/flow";
import { BillingView, CheckoutInput, PaymentPage, PortalInput } from "@vigil/core/subscription/wire";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json } from "../schema.ts";

const tag = "Subscriptions";

const show = operation({
  operationId: "getBilling",
  tag,
  method: "get",
  path: "/billing",
  summary: "What the account has bought, and what there is to buy",
  access: member("viewer"),
  responses: { 200: json(BillingView, "As the payment provider told last") },
});

const buy = operation({
  operationId: "openCheckout",
  tag,
  method: "post",
  path: "/billing/checkouts",
  summary: "A page where the account buys a tier; the tier follows once it is paid",
  access: member("owner"),
  around: unstored,
  idempotency: "required",
  body: jsonBody(CheckoutInput),
  responses: { 201: json(PaymentPage, "Open it in the browser") },
  refuses: [503],
});

const portal = operation({
  operationId: "openPortal",
  tag,
  method: "post",
  path: "/billing/portals",
  summary: "A page where the account's subscription is changed, cancelled or paid, with its invoices",
  access: member("owner"),
  around: unstored,
  body: jsonBody(PortalInput),
  responses: { 201: json(PaymentPage, "Open it in the browser") },
  refuses: [409, 503],
});

export function billingRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(show, async (c) => c.json(await getBilling(c.var.services, c.var.member.accountId), 200));
  routes.openapi(buy, async (c) => {
    const { tier } = c.req.valid("json");
    // It was there: without one, nothing comes this far.
    const idempotencyKey = c.req.header("idempotency-key") ?? "";
    return c.json(await openCheckout(c.var.services, c.var.member, { tier, idempotencyKey }), 201);
  });
  routes.openapi(portal, async (c) =>
    c.json(await openPortal(c.var.services, c.var.member, c.req.valid("json").wish), 201),
  );
  return routes;
}
