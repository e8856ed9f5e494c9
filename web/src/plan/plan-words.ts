/** What the tiers are called and give, and what they cost. */
import type { Billing, Tier } from "../api/contract.ts";

export const tierName: Readonly<Record<Tier, string>> = { lite: "Lite", guardian: "Guardian", pro: "Pro" };

export const tierGives: Readonly<Record<Tier, readonly string[]>> = {
  lite: [
    "Every event is assessed and explained",
    "Life-safety alerts at once",
    "Pictures are kept for 7 days",
  ],
  guardian: [
    "All of Lite",
    "5 deep reviews a day, with pictures and words",
    "Life-safety is reviewed at once, beyond that",
    "Pictures are kept for 30 days",
  ],
  pro: [
    "All of Guardian",
    "Deep reviews are never refused",
    "First in the queue",
    "Pictures are kept for 90 days",
  ],
};

/** "£10 a month": without pennies where there are none. */
export function priceWords({ amount, currency, per }: Billing["prices"][number]): string {
  const format = new Intl.NumberFormat(undefined, {
    style: "currency",
    currency,
    trailingZeroDisplay: "stripIfInteger",
  });
  const { maximumFractionDigits: decimals = 2 } = format.resolvedOptions();
  return `${format.format(amount / 10 ** decimals)} a ${per}`;
}
