/** Stripe's webhooks: https://docs.stripe.com/webhooks, and the life of a subscription in its events. */
import * as Id from "@vigil/core/id";
import { problem } from "@vigil/core/problem";
import { Tier } from "@vigil/core/review/wire";
import type { Notice, SubscriptionStatus } from "@vigil/core/subscription";
import * as z from "zod";

export type StripeSettings = {
  webhookSecret: string;
  /** Which tier a price buys. */
  tierOfPrice: Readonly<Record<string, Tier>>;
};

/** What is read of an event about a subscription. The account's id was put into its metadata when it was sold. */
const SubscriptionEvent = z.object({
  id: z.string().min(1).max(255),
  /** Unix seconds. */
  created: z.int().min(0),
  type: z.string().startsWith("customer.subscription."),
  data: z.object({
    object: z.object({
      id: z.string().min(1).max(255),
      status: z.string(),
      customer: z.string().max(255).nullable().default(null),
      /** Unix seconds: when it began. */
      created: z.int().nullable().default(null),
      /** Unix seconds: when it ends because it was cancelled. */
      cancel_at: z.int().nullable().default(null),
      metadata: z.record(z.string(), z.string()).default({}),
      items: z.object({ data: z.array(z.object({ price: z.object({ id: z.string() }) })).max(100) }),
    }),
  }),
});

/** https://docs.stripe.com/api/subscriptions/object#subscription_object-status; what is unknown here is not served. */
const statusOf: ReadonlyMap<string, SubscriptionStatus> = new Map(
  Object.entries<SubscriptionStatus>({
    active: "paying",
    trialing: "paying",
    // Stripe tries to collect for some days before it gives up.
    past_due: "paying",
    incomplete: "suspended",
    paused: "suspended",
    unpaid: "suspended",
    canceled: "ended",
    incomplete_expired: "ended",
  }),
);

/**
 * Verifies the signature and its age (300 s, Stripe's own tolerance) before anything is read.
 * @throws `signature-invalid`
 */
export async function verifyEvent(
  settings: StripeSettings,
  { body, signature, now }: { body: string; signature: string | undefined; now: Date },
): Promise<unknown> {
  if (signature === undefined) throw problem("signature-invalid", "expected the header Stripe-Signature");
  // Loaded when the first webhook comes: every other request starts faster without it.
  const { Stripe } = await import("stripe");
  const { webhooks } = Stripe;
  try {
    return await webhooks.constructEventAsync(
      body,
      signature,
      settings.webhookSecret,
      webhooks.DEFAULT_TOLERANCE,
      undefined,
      now.getTime(),
    );
  } catch (cause) {
    throw problem(
      "signature-invalid",
      "the signature does not match the body, or is older than 300 s; check STRIPE_WEBHOOK_SECRET and the clock",
      { cause },
    );
  }
}

/** The notice in an event; undefined when it is about something else, or about nobody's subscription here. */
export function readNotice(event: unknown, { tierOfPrice }: StripeSettings): Notice | undefined {
  const parsed = SubscriptionEvent.safeParse(event);
  if (!parsed.success) return undefined;
  const { id, created, type, data } = parsed.data;
  const account = Id.of("account").safeParse(data.object.metadata.accountId);
  if (!account.success) return undefined;
  const sold = data.object.items.data.map(
    ({ price }) => (Object.hasOwn(tierOfPrice, price.id) && tierOfPrice[price.id]) || "lite",
  );
  return {
    eventId: id,
    accountId: account.data,
    subscriptionId: data.object.id,
    tier: Tier.options.findLast((tier) => sold.includes(tier)) ?? "lite",
    status: statusOf.get(data.object.status) ?? "suspended",
    saidAt: new Date(created * 1000),
    customerId: data.object.customer,
    isPastDue: data.object.status === "past_due",
    endsAt: data.object.cancel_at === null ? null : new Date(data.object.cancel_at * 1000),
    beganAt: data.object.created === null ? null : new Date(data.object.created * 1000),
    isFirst: type === "customer.subscription.created",
  };
}
