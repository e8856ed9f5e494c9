/** The few calls of Stripe's API that Vigil makes, refused where Stripe refuses them. */
import * as z from "zod";
import type { Told } from "./pages.ts";
import { type Checkout, idOf, type State, showSubscription } from "./state.ts";

export type Asked = {
  method: string;
  path: string;
  /** The form of the body, with its brackets resolved. */
  form: unknown;
  text: string;
  authorization: string | undefined;
  idempotencyKey: string | undefined;
};
export type Answer = { status: number; body: unknown; isReplay?: boolean; told?: readonly Told[] };

const https = z.url({ protocol: /^https?$/ });
const metadata = z.record(z.string().max(40), z.string().max(500)).default({});

/** https://docs.stripe.com/api/checkout/sessions/create */
const CheckoutForm = z
  .strictObject({
    mode: z.literal("subscription"),
    line_items: z.strictObject({ 0: z.strictObject({ price: z.string(), quantity: z.literal("1") }) }),
    customer: z.string().optional(),
    customer_email: z.email().optional(),
    client_reference_id: z.string().max(200).optional(),
    subscription_data: z.strictObject({ metadata }).optional(),
    success_url: https,
    cancel_url: https,
  })
  .refine((form) => form.customer === undefined || form.customer_email === undefined, {
    message: "You may only specify one of these parameters: customer, customer_email.",
  });

const ofSubscription = z.strictObject({ subscription: z.string() });

/** https://docs.stripe.com/api/customer_portal/sessions/create */
const PortalForm = z.strictObject({
  customer: z.string(),
  return_url: https,
  flow_data: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("payment_method_update") }),
      z.strictObject({ type: z.literal("subscription_update"), subscription_update: ofSubscription }),
      z.strictObject({ type: z.literal("subscription_cancel"), subscription_cancel: ofSubscription }),
    ])
    .optional(),
});

export type ApiSettings = { state: State; secretKey: string; url: () => string };

export function answerApi(settings: ApiSettings, asked: Asked): Answer {
  const { state, secretKey } = settings;
  if (asked.authorization !== `Bearer ${secretKey}`) return refuse(401, "Invalid API Key provided");
  const { idempotencyKey, method, path, text } = asked;
  const known = idempotencyKey === undefined ? undefined : state.answered.get(idempotencyKey);
  const question = `${method} ${path} ${text}`;
  if (known && known.asked !== question) {
    return refuse(
      400,
      "Keys for idempotent requests can only be used with the same parameters",
      "idempotency_error",
    );
  }
  if (known) return { status: known.status, body: known.body, isReplay: true };
  const answer = answerAnew(settings, asked);
  // Stripe keeps what it began to carry out, and forgets what did not pass its validation.
  if (idempotencyKey !== undefined && method === "POST" && answer.status === 200) {
    state.answered.set(idempotencyKey, { asked: question, ...answer });
  }
  return answer;
}

function answerAnew({ state, url }: ApiSettings, { method, path, form }: Asked): Answer {
  const priceId = /^\/v1\/prices\/([^/]+)$/.exec(path)?.[1];
  if (method === "GET" && priceId !== undefined) {
    const price = state.prices.get(priceId);
    if (!price) return refuse(404, `No such price: '${priceId}'`);
    const { id, unit_amount, currency, interval } = price;
    const recurring = { interval, interval_count: 1 };
    return { status: 200, body: { id, object: "price", unit_amount, currency, recurring } };
  }
  if (method === "POST" && path === "/v1/checkout/sessions") return openCheckout(state, url(), form);
  const [, checkoutId = "", deed] = /^\/v1\/checkout\/sessions\/([^/]+)(\/expire)?$/.exec(path) ?? [];
  const checkout = state.checkouts.get(checkoutId);
  if (checkout) return answerCheckout(checkout, `${method}${deed ?? ""}`);
  const subscription = /^\/v1\/subscriptions\/([^/]+)$/.exec(path)?.[1];
  if (subscription !== undefined) return answerSubscription(state, method, subscription);
  if (method === "POST" && path === "/v1/billing_portal/sessions") return openPortal(state, url(), form);
  return refuse(404, `Unrecognized request URL (${method}: ${path})`);
}

