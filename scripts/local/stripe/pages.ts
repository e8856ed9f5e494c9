/** The pages on which people of a local stack pay, change and cancel. No money is asked for. */
import { escapeHtml } from "@vigil/core/html";
import { type Checkout, idOf, type Portal, type State, type Subscription } from "./state.ts";

const periodSeconds = 30 * 24 * 60 * 60;

export type Shown = { status: number; html: string };
export type Told = { kind: "created" | "updated" | "deleted"; subscription: Subscription };
/** Where the browser goes, and what the webhook is told. */
export type Done = { to: string; told: Told[] };

const priceText = (state: State, id: string): string => {
  const price = state.prices.get(id);
  if (!price) return id;
  const currency = price.currency.toUpperCase();
  const money = new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(
    price.unit_amount / 100,
  );
  return `${price.name}, ${money} a ${price.interval}`;
};

export function showCheckout(state: State, { state: stands, price, email, cancelUrl }: Checkout): Shown {
  if (stands === "expired") return page("This page is closed", "<p>Another was opened since.</p>", 410);
  if (stands !== "open") return page("This page was used", "<p>It was paid already.</p>", 410);
  return page(
    priceText(state, price),
    `<p>${escapeHtml(email ?? "")}</p><form method="post"><button name="do" value="pay">Pay with a card that works</button></form>
<p><a href="${escapeHtml(cancelUrl)}">Back without paying</a></p>`,
  );
}

export function pay(state: State, checkout: Checkout): Done | undefined {
  if (checkout.state !== "open") return undefined;
  checkout.state = "complete";
  const customer = checkout.customer ?? idOf("cus");
  state.customers.set(customer, { id: customer, email: checkout.email });
  const { price, metadata } = checkout;
  const [id, item] = [idOf("sub"), idOf("si")];
  const subscription: Subscription = {
    id,
    customer,
    item,
    price,
    status: "active",
    cancelAt: null,
    created: Math.floor(Date.now() / 1000),
    metadata,
  };
  state.subscriptions.set(id, subscription);
  return { to: checkout.successUrl, told: [{ kind: "created", subscription }] };
}

const openOf = (state: State, customer: string) =>
  [...state.subscriptions.values()].filter((one) => one.customer === customer && one.status !== "canceled");

const button = (subscription: Subscription, deed: string, words: string) =>
  `<button name="do" value="${subscription.id} ${deed}">${escapeHtml(words)}</button>`;

export function showPortal(state: State, { customer, returnUrl }: Portal): Shown {
  const parts = openOf(state, customer).map((one) => {
    const others = [...state.prices.keys()].filter((price) => price !== one.price);
    return `<form method="post"><p>${escapeHtml(priceText(state, one.price))}: ${one.status}${one.cancelAt === null ? "" : ", cancelled"}</p><p>
${others.map((price) => button(one, price, `Change to ${priceText(state, price)}`)).join(" ")}
${one.cancelAt === null ? button(one, "cancel", "Cancel at the end of the month") : button(one, "resume", "Do not cancel")}
${button(one, "end", "Let the month end now")}
${one.status === "past_due" ? button(one, "pay", "Pay with another card") : button(one, "fail", "Let a payment fail")}</p></form>`;
  });
  const list = parts.length === 0 ? "<p>No subscription.</p>" : parts.join("");
  return page("Your subscription", `${list}<p><a href="${escapeHtml(returnUrl)}">Back to Vigil</a></p>`);
}

export function change(state: State, { id, customer }: Portal, deed: string): Done | undefined {
  const [name = "", what = ""] = deed.split(" ");
  const found = openOf(state, customer).find((one) => one.id === name);
  if (!found) return undefined;
  const to = `/portal/${id}`;
  if (what === "end") {
    found.status = "canceled";
    return { to, told: [{ kind: "deleted", subscription: found }] };
  }
  if (what === "cancel") found.cancelAt = Math.floor(Date.now() / 1000) + periodSeconds;
  else if (what === "resume") found.cancelAt = null;
  else if (what === "fail") found.status = "past_due";
  else if (what === "pay") found.status = "active";
  else if (state.prices.has(what)) found.price = what;
  else return undefined;
  return { to, told: [{ kind: "updated", subscription: found }] };
}

export function page(title: string, body: string, status = 200): Shown {
  return {
    status,
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui;max-width:560px;margin:48px auto;padding:0 16px;color:#17212b}button{font:inherit;padding:8px 14px;margin:4px 0}small{color:#5b6b7a}</style>
<small>The stand-in for Stripe of this local stack</small><h1>${escapeHtml(title)}</h1>${body}</html>`,
  };
}
