import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { buryMessage, getAccount, getReview, getUsage, redriveReview } from "@vigil/core/flow";
import { sign } from "@vigil/core/review/job-signature";
import { ReviewView, type Tier } from "@vigil/core/review/wire";
import { Stripe } from "stripe";
import { plantSessions } from "../../../packages/core/testing/plant.ts";
import { createTestApi, problemOf, type TestApi } from "../../testing/api.ts";

const secret = "whsec_of_the_tests";
const prices = { guardian: "price_guardian", pro: "price_pro" };

describe("POST /stripe/v1/webhooks", () => {
  let api: TestApi;
  before(async () => {
    const tierOfPrice = { [prices.guardian]: "guardian", [prices.pro]: "pro" } as const;
    api = await createTestApi({ stripe: { webhookSecret: secret, tierOfPrice } });
  });
  after(() => api.close());

  type Change = {
    subscription?: string;
    price?: string;
    status?: string;
    type?: string;
    /** Seconds from now. */
    at?: number;
    id?: string;
    account?: string;
  };
  let account: ReturnType<TestApi["account"]>;

  /** A fresh account of the lite tier. */
  async function arrange(): Promise<void> {
    account = api.account("lite");
    await api.base.owner`delete from subscription`;
    await api.base.owner`delete from quota_claim`;
    await api.base
      .owner`update account set tier = 'lite', bucket_tokens = null, bucket_at = null where id = ${account.accountId}`;
    api.services.clock.advance(24 * 3_600_000);
  }

  function eventOf(change: Change): string {
    const { subscription = "sub_1", price = prices.guardian, status = "active", at = 0 } = change;
    return JSON.stringify({
      id: change.id ?? `evt_${randomUUID()}`,
      object: "event",
      created: Math.floor(api.services.clock.now().getTime() / 1000) + at,
      type: change.type ?? "customer.subscription.updated",
      data: {
        object: {
          id: subscription,
          object: "subscription",
          status,
          metadata: { accountId: change.account ?? account.accountId },
          items: { object: "list", data: [{ id: "si_1", price: { id: price } }] },
        },
      },
    });
  }

  async function deliver(body: string, signedFor = body, ageSeconds = 0): Promise<Response> {
    const timestamp = Math.floor(api.services.clock.now().getTime() / 1000) - ageSeconds;
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: signedFor, secret, timestamp });
    return api.call("POST", "/stripe/v1/webhooks", {
      body,
      headers: { "content-type": "application/json", "stripe-signature": signature },
    });
  }
  const tell = async (change: Change) => {
    const answer = await deliver(eventOf(change));
    assert.equal(answer.status, 200, await answer.clone().text());
    return ((await answer.json()) as { outcome: string }).outcome;
  };
  const tier = async (): Promise<Tier> => (await getAccount(api.services, account.accountId)).tier;
  const usage = async () => (await getUsage(api.services, account.accountId)).usage.reviews;

  async function ask(): Promise<{ status: number; review: ReviewView }> {
    api.services.clock.advance(60_000);
    const at = api.services.clock.now();
    const [sessionId] = await plantSessions(api.base.owner, account, { sessions: 1, moments: 1, at });
    const answer = await api.call("POST", `/v1/sessions/${sessionId}/reviews`, {
      key: account.memberToken,
      json: {},
      headers: { "idempotency-key": randomUUID() },
    });
    const body: unknown = await answer.json();
    return { status: answer.status, review: answer.ok ? ReviewView.parse(body) : ({} as ReviewView) };
  }
  const fail = ({ id }: ReviewView) =>
    buryMessage(api.services, sign({ reviewId: id, part: 0 }, api.services.jobSigningKey));

  describe("happy", () => {
    it("gives the new allowance at once on an upgrade in the middle of the day", async () => {
      await arrange();
      assert.equal((await ask()).status, 403);
      assert.equal(await tell({ type: "customer.subscription.created" }), "changed");
      for (let index = 0; index < 5; index += 1) assert.equal((await ask()).status, 202);
      assert.equal((await ask()).status, 429);
      assert.equal(await tell({ price: prices.pro, at: 1 }), "changed");
      const { review } = await ask();
      assert.equal(review.queue, "priority");
      const [deed] = await api.base.owner<{ actor: string }[]>`
        select actor from audit where account_id = ${account.accountId} and action = 'tier.changed' order by id desc`;
      assert.match(deed?.actor ?? "", /^stripe evt_/);
    });

    it("keeps queued reviews on a downgrade, and charges nothing twice on the way to and fro", async () => {
      await arrange();
      await tell({ price: prices.guardian });
      for (let index = 0; index < 5; index += 1) await ask();
      await tell({ price: prices.pro, at: 1 });
      const { review } = await ask();
      assert.equal((await usage()).tokens, 29);
      await tell({ price: prices.guardian, at: 2 });
      assert.equal((await usage()).left, 0, "the day's five stay used");
      assert.equal((await ask()).status, 429);
      const kept = await getReview(api.services, { accountId: account.accountId, id: review.id });
      assert.equal(kept.state, "queued");
      await tell({ price: prices.pro, at: 3 });
      assert.ok(((await usage()).tokens ?? 30) < 30, "the bucket is not filled by changing");
    });

    it("gives a refund back to where it was charged, whatever the tier is by then", async () => {
      await arrange();
      await tell({ price: prices.guardian });
      const { review: daily } = await ask();
      await tell({ price: prices.pro, at: 1 });
      const { review: token } = await ask();
      await tell({ price: prices.guardian, at: 2 });
      assert.equal((await usage()).used, 1);
      await fail(daily);
      assert.equal((await usage()).used, 0);
      await fail(token);
      await fail(token);
      assert.equal((await usage()).used, 0);
      await tell({ price: prices.pro, at: 3 });
      assert.equal((await usage()).tokens, 30);
      await fail(daily);
      await redriveReview(api.services, { reviewId: token.id, actor: "test" });
      assert.equal((await usage()).tokens, 30);
    });

    it("takes an event in once, however often and however simultaneously it comes", async () => {
      await arrange();
      const body = eventOf({ price: prices.pro });
      const outcomes = await Promise.all(
        Array.from(
          { length: 8 },
          async () => ((await (await deliver(body)).json()) as { outcome: string }).outcome,
        ),
      );
      assert.deepEqual(outcomes.toSorted(), ["changed", ...Array.from({ length: 7 }, () => "known")]);
    });

    it("takes a subscription's first event for older than its others, also within one second", async () => {
      await arrange();
      assert.equal(await tell({ price: prices.pro }), "changed");
      const first = { type: "customer.subscription.created", status: "incomplete" };
      assert.equal(await tell({ ...first, price: prices.pro }), "stale");
      assert.equal(await tier(), "pro");
    });

    it("lets no older event undo a newer one", async () => {
      await arrange();
      assert.equal(await tell({ price: prices.pro, at: 10 }), "changed");
      assert.equal(await tell({ price: prices.guardian, at: 5 }), "stale");
      assert.equal(await tier(), "pro");
      const end = { type: "customer.subscription.deleted", status: "canceled" };
      assert.equal(await tell({ ...end, at: 20 }), "changed");
      assert.equal(await tier(), "lite");
      assert.equal(await tell({ price: prices.pro, at: 15 }), "stale");
      assert.equal(await tell({ price: prices.pro, at: 30 }), "stale", "what has ended stays ended");
    });

    it("does not mind the end of an old subscription once there is a new one", async () => {
      await arrange();
      await tell({ subscription: "sub_old", price: prices.guardian });
      await tell({ subscription: "sub_new", price: prices.pro, at: 1 });
      assert.equal(await tell({ subscription: "sub_old", status: "canceled", at: 2 }), "kept");
      assert.equal(await tier(), "pro");
    });

    it("leaves a tier that an operator set until the subscription changes", async () => {
      await arrange();
      await tell({ price: prices.guardian });
      await api.call("PUT", `/operator/v1/accounts/${account.accountId}/tier`, {
        key: api.base.seeded.operatorToken,
        json: { tier: "pro" },
      });
      assert.equal(await tell({ price: prices.guardian, at: 1 }), "kept");
      assert.equal(await tier(), "pro");
      assert.equal(await tell({ status: "unpaid", at: 2 }), "changed");
      assert.equal(await tier(), "lite");
    });

    it("passes over what is about something else", async () => {
      await arrange();
      assert.equal(await tell({ type: "invoice.paid" }), "ignored");
      assert.equal(await tell({ account: "somebody" }), "ignored");
      assert.equal(await tell({ account: `acc_${"0".repeat(32)}` }), "unknown-account");
      assert.equal(await tell({ price: "price_of_another_product" }), "kept");
      assert.equal(await tier(), "lite");
    });
  });

  describe("refused", () => {
    it("a wrong signature, another body than was signed, an old one, and none", async () => {
      await arrange();
      const body = eventOf({ price: prices.pro });
      const answers = [
        await deliver(body, `${body} `),
        await deliver(body, body, 301),
        await api.call("POST", "/stripe/v1/webhooks", { body }),
        await api.call("POST", "/stripe/v1/webhooks", { body, headers: { "stripe-signature": "t=1,v1=00" } }),
      ];
      for (const answer of answers) {
        assert.equal(answer.status, 401);
        assert.equal((await problemOf(answer)).code, "signature-invalid");
      }
      assert.equal(await tier(), "lite");
    });

    it("everything where no subscriptions are sold, saying so", async () => {
      const other = await createTestApi();
      try {
        const answer = await other.call("POST", "/stripe/v1/webhooks", { body: "{}" });
        assert.equal(answer.status, 503);
        assert.match((await problemOf(answer)).detail, /STRIPE_WEBHOOK_SECRET/);
      } finally {
        await other.close();
      }
    });
  });
});
