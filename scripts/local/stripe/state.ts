/** What the stand-in for Stripe knows. It lives as long as the process. */
import { randomBytes } from "node:crypto";

export type StripePrice = {
  id: string;
  name: string;
  unit_amount: number;
  currency: string;
  interval: "month";
};

export type Subscription = {
  id: string;
  customer: string;
  item: string;
  price: string;
  status: "active" | "past_due" | "canceled";
  cancelAt: number | null;
  /** Unix seconds. */
  created: number;
  metadata: Record<string, string>;
};

export type Checkout = {
  id: string;
  state: "open" | "complete" | "expired";
  price: string;
  customer: string | null;
  email: string | null;
  metadata: Record<string, string>;
  successUrl: string;
  cancelUrl: string;
};

export type Portal = { id: string; customer: string; returnUrl: string };

export type State = {
  prices: ReadonlyMap<string, StripePrice>;
  customers: Map<string, { id: string; email: string | null }>;
  subscriptions: Map<string, Subscription>;
  checkouts: Map<string, Checkout>;
  portals: Map<string, Portal>;
  /** Answers by idempotency key, with what was asked. */
  answered: Map<string, { asked: string; status: number; body: unknown }>;
};

export function createState(prices: readonly StripePrice[]): State {
  return {
    prices: new Map(prices.map((price) => [price.id, price])),
    customers: new Map(),
    subscriptions: new Map(),
    checkouts: new Map(),
    portals: new Map(),
    answered: new Map(),
  };
}

export const idOf = (prefix: string): string => `${prefix}_${randomBytes(12).toString("hex")}`;

/** As the API shows it: https://docs.stripe.com/api/subscriptions/object */
export function showSubscription({
  id,
  customer,
  item,
  price,
  status,
  cancelAt,
  created,
  metadata,
}: Subscription) {
  return {
    id,
    object: "subscription",
    customer,
    status,
    created,
    cancel_at: cancelAt,
    cancel_at_period_end: cancelAt !== null,
    metadata,
    items: { object: "list", data: [{ id: item, object: "subscription_item", price: { id: price } }] },
  };
}