function openCheckout(state: State, url: string, form: unknown): Answer {
  const parsed = CheckoutForm.safeParse(form);
  if (!parsed.success) return refuse(400, z.prettifyError(parsed.error));
  const { line_items, customer, customer_email, subscription_data, success_url, cancel_url } = parsed.data;
  const { price } = line_items[0];
  if (!state.prices.has(price)) return refuse(400, `No such price: '${price}'`);
  if (customer !== undefined && !state.customers.has(customer)) {
    return refuse(400, `No such customer: '${customer}'`);
  }
  const id = idOf("cs_test");
  state.checkouts.set(id, {
    id,
    state: "open",
    price,
    customer: customer ?? null,
    email: customer_email ?? null,
    metadata: subscription_data?.metadata ?? {},
    successUrl: success_url,
    cancelUrl: cancel_url,
  });
  return { status: 200, body: { id, object: "checkout.session", status: "open", url: `${url}/pay/${id}` } };
}

/** https://docs.stripe.com/api/checkout/sessions/expire */
function answerCheckout(checkout: Checkout, asked: string): Answer {
  if (asked !== "GET" && asked !== "POST/expire") return refuse(404, "Unrecognized request URL");
  if (asked === "POST/expire") {
    if (checkout.state !== "open") {
      return refuse(400, 'Only Checkout Sessions with a status in ["open"] can be expired');
    }
    checkout.state = "expired";
  }
  return { status: 200, body: { id: checkout.id, object: "checkout.session", status: checkout.state } };
}

/** https://docs.stripe.com/api/subscriptions/cancel */
function answerSubscription(state: State, method: string, id: string): Answer {
  const found = state.subscriptions.get(id);
  if (!found) return refuse(404, `No such subscription: '${id}'`);
  if (method === "GET") return { status: 200, body: showSubscription(found) };
  if (method !== "DELETE") return refuse(404, "Unrecognized request URL");
  if (found.status === "canceled") return refuse(404, `No such subscription: '${id}'`);
  found.status = "canceled";
  return { status: 200, body: showSubscription(found), told: [{ kind: "deleted", subscription: found }] };
}

function openPortal(state: State, url: string, form: unknown): Answer {
  const parsed = PortalForm.safeParse(form);
  if (!parsed.success) return refuse(400, z.prettifyError(parsed.error));
  const { customer, return_url, flow_data: flow } = parsed.data;
  if (!state.customers.has(customer)) return refuse(400, `No such customer: '${customer}'`);
  const named =
    flow?.type === "subscription_update"
      ? flow.subscription_update.subscription
      : flow?.type === "subscription_cancel"
        ? flow.subscription_cancel.subscription
        : undefined;
  const subscription = named === undefined ? undefined : state.subscriptions.get(named);
  if (named !== undefined && (subscription?.customer !== customer || subscription.status === "canceled")) {
    return refuse(400, `No such subscription: '${named}'`);
  }
  const id = idOf("bps");
  state.portals.set(id, { id, customer, returnUrl: return_url });
  return { status: 200, body: { id, object: "billing_portal.session", url: `${url}/portal/${id}` } };
}

function refuse(status: number, message: string, type = "invalid_request_error"): Answer {
  const code = status === 404 ? { code: "resource_missing" } : {};
  return { status, body: { error: { type, message, ...code } } };
}

/** `a[b][0]=c` as `{ a: { b: { 0: "c" } } }`. */
export function readForm(text: string): unknown {
  const form: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const steps = [...name.matchAll(/[^[\]]+/g)].map(([step]) => step);
    let at = form;
    for (const step of steps.slice(0, -1)) {
      at[step] ??= Object.create(null);
      at = at[step] as Record<string, unknown>;
    }
    at[steps.at(-1) ?? ""] = value;
  }
  return JSON.parse(JSON.stringify(form));
}
