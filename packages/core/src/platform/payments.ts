/** Whoever takes the money: pages of theirs where people buy, change and cancel. What was bought comes back by webhook. */
import type { PaidTier } from "../tiers.ts";

export type Price = {
  /** In the smallest unit of the currency: 1000 is £10.00. */
  amount: number;
  /** ISO 4217, upper case. */
  currency: string;
  per: "day" | "week" | "month" | "year";
};

export type PortalWish = "manage" | "change" | "cancel" | "pay";

export interface Payments {
  /** What each tier costs now. @throws `unavailable` */
  listPrices(): Promise<Record<PaidTier, Price>>;
  /** A page where the account buys the tier. The same key for the same wish is the same page. @throws `unavailable` */
  openCheckout(wish: {
    accountId: string;
    tier: PaidTier;
    /** Who bought before, as the provider calls them; otherwise whose address stands in the form. */
    customer: { id: string } | { email: string | null };
    backTo: string;
    idempotencyKey: string;
  }): Promise<{ id: string; url: string }>;
  /** Nobody pays on that page any more; one that was paid, or is closed, stays as it is. @throws `unavailable` */
  closeCheckout(id: string): Promise<void>;
  /** Ends a subscription now; what was paid beyond is credited. One that has ended stays so. @throws `unavailable` */
  cancel(subscriptionId: string): Promise<void>;
  /** A page where the account's subscription is changed, cancelled, or paid at last. @throws `unavailable` */
  openPortal(wish: {
    customerId: string;
    subscriptionId: string;
    wish: PortalWish;
    backTo: string;
  }): Promise<{ url: string }>;
}
