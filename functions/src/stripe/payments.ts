/**
 * Stripe as the place where tiers are bought: https://docs.stripe.com/payments/checkout and its customer portal. Prices stand
 * there and nowhere else. The library is loaded when it is first needed, and its telemetry is off.
 */
import type { Payments, PortalWish, Price } from "@vigil/core/platform/payments";
import { problem } from "@vigil/core/problem";
import type { PaidTier } from "@vigil/core/tiers";
import type { Stripe } from "stripe";

export type PaymentSettings = {
  secretKey: string;
  /** Where Stripe is; undefined: at Stripe. */
  apiUrl: string | undefined;
  priceOfTier: Readonly<Record<PaidTier, string>>;
};

const callMsMax = 10_000;
const repeatsMax = 2;
const periods = ["day", "week", "month", "year"] as const satisfies Price["per"][];
/** Prices change seldom, and a page shows them often. */
const pricesMsMax = 10 * 60 * 1000;

/** @param settings null where accounts buy nothing by themselves */
export function stripePayments(settings: PaymentSettings | null): Payments | null {
  return settings && paymentsAt(settings);
}

function paymentsAt({ secretKey, apiUrl, priceOfTier }: PaymentSettings): Payments {
  let client: Promise<Stripe> | undefined;
  let kept: { prices: Record<PaidTier, Price>; atMs: number } | undefined;
  const call = async <T>(what: string, ask: (stripe: Stripe) => Promise<T>): Promise<T> => {
    client ??= open(secretKey, apiUrl);
    try {
      return await ask(await client);
    } catch (cause) {
      throw problem("unavailable", `the payment provider could not ${what}; try again in a moment`, {
        cause,
        retryAfterSeconds: 5,
      });
    }
  };
  return {
    async listPrices() {
      if (kept && Date.now() - kept.atMs < pricesMsMax) return kept.prices;
      const [guardian, pro] = await call("say what the tiers cost", (stripe) =>
        Promise.all([readPrice(stripe, priceOfTier.guardian), readPrice(stripe, priceOfTier.pro)]),
      );
      kept = { prices: { guardian, pro }, atMs: Date.now() };
      return kept.prices;
    },

    async openCheckout({ accountId, tier, customer, backTo, idempotencyKey }) {
      const who =
        "id" in customer
          ? { customer: customer.id }
          : customer.email === null
            ? {}
            : { customer_email: customer.email };
      const { id, url } = await call("open its page", (stripe) =>
        stripe.checkout.sessions.create(
          {
            mode: "subscription",
            line_items: [{ price: priceOfTier[tier], quantity: 1 }],
            ...who,
            client_reference_id: accountId,
            // By it the webhooks tell whose subscription it is.
            subscription_data: { metadata: { accountId } },
            success_url: `${backTo}?bought=${tier}`,
            cancel_url: backTo,
          },
          { idempotencyKey },
        ),
      );
      return { id, url: assertUrl(url) };
    },

    async closeCheckout(id) {
      await call("close its page", async (stripe) => {
        const page = await stripe.checkout.sessions.retrieve(id).catch(unlessMissing);
        if (page?.status === "open") await stripe.checkout.sessions.expire(id);
      });
    },

    async cancel(subscriptionId) {
      await call("cancel the subscription", async (stripe) => {
        const found = await stripe.subscriptions.retrieve(subscriptionId).catch(unlessMissing);
        if (!found || found.status === "canceled" || found.status === "incomplete_expired") return;
        await stripe.subscriptions.cancel(subscriptionId, { prorate: true, invoice_now: true });
      });
    },

    async openPortal({ customerId, subscriptionId, wish, backTo }) {
      const flow = flowOf(wish, subscriptionId);
      const { url } = await call("open its page", (stripe) =>
        stripe.billingPortal.sessions.create({
          customer: customerId,
          return_url: backTo,
          ...(flow && { flow_data: flow }),
        }),
      );
      return { url: assertUrl(url) };
    },
  };
}

async function open(secretKey: string, apiUrl: string | undefined): Promise<Stripe> {
  const { Stripe: Client } = await import("stripe");
  const { protocol, hostname, port } = new URL(apiUrl ?? "https://api.stripe.com");
  return new Client(secretKey, {
    telemetry: false,
    timeout: callMsMax,
    maxNetworkRetries: repeatsMax,
    protocol: protocol === "http:" ? "http" : "https",
    host: hostname,
    ...(port === "" ? {} : { port }),
  });
}

async function readPrice(stripe: Stripe, id: string): Promise<Price> {
  const { unit_amount: amount, currency, recurring } = await stripe.prices.retrieve(id);
  const per = periods.find((period) => period === recurring?.interval);
  if (amount === null || per === undefined) {
    throw new Error(`expected the price ${id} to be of a fixed amount and to recur`);
  }
  return { amount, currency: currency.toUpperCase(), per };
}

type FlowData = NonNullable<Stripe.BillingPortal.SessionCreateParams["flow_data"]>;

function flowOf(wish: PortalWish, subscription: string): FlowData | undefined {
  switch (wish) {
    case "change":
      return { type: "subscription_update", subscription_update: { subscription } };
    case "cancel":
      return { type: "subscription_cancel", subscription_cancel: { subscription } };
    case "pay":
      return { type: "payment_method_update" };
    case "manage":
      return undefined;
  }
}

/** What the provider does not know any more needs nothing done. */
function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "resource_missing") return undefined;
  throw error;
}

function assertUrl(url: string | null): string {
  if (url === null) throw new Error("expected a page of the payment provider to have an address");
  return url;
}
