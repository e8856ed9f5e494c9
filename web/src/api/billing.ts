/** What the console asks about buying. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { Billing, PaidTier, PaymentPage, PortalInput } from "./contract.ts";

export type BillingApi = {
  billing: (signal?: AbortSignal) => Promise<Billing>;
  /** A page of the payment provider where the tier is bought; the same key is the same page. */
  openCheckout: (tier: PaidTier, idempotencyKey: string) => Promise<PaymentPage>;
  /** A page of theirs where the subscription is changed, cancelled or paid. */
  openPortal: (wish: NonNullable<PortalInput["wish"]>) => Promise<PaymentPage>;
};

export function billingCalls(client: Client, settle: Settle): BillingApi {
  return {
    billing: (signal) => settle(client.GET("/v1/billing", { signal: bounded(signal) })),
    openCheckout: (tier, key) => {
      const params = { header: { "idempotency-key": key } };
      return settle(client.POST("/v1/billing/checkouts", { params, body: { tier }, signal: bounded() }));
    },
    openPortal: (wish) => settle(client.POST("/v1/billing/portals", { body: { wish }, signal: bounded() })),
  };
}
