import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { ReviewView } from "@vigil/core/review/wire";
import { SessionView } from "@vigil/core/session/wire";
import { jpeg } from "../../../../packages/core/testing/images.ts";
import { createTestApi, eventAt, multipart, problemOf, type TestApi } from "../../../testing/api.ts";

describe("sessions and reviews", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  async function newSession(tier: "lite" | "guardian" | "pro", images = true): Promise<string> {
    api.services.clock.advance(3_600_000);
    const event = eventAt(api.services.clock.now());
    const key = api.account(tier).deviceKey;
    const answer = images
      ? await api.call("POST", "/v1/events", { key, body: multipart(event, { "a.jpg": await jpeg(1) }) })
      : await api.call("POST", "/v1/events", { key, json: event });
    return EventAccepted.parse(await answer.json()).sessionId;
  }
  const ask = (
    sessionId: string,
    tier: "lite" | "guardian" | "pro",
    headers: Record<string, string> = { "idempotency-key": randomUUID() },
  ) =>
    api.call("POST", `/v1/sessions/${sessionId}/reviews`, {
      key: api.account(tier).memberToken,
      json: {},
      headers,
    });

  describe("happy", () => {
    it("closes an open session, answers 202 with K, the queue and the reasons, then 200 with the same review", async () => {
      const sessionId = await newSession("pro");
      const answer = await ask(sessionId, "pro");
      assert.equal(answer.status, 202);
      const review = ReviewView.parse(await answer.json());
      assert.equal(review.queue, "priority");
      assert.ok(review.reasons.length > 0);
      assert.match(answer.headers.get("ratelimit-policy") ?? "", /^"priority";q=/);
      const again = await ask(sessionId, "pro");
      assert.equal(again.status, 200);
      assert.equal(ReviewView.parse(await again.json()).id, review.id);
      const shown = await api.call("GET", `/v1/sessions/${sessionId}`, {
        key: api.account("pro").memberToken,
      });
      const session = SessionView.parse(await shown.json());
      assert.equal(session.state, "closed");
      assert.equal(session.reviewId, review.id);
    });

    it("says where the allowance stands in every answer, replays and refusals included", async () => {
      const sessionId = await newSession("guardian");
      const headers = { "idempotency-key": randomUUID() };
      const replayed = [await ask(sessionId, "guardian", headers), await ask(sessionId, "guardian", headers)];
      const refused = [await ask(sessionId, "guardian", {}), await ask(`ses_${"0".repeat(32)}`, "guardian")];
      for (const answer of [...replayed, ...refused]) {
        assert.match(answer.headers.get("ratelimit") ?? "", /^"daily";r=4;t=\d+$/, String(answer.status));
        assert.match(answer.headers.get("ratelimit-policy") ?? "", /^"daily";q=5;w=\d+$/);
      }
      assert.equal(replayed[1]?.headers.get("idempotency-replayed"), "true");
    });

    it("makes one review of many simultaneous requests", async () => {
      const sessionId = await newSession("pro");
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(sessionId, "pro")));
      assert.equal(answers.filter((answer) => answer.status === 202).length, 1);
      assert.equal(answers.filter((answer) => answer.status === 200).length, 9);
    });

    it("pages through sessions, newest first", async () => {
      for (let index = 0; index < 3; index += 1) await newSession("lite", false);
      const key = api.account("lite").memberToken;
      const first = (await (await api.call("GET", "/v1/sessions?limit=2", { key })).json()) as {
        items: { id: string }[];
        nextCursor: string;
      };
      const second = (await (
        await api.call("GET", `/v1/sessions?limit=2&cursor=${first.nextCursor}`, { key })
      ).json()) as typeof first;
      const ids = [...first.items, ...second.items].map((item) => item.id);
      assert.equal(new Set(ids).size, 3);
      assert.deepEqual(ids, ids.toSorted().toReversed());
      assert.equal(second.nextCursor, null);
    });
  });

  describe("refused", () => {
    it("without an Idempotency-Key", async () => {
      const answer = await ask(await newSession("pro"), "pro", {});
      assert.equal(answer.status, 400);
      assert.equal((await problemOf(answer)).code, "idempotency-key-missing");
    });
    it("on the lite tier, saying what to do", async () => {
      const answer = await ask(await newSession("lite"), "lite");
      assert.equal(answer.status, 403);
      const body = await problemOf(answer);
      assert.equal(body.code, "tier-excludes");
      assert.match(body.detail, /guardian or pro/);
    });
    it("the sixth review of a Guardian's day, with the headers that say when to ask again", async () => {
      const sessions = [];
      api.services.clock.set(new Date("2026-03-10T08:00:00Z"));
      for (let index = 0; index < 6; index += 1) sessions.push(await newSession("guardian"));
      const answers = [];
      for (const sessionId of sessions) answers.push(await ask(sessionId, "guardian"));
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [202, 202, 202, 202, 202, 429],
      );
      const last = answers[5];
      assert.equal((await problemOf(last as Response)).code, "quota-exceeded");
      assert.equal(last?.headers.get("retry-after"), String(10 * 3600));
      assert.equal(last?.headers.get("ratelimit"), `"daily";r=0;t=${10 * 3600}`);
    });
    it("for a session without images", async () => {
      const answer = await ask(await newSession("pro", false), "pro");
      assert.equal(answer.status, 409);
      assert.equal((await problemOf(answer)).code, "no-evidence");
    });
    it("a cursor that this API did not give out", async () => {
      const answer = await api.call("GET", "/v1/sessions?cursor=abc", {
        key: api.account("pro").memberToken,
      });
      assert.equal((await problemOf(answer)).code, "invalid-cursor");
    });
    it("a device's key where a member's is expected", async () => {
      const answer = await api.call("GET", "/v1/sessions", { key: api.account("pro").deviceKey });
      assert.equal(answer.status, 403);
    });
  });

  describe("foreign", () => {
    it("answers the same 404 for a session, review, digest or device of another account and for none", async () => {
      const sessionId = await newSession("pro");
      const review = ReviewView.parse(await (await ask(sessionId, "pro")).json());
      const none = "0".repeat(32);
      const key = api.account("guardian").memberToken;
      for (const [theirs, nothing] of [
        [`/v1/sessions/${sessionId}`, `/v1/sessions/ses_${none}`],
        [`/v1/reviews/${review.id}`, `/v1/reviews/rev_${none}`],
      ]) {
        const [one, two] = [
          await api.call("GET", theirs ?? "", { key }),
          await api.call("GET", nothing ?? "", { key }),
        ];
        assert.equal(one.status, 404);
        assert.equal(two.status, 404);
        assert.equal((await problemOf(one)).code, (await problemOf(two)).code);
      }
      assert.equal((await ask(sessionId, "guardian")).status, 404);
    });
  });
});
