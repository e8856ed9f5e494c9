/** Buying on the pages of the stand-in for Stripe, whose webhooks come back over HTTP. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { after, before, describe, it } from "node:test";
import { serve } from "@hono/node-server";
import { problem } from "@vigil/core/problem";
import type { BillingView, PaymentPage } from "@vigil/core/subscription/wire";
import type { Tier } from "@vigil/core/tiers";
import { localPrices, type StripeStandIn, startStripe } from "../../../../scripts/local/stripe/index.ts";
import { createTestApi, problemOf, signIn, type TestApi } from "../../../testing/api.ts";
import { createApp } from "../../app.ts";
import { type PaymentSettings, stripePayments } from "../../stripe/payments.ts";

const webhookSecret = "whsec_of_the_tests";
const priceOfTier = { guardian: localPrices.guardian.id, pro: localPrices.pro.id };
const tierOfPrice: Record<string, Tier> = { [priceOfTier.guardian]: "guardian", [priceOfTier.pro]: "pro" };

describe("buying", () => {
  let api: TestApi;
  let stripe: StripeStandIn;
  let server: Server;
  let settings: PaymentSettings;
  before(async () => {
    api = await createTestApi({ stripe: { webhookSecret, tierOfPrice } });
    // Signatures are checked by the hour of the API, which is that of the machine here.
    api.services.clock.set(new Date());
    const { promise, resolve } = Promise.withResolvers<number>();
    server = serve({ fetch: api.app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      resolve(port),
    ) as Server;
    const apiUrl = `http://127.0.0.1:${await promise}`;
    stripe = await startStripe({ apiUrl: () => apiUrl, secretKey: "sk_test_tests", webhookSecret });
    settings = { secretKey: "sk_test_tests", apiUrl: stripe.url, priceOfTier };
    api.services.payments = stripePayments(settings);
  });
  after(async () => {
    await stripe?.stop();
    server?.closeAllConnections();
    server?.close();
    await api?.close();
  });

  const key = () => api.account("lite").memberToken;
  const billing = async (): Promise<BillingView> => {
    const answer = await api.call("GET", "/v1/billing", { key: key() });
    assert.equal(answer.status, 200);
    return (await answer.json()) as BillingView;
  };
  const checkout = (tier: string, idempotencyKey: string = randomUUID()) =>
    api.call("POST", "/v1/billing/checkouts", {
      key: key(),
      json: { tier },
      headers: { "idempotency-key": idempotencyKey },
    });
  const portal = async (wish: string): Promise<string> => {
    const answer = await api.call("POST", "/v1/billing/portals", { key: key(), json: { wish } });
    assert.equal(answer.status, 201);
    return ((await answer.json()) as PaymentPage).url;
  };
  const press = (page: string, deed: string) =>
    fetch(page, { method: "POST", body: new URLSearchParams({ do: deed }), redirect: "manual" });
  /** Presses the button of the portal whose words begin so. */
  async function pressIn(page: string, words: string): Promise<void> {
    const html = await (await fetch(page)).text();
    const deed = new RegExp(`value="([^"]+)">${words}`).exec(html)?.[1];
    assert.ok(deed, html);
    assert.equal((await press(page, deed)).status, 303);
  }

  it("shows what tiers cost, as the provider says, and what the account has", async () => {
    const { isOffered, tier, prices, subscriptions } = await billing();
    assert.deepEqual(
      { isOffered, tier, subscriptions },
      { isOffered: true, tier: "lite", subscriptions: [] },
    );
    assert.deepEqual(prices, [
      { tier: "guardian", amount: 1_000, currency: "GBP", per: "month" },
      { tier: "pro", amount: 2_000, currency: "GBP", per: "month" },
    ]);
    assert.equal(
      (await problemOf(await api.call("POST", "/v1/billing/portals", { key: key(), json: {} }))).code,
      "not-subscribed",
    );
  });

  it("gives the tier once it is paid, and one page for one wish", async () => {
    const wish = randomUUID();
    const first = (await (await checkout("guardian", wish)).json()) as PaymentPage;
    const again = (await (await checkout("guardian", wish)).json()) as PaymentPage;
    assert.equal(again.url, first.url);
    assert.equal((await billing()).tier, "lite", "nothing is given before it is paid");
    const paid = await press(first.url, "pay");
    assert.equal(paid.headers.get("location"), "http://console.test/plan?bought=guardian");
    const { tier, subscriptions } = await billing();
    assert.equal(tier, "guardian");
    assert.deepEqual(subscriptions, [{ tier: "guardian", state: "paying", endsAt: null }]);
    assert.equal((await press(first.url, "pay")).status, 410, "a page that was paid is paid once");
    assert.equal((await problemOf(await checkout("pro"))).code, "subscribed-already");
  });

  it("follows an upgrade, a failed payment, a cancellation and its end", async () => {
    const page = await portal("change");
    await pressIn(page, "Change to Pro");
    assert.equal((await billing()).tier, "pro");
    await pressIn(page, "Let a payment fail");
    const late = await billing();
    assert.deepEqual([late.tier, late.subscriptions[0]?.state], ["pro", "past-due"]);
    await pressIn(await portal("pay"), "Pay with another card");
    assert.equal((await billing()).subscriptions[0]?.state, "paying");
    await pressIn(page, "Change to Guardian");
    await pressIn(await portal("cancel"), "Cancel at the end");
    const leaving = await billing();
    assert.equal(leaving.tier, "guardian");
    assert.ok(Date.parse(leaving.subscriptions[0]?.endsAt ?? "") > Date.now() + 29 * 24 * 3_600_000);
    await pressIn(page, "Let the month end now");
    assert.deepEqual([(await billing()).tier, (await billing()).subscriptions], ["lite", []]);
    const back = (await (await checkout("pro")).json()) as PaymentPage;
    await press(back.url, "pay");
    assert.equal((await billing()).tier, "pro", "whoever comes back is the customer that they were");
    const customers = await api.base.owner`select distinct customer from subscription`;
    assert.equal(customers.length, 1);
  });

  it("keeps one page open, and cancels what was bought twice all the same", async () => {
    const page = await portal("cancel");
    await pressIn(page, "Let the month end now");
    const first = (await (await checkout("guardian")).json()) as PaymentPage;
    const second = (await (await checkout("pro")).json()) as PaymentPage;
    assert.equal((await press(first.url, "pay")).status, 410, "the page before is closed");
    // Two owners who press at once, and a provider that could not close the page before.
    const { payments } = api.services;
    assert.ok(payments);
    api.services.payments = { ...payments, closeCheckout: () => Promise.reject(new Error("not now")) };
    const third = (await (await checkout("guardian")).json()) as PaymentPage;
    assert.equal((await press(second.url, "pay")).status, 303);
    // Which of two was first the provider says in whole seconds.
    const paidAt = secondsNow();
    await untilTrue(async () => secondsNow() > paidAt);
    let refusals = 0;
    api.services.payments = {
      ...payments,
      cancel: async (id) => {
        refusals += 1;
        if (refusals === 1) throw problem("unavailable", "not now");
        await payments.cancel(id);
      },
    };
    assert.equal((await press(third.url, "pay")).status, 303);
    api.services.payments = payments;
    await untilTrue(async () => (await billing()).subscriptions.length === 1);
    const { tier, subscriptions } = await billing();
    assert.equal(refusals, 2, "told again, because it was not answered with 200");
    assert.deepEqual(
      [tier, subscriptions.map((one) => one.tier)],
      ["pro", ["pro"]],
      "the one that was first stays",
    );
    const deeds = await api.base.owner`select 1 from audit where action = 'subscription.doubled'`;
    assert.equal(deeds.length, 1);
  });

  it("is for owners, and tells nothing of what another account bought", async () => {
    const { memberToken, deviceKey } = api.account("guardian");
    const answer = await api.call("GET", "/v1/billing", { key: memberToken });
    assert.deepEqual(((await answer.json()) as BillingView).subscriptions, []);
    assert.equal((await api.call("GET", "/v1/billing", { key: deviceKey })).status, 403);
  });

  it("says so where the provider refuses or is away, and still shows what is bought", async () => {
    const without = {
      ...api.services,
      payments: stripePayments({ ...settings, secretKey: "sk_test_wrong" }),
    };
    const app = createApp(without, { signIn });
    const headers = { authorization: `Bearer ${api.account("pro").memberToken}` };
    const shown = (await (await app.request("/v1/billing", { headers })).json()) as BillingView;
    assert.deepEqual([shown.isOffered, shown.prices], [true, []]);
    const asked = await app.request("/v1/billing/checkouts", {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "idempotency-key": "k" },
      body: JSON.stringify({ tier: "pro" }),
    });
    assert.equal((await problemOf(asked)).code, "unavailable");
    const none = createApp({ ...api.services, payments: null }, { signIn });
    const offered = (await (await none.request("/v1/billing", { headers })).json()) as BillingView;
    assert.equal(offered.isOffered, false);
  });

  it("meets a stand-in that refuses what Stripe refuses", async () => {
    const ask = (form: Record<string, string>, idempotencyKey?: string, secretKey = "sk_test_tests") =>
      fetch(`${stripe.url}/v1/checkout/sessions`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${secretKey}`,
          ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
        },
        body: new URLSearchParams(form),
      });
    const form = {
      mode: "subscription",
      "line_items[0][price]": priceOfTier.pro,
      "line_items[0][quantity]": "1",
      success_url: "https://a.test/",
      cancel_url: "https://a.test/",
    };
    assert.equal((await ask(form, undefined, "sk_test_other")).status, 401);
    assert.equal((await ask({ ...form, mode: "payment" })).status, 400);
    assert.equal((await ask({ ...form, "line_items[0][price]": "price_none" })).status, 400);
    assert.equal((await ask({ ...form, customer: "cus_none" })).status, 400);
    assert.equal((await ask({ ...form, invented: "1" })).status, 400);
    assert.equal((await ask(form, "one")).status, 200);
    assert.equal((await ask(form, "one")).headers.get("idempotent-replayed"), "true");
    const other = await ask({ ...form, cancel_url: "https://b.test/" }, "one");
    assert.equal(((await other.json()) as { error: { type: string } }).error.type, "idempotency_error");
  });
});

const secondsNow = () => Math.floor(Date.now() / 1000);

async function untilTrue(holds: () => Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 20_000; Date.now() < endMs; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail("expected it to come true within 20 s");
}
