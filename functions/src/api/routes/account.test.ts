import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { AccountView, Overnight, Usage } from "@vigil/core/account/wire";
import type { DigestSummary } from "@vigil/core/digest/wire";
import { EventAccepted } from "@vigil/core/event/wire";
import { closeSession } from "@vigil/core/flow";
import { Job, type Tier } from "@vigil/core/review/wire";
import { jpeg } from "../../../../packages/core/testing/images.ts";
import { plantSessions } from "../../../../packages/core/testing/plant.ts";
import { findingsFor } from "../../../../packages/core/testing/walk.ts";
import { createTestApi, eventAt, multipart, problemOf, type TestApi } from "../../../testing/api.ts";

describe("account, dismissals and the overnight summary", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  const patch = (json: unknown, tier: Tier = "guardian") =>
    api.call("PATCH", "/v1/account", { key: api.account(tier).memberToken, json });
  const read = async (path: string, tier: Tier = "guardian") =>
    (await api.call("GET", path, { key: api.account(tier).memberToken })).json();
  const post = async (part: Record<string, unknown>, images: Record<string, Uint8Array> = {}) => {
    const body = multipart(eventAt(api.services.clock.now(), part), images);
    const answer = await api.call("POST", "/v1/events", { key: api.account("guardian").deviceKey, body });
    return EventAccepted.parse(await answer.json());
  };

  describe("happy", () => {
    it("changes the time zone without starting a second day of the allowance", async () => {
      api.services.clock.set(new Date("2026-06-01T20:00:00Z"));
      const account = api.account("guardian");
      const at = api.services.clock.now();
      const sessions = await plantSessions(api.base.owner, account, { sessions: 6, moments: 1, at });
      const ask = (sessionId: string | undefined) =>
        api.call("POST", `/v1/sessions/${sessionId}/reviews`, {
          key: account.memberToken,
          json: {},
          headers: { "idempotency-key": `zone-${sessionId}` },
        });
      for (const sessionId of sessions.slice(0, 5)) assert.equal((await ask(sessionId)).status, 202);
      // In Tokyo it is already the next day.
      const changed = await patch({ timeZone: "Asia/Tokyo" });
      assert.equal(AccountView.parse(await changed.json()).timeZone, "Asia/Tokyo");
      assert.equal((await ask(sessions[5])).status, 429);
      const { reviews } = Usage.parse(await read("/v1/usage"));
      assert.equal(reviews.left, 0);
      assert.equal(reviews.resetsAt, "2026-06-02T15:00:00.000Z");
      await patch({ timeZone: "Europe/London" });
      assert.equal(Usage.parse(await read("/v1/usage")).reviews.resetsAt, "2026-06-01T23:00:00.000Z");
      const deeds = await api.base
        .owner`select action from audit where account_id = ${account.accountId} and action = 'account.changed'`;
      assert.equal(deeds.length, 2);
    });

    it("takes what an account wants told, and refuses to leave people out", async () => {
      const labels = { bird: { interest: "news", confidenceMin: 0.3 }, car: { interest: "also" } };
      assert.deepEqual(AccountView.parse(await (await patch({ labels })).json()).labels, labels);
      assert.deepEqual(AccountView.parse(await read("/v1/account")).labels, labels);
      assert.equal((await patch({ labels: { person: { interest: "also" } } })).status, 400);
      assert.equal((await patch({ labels: { bird: { confidenceMin: 2 } } })).status, 400);
      assert.deepEqual(AccountView.parse(await (await patch({ labels: {} })).json()).labels, {});
    });

    it("sets quiet hours, marks digests that wait, and sums the night up; life-safety never waits", async () => {
      api.services.clock.set(new Date("2026-10-24T23:30:00Z"));
      assert.equal((await patch({ quietHours: { from: "22:00", until: "07:00" } })).status, 200);
      assert.deepEqual(AccountView.parse(await read("/v1/account")).quietHours, {
        from: "22:00",
        until: "07:00",
      });
      const digests: DigestSummary[] = [];
      for (const type of ["person", "smoke"]) {
        const { sessionId } = await post(
          { type, zone: "front_door", confidence: 0.9 },
          { "a.jpg": await jpeg(digests.length + 1) },
        );
        api.services.clock.advance(60_000);
        await closeSession(api.services, sessionId);
        for (const queue of Object.values(api.services.jobs)) {
          for (const message of await queue.receive({
            messagesMax: 10,
            waitSeconds: 0,
            visibilitySeconds: 300,
          })) {
            await queue.delete(message);
            const job = Job.parse(JSON.parse(message.body));
            if (job.sessionId === sessionId) {
              await api.work(`/reviews/${job.reviewId}/digest`, findingsFor(job, []));
            }
          }
        }
        const { items } = (await read("/v1/digests?limit=1")) as { items: DigestSummary[] };
        digests.push(...items);
        api.services.clock.advance(600_000);
      }
      // Clocks go back in this night: seven in the morning is 07:00 UTC, ten hours after the window began.
      assert.deepEqual(
        digests.map((digest) => digest.quietUntil),
        ["2026-10-25T07:00:00.000Z", undefined],
      );
      const during = Overnight.parse(await read("/v1/digests/overnight"));
      assert.equal(during.over, false);
      api.services.clock.set(new Date("2026-10-25T08:00:00Z"));
      const summary = Overnight.parse(await read("/v1/digests/overnight"));
      assert.equal(summary.over, true);
      assert.deepEqual(
        [summary.from, summary.until],
        ["2026-10-24T21:00:00.000Z", "2026-10-25T07:00:00.000Z"],
      );
      assert.equal(summary.items.length, 1);
      assert.equal(summary.items[0]?.digestId, digests[0]?.id);
      assert.match(summary.headline, /^1 alert waited .* from 22:00 until 07:00\.$/);
      const asked = await api.call("GET", "/v1/digests/overnight", {
        key: api.account("guardian").memberToken,
        headers: { "accept-language": "de" },
      });
      assert.equal(asked.headers.get("content-language"), "de");
      const german = Overnight.parse(await asked.json());
      assert.match(german.headline, /^1 Meldung wartete von 22:00 bis 07:00 Uhr \(1 \S+\)\.$/);
      assert.notEqual(german.items[0]?.title, summary.items[0]?.title);
      await patch({ quietHours: null });
      assert.equal(AccountView.parse(await read("/v1/account")).quietHours, undefined);
    });

    it("makes dismissed assessments weigh less, counts each event once, and forgets on request", async () => {
      const key = api.account("guardian").memberToken;
      const scoreAt = async (day: number) => {
        api.services.clock.set(new Date(Date.UTC(2026, 6, day, 12)));
        return post({ type: "vehicle", zone: "driveway", confidence: 0.9 });
      };
      const first = await scoreAt(1);
      for (let day = 2; day <= 5; day += 1) {
        const { id } = await scoreAt(day);
        const counts = [];
        for (let time = 0; time < 2; time += 1) {
          const answer = await api.call("POST", `/v1/events/${id}/dismiss`, { key });
          assert.equal(answer.status, 200);
          counts.push(((await answer.json()) as { count: number }).count);
        }
        assert.deepEqual(counts, [day - 1, day - 1]);
      }
      const dismissed = await scoreAt(6);
      assert.ok(dismissed.assessment.score < first.assessment.score);
      assert.ok(dismissed.assessment.reasons.some((reason) => reason.code === "dismissed"));
      assert.equal((await api.call("DELETE", "/v1/dismissals", { key })).status, 204);
      assert.equal((await scoreAt(7)).assessment.score, first.assessment.score);
      const again = await api.call("POST", `/v1/events/${first.id}/dismiss`, { key });
      assert.equal(((await again.json()) as { count: number }).count, 1);
    });
  });

  describe("refused", () => {
    it("settings that are none", async () => {
      for (const json of [
        {},
        { timeZone: "Mars/Olympus" },
        { quietHours: { from: "22:00", until: "22:00" } },
        { quietHours: { from: "24:00", until: "07:00" } },
        { tier: "pro" },
      ]) {
        const answer = await patch(json);
        assert.equal(answer.status, 400, JSON.stringify(json));
        assert.equal((await problemOf(answer)).code, "invalid-body");
      }
    });

    it("making light of what may threaten a life", async () => {
      const key = api.account("guardian").memberToken;
      for (const part of [{ type: "smoke" }, { type: "person", mode: "emergency" }]) {
        const { id } = await post(part);
        const answer = await api.call("POST", `/v1/events/${id}/dismiss`, { key });
        assert.equal(answer.status, 422);
        assert.equal((await problemOf(answer)).code, "life-safety-stays");
      }
    });

    it("a summary without quiet hours, and a device's key", async () => {
      const { memberToken, deviceKey } = api.account("pro");
      assert.equal((await api.call("GET", "/v1/digests/overnight", { key: memberToken })).status, 404);
      for (const [method, path] of [
        ["PATCH", "/v1/account"],
        ["DELETE", "/v1/dismissals"],
        ["GET", "/v1/digests/overnight"],
      ] as const) {
        const json = method === "PATCH" ? { json: { timeZone: "UTC" } } : {};
        assert.equal((await api.call(method, path, { key: deviceKey, ...json })).status, 403);
      }
    });
  });

  describe("foreign", () => {
    it("answers 404 for an event of another account, as for none", async () => {
      const { id } = await post({ type: "person" });
      const key = api.account("pro").memberToken;
      for (const eventId of [id, `evt_${"0".repeat(32)}`]) {
        const answer = await api.call("POST", `/v1/events/${eventId}/dismiss`, { key });
        assert.equal(answer.status, 404);
      }
    });
  });
});
