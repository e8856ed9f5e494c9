/** What the account has bought, and what there is to buy. */
import type { Billing, Tier } from "../api/contract.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("plan", {
  pageTitle: "Vigil · Plan",
  plan: "Plan",
  yours: "Thank you. It is yours from now on.",
  paymentComes: "Thank you. The payment is on its way.",
  yourSubscription: (tier: string) => `Your subscription: ${tier}`,
  paymentFailed: (tier: string) =>
    `A payment failed, and is tried again. Pay another way, so that ${tier} stays.`,
  notPaid: "It is not paid, so the account is served as Lite until it is.",
  endsOn: (when: string) => `Cancelled: it ends on ${when}, and costs nothing after that.`,
  payAnotherWay: "Pay another way",
  change: "Change it",
  cancel: "Cancel it",
  invoices: "Invoices and cards",
  setByOperator: "Tiers are set by whoever runs this installation.",
  free: "costs nothing",
  yoursNow: "yours now",
  ownerBuys: "An owner of the account buys and changes it.",
  buy: (tier: string) => `Buy ${tier}`,
  gives: {
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
  } satisfies Readonly<Record<Tier, readonly string[]>>,
  price: (amount: string, per: Billing["prices"][number]["per"]) => `${amount} a ${per}`,
});
