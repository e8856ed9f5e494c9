import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { AccountView, type OperatedAccount } from "@vigil/core/account/wire";
import type { DeadLetterView } from "@vigil/core/dead-letter/wire";
import { buryMessage, dispatchJobs, getUsage } from "@vigil/core/flow";
import { Job, type QueueName, ReviewView, type Tier } from "@vigil/core/review/wire";
import { plantSessions } from "../../../packages/core/testing/plant.ts";
import { findingsFor } from "../../../packages/core/testing/walk.ts";
import { createTestApi, problemOf, type TestApi } from "../../testing/api.ts";

describe("/operator/v1", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  const operate = (method: string, path: string, json?: unknown) =>
    api.call(method, `/operator/v1${path}`, {
      key: api.base.seeded.operatorToken,
      ...(json === undefined ? {} : { json }),
    });
  it("finds accounts by a part of their names or by id, page by page", async () => {
    type Answer = { items: OperatedAccount[]; nextCursor: string | null };
    const list = async (query: string) =>
      (await (await operate("GET", `/accounts?${query}`)).json()) as Answer;
    const all = await list("");
    assert.equal(all.items.length, api.base.seeded.accounts.length);
    const pro = api.account("pro");
    const [found] = (await list(`words=${pro.accountId}`)).items;
    assert.deepEqual([found?.id, found?.tier, found?.members, found?.devices], [pro.accountId, "pro", 1, 1]);
    assert.deepEqual((await list(`words=${encodeURIComponent(found?.name.toUpperCase() ?? "")}`)).items, [
      found,
    ]);
    assert.deepEqual((await list("words=%25")).items, []);
    const first = await list("limit=1");
    const rest = await list(`cursor=${first.nextCursor}`);
    assert.deepEqual([...first.items, ...rest.items], all.items);
  });

  const used = async (tier: Tier) =>
    (await getUsage(api.services, api.account(tier).accountId)).usage.reviews;

  async function ask(tier: Tier): Promise<ReviewView> {
    const account = api.account(tier);
    api.services.clock.advance(60_000);
    const at = api.services.clock.now();
    const [sessionId] = await plantSessions(api.base.owner, account, { sessions: 1, moments: 3, at });
    const answer = await api.call("POST", `/v1/sessions/${sessionId}/reviews`, {
      key: account.memberToken,
      json: {},
      headers: { "idempotency-key": `ask-${sessionId}` },
    });
    assert.equal(answer.status, 202, await answer.clone().text());
    return ReviewView.parse(await answer.json());
  }

  /** Takes a job from a queue, as a worker that will report it. */
  async function take(name: QueueName): Promise<Job> {
    const queue = api.services.jobs[name];
    const [message, ...others] = await queue.receive({
      messagesMax: 10,
      waitSeconds: 0,
      visibilitySeconds: 300,
    });
    assert.ok(message);
    assert.deepEqual(others, [], "one job");
    await queue.delete(message);
    return Job.parse(JSON.parse(message.body));
  }

  /** Receives each message as often as the queue allows, and answers the bodies that then lie in the dead-letter queue. */
  async function die(): Promise<string[]> {
    const bodies: string[] = [];
    for (const queue of Object.values(api.services.jobs)) {
      for (let receive = 1; receive <= 5; receive += 1) {
        const messages = await queue.receive({ messagesMax: 100, waitSeconds: 0, visibilitySeconds: 300 });
        api.services.clock.advance(300_000);
        if (receive < 5) continue;
        for (const message of messages) {
          assert.equal(message.receiveCount, 5);
          bodies.push(message.body);
          await queue.delete(message);
        }
      }
    }
    return bodies;
  }

  const deadLetters = async () =>
    ((await (await operate("GET", "/dead-letters")).json()) as { items: DeadLetterView[] }).items;

  describe("happy", () => {
    it("shows a poisoned job as failed with a reason, gives the allowance back once, and redrives it free of charge", async () => {
      const { used: usedBefore, refunded } = await used("guardian");
      const review = await ask("guardian");
      assert.equal((await used("guardian")).used, usedBefore + 1);
      const [body = ""] = await die();
      assert.equal(await buryMessage(api.services, body), "ended");
      assert.equal(await buryMessage(api.services, body), "known");
      const key = api.account("guardian").memberToken;
      const failed = ReviewView.parse(
        await (await api.call("GET", `/v1/reviews/${review.id}`, { key })).json(),
      );
      assert.equal(failed.state, "failed");
      assert.match(failed.failure ?? "", /received the job 5 times/);
      assert.deepEqual(
        [(await used("guardian")).used, (await used("guardian")).refunded],
        [usedBefore, refunded + 1],
      );
      const [listed] = await deadLetters();
      assert.equal(listed?.reviewId, review.id);
      assert.equal(listed?.source, "queue");

      const again = ReviewView.parse(await (await operate("POST", `/reviews/${review.id}/redrive`)).json());
      assert.equal(again.state, "queued");
      assert.equal((await operate("POST", `/reviews/${review.id}/redrive`)).status, 200);
      assert.ok(again.reasons.some((reason) => /not charged/.test(reason)));
      assert.deepEqual(await deadLetters(), []);
      // However often it is redriven, there is one fresh job.
      const job = await take("standard");
      assert.equal(job.reviewId, review.id);
      const stored = await api.work(`/reviews/${review.id}/digest`, findingsFor(job, []));
      assert.equal(stored.status, 200, await stored.clone().text());
      assert.equal((await used("guardian")).used, usedBefore, "a courtesy is not charged");
      const deeds = await api.base.owner<{ action: string; actor: string }[]>`
        select action, actor from audit where subject = ${review.id} order by id`;
      assert.deepEqual(
        deeds.map((deed) => [deed.action, deed.actor]),
        [
          ["review.failed", "system"],
          ["review.redriven", "local operator"],
        ],
      );
    });

    it("ends a redriven job that dies again, and gives nothing back twice", async () => {
      const review = await ask("pro");
      const { tokens } = await used("pro");
      for (let time = 0; time < 2; time += 1) {
        const [body = ""] = await die();
        assert.equal(await buryMessage(api.services, body), "ended");
        assert.equal((await deadLetters()).length, 1);
        if (time === 0) await operate("POST", `/reviews/${review.id}/redrive`);
      }
      const [refunds] = await api.base.owner<{ count: number }[]>`
        select count(*)::int as count from quota_claim where review_id = ${review.id} and state = 'refunded'`;
      assert.equal(refunds?.count, 1);
      assert.ok(((await used("pro")).tokens ?? 0) >= (tokens ?? 0) + 1);
    });

    /** Moments that came late to a completed review, and the addendum's job for them, which dies. */
    async function loseAddendum(reviewId: string): Promise<Job> {
      const [late] = await plantSessions(api.base.owner, api.account("pro"), {
        sessions: 1,
        moments: 2,
        at: api.services.clock.now(),
      });
      await api.base.owner`insert into review_moment (account_id, review_id, moment_id, part)
        select m.account_id, ${reviewId}, m.id, 1 from moment m join event e on e.id = m.event_id where e.session_id = ${late ?? ""}`;
      await api.base
        .owner`insert into outbox (id, account_id, review_id, part, queue, urgency, moments, created_at)
        values (${`out_${reviewId}`}, ${api.account("pro").accountId}, ${reviewId}, 1, 'standard', 0, 2, now())`;
      await dispatchJobs(api.services);
      const [body = "", ...others] = await die();
      assert.equal(others.length, 0);
      assert.equal(await buryMessage(api.services, body), "ended");
      return Job.parse(JSON.parse(body));
    }

    it("redrives an addendum that was given up; its digest stands all the while", async () => {
      const review = await ask("pro");
      const job = await take("priority");
      await api.work(`/reviews/${review.id}/digest`, findingsFor(job, []));
      await loseAddendum(review.id);
      const answer = await operate("POST", `/reviews/${review.id}/redrive`);
      assert.equal(ReviewView.parse(await answer.json()).state, "completed");
      assert.equal((await take("standard")).part, 1);
    });

    it("has nothing to redrive of an addendum that another copy of its job finished after all", async () => {
      const review = await ask("pro");
      await api.work(`/reviews/${review.id}/digest`, findingsFor(await take("priority"), []));
      const addendum = await loseAddendum(review.id);
      assert.equal((await api.work(`/reviews/${review.id}/digest`, findingsFor(addendum, []))).status, 200);
      const answer = await operate("POST", `/reviews/${review.id}/redrive`);
      assert.equal((await problemOf(answer)).code, "review-not-dead");
    });

    it("sets what an account is told of, and says so in the audit trail", async () => {
      const { accountId } = api.account("pro");
      const labels = { dog: { confidenceMin: 0.6 } };
      const answer = await operate("PUT", `/accounts/${accountId}/labels`, labels);
      assert.deepEqual(AccountView.parse(await answer.json()).labels, labels);
      const [deed] = await api.base.owner<{ detail: { labels: unknown } }[]>`
        select detail from audit where account_id = ${accountId} and action = 'account.changed'`;
      assert.deepEqual(deed?.detail.labels, labels);
      await operate("PUT", `/accounts/${accountId}/labels`, {});
    });

    it("sets a tier at once, and says so in the audit trail", async () => {
      const { accountId, memberToken } = api.account("lite");
      const answer = await operate("PUT", `/accounts/${accountId}/tier`, { tier: "guardian" });
      assert.equal(AccountView.parse(await answer.json()).tier, "guardian");
      const usage = (await (await api.call("GET", "/v1/usage", { key: memberToken })).json()) as {
        reviews: { left: number };
      };
      assert.equal(usage.reviews.left, 5);
      const [deed] = await api.base.owner<{ actor: string; detail: unknown }[]>`
        select actor, detail from audit where account_id = ${accountId} and action = 'tier.changed'`;
      assert.deepEqual({ ...deed }, { actor: "local operator", detail: { from: "lite", to: "guardian" } });
      await operate("PUT", `/accounts/${accountId}/tier`, { tier: "lite" });
    });

    it("pages through the dead letters", async () => {
      for (let index = 0; index < 2; index += 1) {
        await ask("pro");
        for (const body of await die()) await buryMessage(api.services, body);
      }
      const page = async (cursor?: string) =>
        (await (
          await operate("GET", `/dead-letters?limit=1${cursor === undefined ? "" : `&cursor=${cursor}`}`)
        ).json()) as { items: DeadLetterView[]; nextCursor: string | null };
      const first = await page();
      const second = await page(first.nextCursor ?? "");
      assert.equal(first.items.length, 1);
      assert.equal(second.items.length, 1);
      assert.ok((first.items[0]?.diedAt ?? "") > (second.items[0]?.diedAt ?? ""));
    });
  });

  describe("refused", () => {
    it("messages that name nothing, without harm", async () => {
      for (const body of ["", "{", "[]", '{"reviewId":"rev_x"}', `{"reviewId":"rev_${"0".repeat(32)}"}`]) {
        assert.equal(await buryMessage(api.services, body), "unreadable");
      }
      assert.equal(await buryMessage(api.services, `{"v":1,"sessionId":"ses_${"0".repeat(32)}"}`), "known");
    });

    it("a cursor of a time that no database knows", async () => {
      const cursor = Buffer.from(`${"9".repeat(15)}.rev_${"0".repeat(32)}.0`).toString("base64url");
      const answer = await operate("GET", `/dead-letters?cursor=${cursor}`);
      assert.equal((await problemOf(answer)).code, "invalid-cursor");
    });

    it("a redrive of what has not failed, and of what does not exist", async () => {
      const review = await ask("pro");
      await api.base.owner`update outbox set settled_at = now() where review_id = ${review.id}`;
      const answer = await operate("POST", `/reviews/${review.id}/redrive`);
      assert.equal(answer.status, 409);
      assert.equal((await problemOf(answer)).code, "review-not-dead");
      assert.equal((await operate("POST", `/reviews/rev_${"0".repeat(32)}/redrive`)).status, 404);
    });

    it("a redrive of a review whose session has another one by now", async () => {
      const account = api.account("pro");
      const review = await ask("pro");
      for (const body of await die()) await buryMessage(api.services, body);
      const answer = await api.call("POST", `/v1/sessions/${review.sessionId}/reviews`, {
        key: account.memberToken,
        json: {},
        headers: { "idempotency-key": `again-${review.id}` },
      });
      assert.equal(answer.status, 202);
      const refused = await operate("POST", `/reviews/${review.id}/redrive`);
      assert.equal(refused.status, 409);
      assert.match((await problemOf(refused)).detail, /another review/);
      assert.ok(
        (await deadLetters()).some((one) => one.reviewId === review.id),
        "it is still listed",
      );
    });

    it("an unknown tier, and a cursor that was not given out", async () => {
      const { accountId } = api.account("lite");
      assert.equal((await operate("PUT", `/accounts/${accountId}/tier`, { tier: "gold" })).status, 400);
      assert.equal(
        (await operate("PUT", `/accounts/acc_${"0".repeat(32)}/tier`, { tier: "pro" })).status,
        404,
      );
      assert.equal((await operate("GET", "/dead-letters?cursor=abc")).status, 400);
    });
  });

  describe("foreign", () => {
    it("keys of members, devices and workers", async () => {
      const { memberToken, deviceKey, accountId } = api.account("pro");
      for (const key of [memberToken, deviceKey, api.base.seeded.workerKey]) {
        for (const [method, path] of [
          ["GET", "/dead-letters"],
          ["POST", `/reviews/rev_${"0".repeat(32)}/redrive`],
          ["PUT", `/accounts/${accountId}/tier`],
        ] as const) {
          const body = method === "PUT" ? { json: { tier: "pro" } } : {};
          const answer = await api.call(method, `/operator/v1${path}`, { key, ...body });
          assert.equal(answer.status, 403, `${method} ${path}`);
        }
      }
      assert.equal((await api.call("GET", "/operator/v1/dead-letters")).status, 401);
    });
  });
});
