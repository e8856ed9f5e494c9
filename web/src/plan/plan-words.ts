/** What the tiers cost. */

import type { Billing } from "../api/contract.ts";
import { locale } from "../words/spoken.ts";
import { say } from "./say.ts";

/** "£10 a month": without pennies where there are none. */
export function priceWords({ amount, currency, per }: Billing["prices"][number]): string {
  const format = new Intl.NumberFormat(locale(), {
    style: "currency",
    currency,
    trailingZeroDisplay: "stripIfInteger",
  });
  const { maximumFractionDigits: decimals = 2 } = format.resolvedOptions();
  return say.price(format.format(amount / 10 ** decimals), per);
}
