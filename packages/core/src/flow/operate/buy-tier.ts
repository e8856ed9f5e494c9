/** An account buys a tier, and changes what it has bought: on pages of the payment provider, whose webhooks tell the outcome. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Member from "../../member/index.ts";
import type { Payments, PortalWish } from "../../platform/payments.ts";
import { problem } from "../../problem.ts";
import * as Subscription from "../../subscription/index.ts";
import type { BillingView, PaymentPage } from "../../subscription/wire.ts";
import type { PaidTier } from "../../tiers.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";

export async function getBilling(services: Services, accountId: string): Promise<BillingView> {
  const { tier, subscriptions } = await inAccount(services.database, accountId, async (tx) => ({
    tier: (await Account.get(tx, accountId)).tier,
    subscriptions: await Subscription.listOpen(tx),
  }));
  return {
    tier,
    isOffered: services.payments !== null,
    prices: await pricesOf(services),
    subscriptions: subscriptions.map(({ tier: bought, status, isPastDue, endsAt }) => ({
      tier: bought,
      state: status === "suspended" ? "suspended" : isPastDue ? "past-due" : "paying",
      endsAt: endsAt?.toISOString() ?? null,
    })),
  };
}

/** What is bought is worth knowing without what it costs: a provider that does not answer hides the prices alone. */
async function pricesOf({ payments, log }: Services): Promise<BillingView["prices"]> {
  if (payments === null) return [];
  try {
    const prices = await payments.listPrices();
    return (["guardian", "pro"] as const).map((tier) => ({ tier, ...prices[tier] }));
  } catch (error) {
    log.warn({ err: error }, "the prices could not be asked for");
    return [];
  }
}

/**
 * A page where the account buys a tier for the first time, or again.
 * @throws `not-offered`; `subscribed-already`: it has a subscription, which is changed instead of bought twice
 */
export async function openCheckout(
  services: Services,
  by: Audit.Actor,
  { tier, idempotencyKey }: { tier: PaidTier; idempotencyKey: string },
): Promise<PaymentPage> {
  const payments = offered(services);
  const { accountId, actor } = by;
  const customer = await inAccount(services.database, accountId, async (tx) => {
    const open = await Subscription.listOpen(tx);
    if (open.length > 0) {
      throw problem(
        "subscribed-already",
        "the account has a subscription: change it instead of buying another",
      );
    }
    const customerId = await Subscription.findCustomer(tx);
    return customerId === undefined ? { email: (await Member.get(tx, actor)).email } : { id: customerId };
  });
  const { id, url } = await payments.openCheckout({
    accountId,
    tier,
    customer,
    backTo: backTo(services),
    idempotencyKey: `${accountId} ${idempotencyKey}`,
  });
  const before = await inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    return Subscription.replaceCheckout(tx, { accountId, id, at: services.clock.now() });
  });
  // Of two pages that are open at once both would be paid. What is bought all the same is cancelled when it is heard of.
  if (before !== undefined) {
    await afterCommit(services, "close the page before", () => payments.closeCheckout(before));
  }
  await note(services, by, { action: "checkout.opened", detail: { tier } });
  return { url };
}

/** A page where the account's subscription is changed, cancelled or paid. @throws `not-offered`, `not-subscribed` */
export async function openPortal(
  services: Services,
  by: Audit.Actor,
  wish: PortalWish,
): Promise<PaymentPage> {
  const payments = offered(services);
  const found = await inAccount(services.database, by.accountId, async (tx) => {
    const open = await Subscription.listOpen(tx);
    return open.find(({ customerId }) => customerId !== null);
  });
  if (!found || found.customerId === null) {
    throw problem("not-subscribed", "the account has no subscription that could be changed: buy one");
  }
  const { customerId, id: subscriptionId } = found;
  const page = await payments.openPortal({ customerId, subscriptionId, wish, backTo: backTo(services) });
  await note(services, by, { action: "portal.opened", detail: { wish } });
  return page;
}

function offered({ payments }: Services): Payments {
  if (payments === null) {
    throw problem("not-offered", "this installation sells no tiers; ask whoever runs it");
  }
  return payments;
}

const backTo = ({ telling }: Services): string => `${telling.consoleOrigin}/plan`;

function note(
  services: Services,
  by: Audit.Actor,
  deed: Pick<Audit.Deed, "action" | "detail">,
): Promise<void> {
  return inAccount(services.database, by.accountId, (tx) =>
    Audit.record(tx, { ...by, ...deed, subject: by.accountId, at: services.clock.now() }),
  );
}
