/** Buying: what the tiers cost, what the account has bought, and where it buys and changes it. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import { Tier } from "../tiers.ts";

const PaidTierName = z
  .enum(["guardian", "pro"])
  .meta({ id: "PaidTier", description: "A tier that is bought." });

export const PriceView = z
  .object({
    tier: PaidTierName,
    amount: z.int().describe("In the smallest unit of the currency: 1000 is £10.00"),
    currency: z.string().describe("ISO 4217"),
    per: z.enum(["day", "week", "month", "year"]),
  })
  .meta({ id: "Price" });

export const SubscriptionView = z
  .object({
    tier: Tier,
    state: z
      .enum(["paying", "past-due", "suspended"])
      .describe("`past-due`: a payment has failed, and is tried again; the tier stays meanwhile"),
    endsAt: Instant.nullable().describe("When it ends because it was cancelled"),
  })
  .meta({ id: "Subscription" });
export type SubscriptionView = z.infer<typeof SubscriptionView>;

export const BillingView = z
  .object({
    tier: Tier,
    isOffered: z.boolean().describe("Whether this installation sells tiers; otherwise operators set them"),
    prices: z.array(PriceView),
    subscriptions: z.array(SubscriptionView).describe("Those that have not ended"),
  })
  .meta({ id: "Billing" });
export type BillingView = z.infer<typeof BillingView>;

export const CheckoutInput = z
  .strictObject({ tier: PaidTierName })
  .meta({ id: "CheckoutInput", examples: [{ tier: "guardian" }] });

export const PortalInput = z
  .strictObject({
    wish: z
      .enum(["manage", "change", "cancel", "pay"])
      .default("manage")
      .describe("What the page begins with; `pay`: another way to pay"),
  })
  .meta({ id: "PortalInput", examples: [{ wish: "change" }] });

export const PaymentPage = z
  .object({ url: z.url() })
  .meta({ id: "PaymentPage", description: "A page of the payment provider, good for some minutes." });
export type PaymentPage = z.infer<typeof PaymentPage>;
