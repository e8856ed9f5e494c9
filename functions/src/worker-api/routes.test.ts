import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { DigestReport } from "@vigil/core/digest/wire";
import { EventAccepted } from "@vigil/core/event/wire";
import { Job } from "@vigil/core/review/wire";
import { jpeg } from "../../../packages/core/testing/images.ts";
import { findingsFor } from "../../../packages/core/testing/walk.ts";
import { createTestApi, eventAt, multipart, problemOf, type TestApi } from "../../testing/api.ts";

describe("/worker/v1", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  /** A job that was asked for and taken from the queue. */
  async function takeJob(tier: "guardian" | "pro" = "pro"): Promise<Job> {
    const { services } = api;
    // Earlier jobs have ended, as far as the window of jobs under way is concerned.
    await api.base.owner`update outbox set settled_at = now() where settled_at is null`;
    services.clock.advance(3_600_000);
    const { deviceKey, memberToken } = api.account(tier);
    const body = multipart(eventAt(services.clock.now()), { "a.jpg": await jpeg(1), "b.jpg": await jpeg(2) });
    const event = EventAccepted.parse(
      await (await api.call("POST", "/v1/events", { key: deviceKey, body })).json(),
    );
    const asked = await api.call("POST", `/v1/sessions/${event.sessionId}/reviews`, {
      key: memberToken,
      json: {},
      headers: { "idempotency-key": randomUUID() },
    });
    assert.equal(asked.status, 202);
    for (const queue of [services.jobs.priority, services.jobs.standard]) {
      const [message] = await queue.receive({ messagesMax: 1, waitSeconds: 0, visibilitySeconds: 300 });
      if (!message) continue;
      await queue.delete(message);
      return Job.parse(JSON.parse(message.body));
    }
    throw new Error("expected a job");
  }
  const report = (digest: DigestReport, options?: Parameters<TestApi["work"]>[2]) =>
    api.work(`/reviews/${digest.reviewId}/digest`, digest, options);

  describe("happy", () => {
    it("stores a digest once: the same content again answers 200, other content 409", async () => {
      const digest = findingsFor(await takeJob(), [{ label: "dog", confidence: 0.9, box: [0, 0, 0.5, 0.5] }]);
      const first = await report(digest);
      assert.equal(first.status, 200, await first.clone().text());
      const stored = (await first.json()) as { digestId: string; status: string };
      assert.equal(stored.status, "stored");
      const again = await report(digest);
      assert.equal(again.status, 200);
      assert.deepEqual(await again.json(), { digestId: stored.digestId, status: "already-stored" });
      const other = await report({ ...digest, timings: { ...digest.timings, inferMs: 99 } });
      assert.equal(other.status, 409);
      assert.equal((await problemOf(other)).code, "digest-differs");
      const [count] = await api.base
        .owner`select count(*)::int as count from digest where review_id = ${digest.reviewId}`;
      assert.equal(count?.count, 1);
    });

    it("stores one digest when two workers report at the same time", async () => {
      const digest = findingsFor(await takeJob(), []);
      const answers = await Promise.all([report(digest), report(digest), report(digest)]);
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [200, 200, 200],
      );
      const statuses = await Promise.all(
        answers.map(async (answer) => ((await answer.json()) as { status: string }).status),
      );
      assert.equal(statuses.filter((status) => status === "stored").length, 1);
    });

    it("answers fresh URLs for the moments of the job", async () => {
      const job = await takeJob();
      const momentIds = job.moments.map((moment) => moment.id);
      const answer = await api.work(`/reviews/${job.reviewId}/evidence-urls`, { momentIds });
      assert.equal(answer.status, 200);
      const { moments } = (await answer.json()) as { moments: { id: string; expiresAt: string }[] };
      assert.deepEqual(
        moments.map((moment) => moment.id),
        momentIds,
      );
      const lifeMs = new Date(moments[0]?.expiresAt ?? 0).getTime() - api.services.clock.now().getTime();
      assert.ok(lifeMs > 0 && lifeMs <= 60_000);
    });

    it("shows a review as running while a worker has it in hand", async () => {
      const job = await takeJob();
      const beat = {
        workerId: "w",
        model: { name: "m", sha256: "0".repeat(64) },
        provider: "cpu",
        itemsPerSecond: 5,
        itemsPerSecondCapacity: 20,
        batchP50Ms: 1,
        batchP95Ms: 2,
        inFlight: 2,
        queueDepthSeen: 1,
        reviewsInHand: [job.reviewId],
      };
      const answer = await api.work("/heartbeats", beat);
      assert.equal(answer.status, 200);
      const shown = await api.call("GET", `/v1/reviews/${job.reviewId}`, {
        key: api.account("pro").memberToken,
      });
      assert.equal(((await shown.json()) as { state: string }).state, "running");
    });
  });

  describe("refused", () => {
    it("a wrong signature, another body than was signed, and a signature older or newer than 5 minutes", async () => {
      const digest = findingsFor(await takeJob(), []);
      const now = api.services.clock.now().getTime();
      const wrong = await report(digest, { signature: `v1,${Buffer.alloc(32).toString("base64")}` });
      assert.equal(wrong.status, 401);
      assert.equal((await problemOf(wrong)).code, "signature-invalid");
      for (const shiftMs of [-301_000, 301_000]) {
        const late = await report(digest, { at: new Date(now + shiftMs) });
        assert.equal(late.status, 401);
        assert.equal((await problemOf(late)).code, "signature-expired");
      }
      assert.equal((await report(digest, { at: new Date(now - 290_000) })).status, 200);
    });

    it("a report that leaves a moment out or names a foreign one", async () => {
      const digest = findingsFor(await takeJob(), []);
      const short = await report({ ...digest, moments: digest.moments.slice(1) });
      assert.equal(short.status, 400);
      const [first, ...rest] = digest.moments;
      assert.ok(first);
      const foreign = await report({
        ...digest,
        moments: [{ ...first, id: first.id.replace(/.$/, (last) => (last === "0" ? "1" : "0")) }, ...rest],
      });
      assert.equal(foreign.status, 400);
    });

    it("a twin that is no moment of the review, whoever's it is, or the moment itself", async () => {
      const elsewhere = findingsFor(await takeJob("guardian"), []).moments[0]?.id ?? "";
      const digest = findingsFor(await takeJob(), []);
      const [first, ...rest] = digest.moments;
      assert.ok(first);
      const missing = elsewhere.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
      for (const duplicateOf of [elsewhere, missing, first.id]) {
        const twin = { ...first, outcome: "duplicate" as const, duplicateOf };
        const answer = await report({ ...digest, moments: [twin, ...rest] });
        assert.deepEqual([answer.status, (await problemOf(answer)).code], [400, "invalid-body"]);
      }
      const twin = { ...first, outcome: "duplicate" as const, duplicateOf: rest[0]?.id ?? "" };
      assert.equal((await report({ ...digest, moments: [twin, ...rest] })).status, 200);
    });

    it("a key of another kind", async () => {
      const digest = findingsFor(await takeJob(), []);
      assert.equal((await report(digest, { key: api.account("pro").memberToken })).status, 403);
    });

    it("fresh URLs and a digest for a review that has failed", async () => {
      const job = await takeJob();
      const failure = {
        v: 1,
        part: 0,
        workerId: "w",
        reason: "cannot",
        retryable: false,
        occurredAt: new Date().toISOString(),
      };
      assert.deepEqual(await (await api.work(`/reviews/${job.reviewId}/failure`, failure)).json(), {
        action: "stop",
        delaySeconds: 0,
      });
      const urls = await api.work(`/reviews/${job.reviewId}/evidence-urls`, {
        momentIds: job.moments.map((moment) => moment.id),
      });
      assert.equal((await problemOf(urls)).code, "review-not-wanted");
      assert.equal((await problemOf(await report(findingsFor(job, [])))).code, "review-not-wanted");
    });
  });

  describe("foreign", () => {
    it("fresh URLs for a moment of another review", async () => {
      const [mine, theirs] = [await takeJob("pro"), await takeJob("guardian")];
      const answer = await api.work(`/reviews/${mine.reviewId}/evidence-urls`, {
        momentIds: [theirs.moments[0]?.id],
      });
      assert.equal(answer.status, 404);
    });
  });
});
