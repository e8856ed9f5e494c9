import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { rate } from "@vigil/core/limits";
import { movableClock } from "../../../packages/core/testing/services.ts";
import { createTestApi, eventAt, problemOf, signIn, type TestApi } from "../../testing/api.ts";
import { createApp } from "../app.ts";
import { createRateLimit } from "./rate-limit.ts";

const motion = { type: "motion" } as const;

describe("how fast one key may send events", () => {
  it("is bounded, and comes back with time", () => {
    const clock = movableClock();
    const rates = createRateLimit(clock);
    for (let sent = 0; sent < rate.eventsMax; sent += 1) rates.take("a", motion);
    assert.throws(() => rates.take("a", motion), { code: "rate-limited", status: 429, retryAfterSeconds: 1 });
    rates.take("b", motion);
    clock.advance(rate.windowMs / 10);
    for (let sent = 0; sent < rate.eventsMax / 10; sent += 1) rates.take("a", motion);
    assert.throws(() => rates.take("a", motion), { code: "rate-limited" });
    clock.advance(rate.windowMs * 10);
    assert.match(rates.headers("a")["RateLimit"] ?? "", new RegExp(`;r=${rate.eventsMax};`));
  });

  it("never stops what threatens life", () => {
    const rates = createRateLimit(movableClock());
    for (let sent = 0; sent < rate.eventsMax; sent += 1) rates.take("a", motion);
    for (let sent = 0; sent < rate.eventsMax; sent += 1) {
      rates.take("a", { type: "smoke" });
      rates.take("a", { type: "motion", mode: "emergency" });
    }
  });

  it("forgets the key that was silent longest, so that memory is bounded", () => {
    const rates = createRateLimit(movableClock());
    rates.take("first", motion);
    for (let key = 0; key < rate.keysMax; key += 1) rates.take(String(key), motion);
    assert.match(rates.headers("first")["RateLimit"] ?? "", new RegExp(`;r=${rate.eventsMax};`));
    assert.match(rates.headers("1")["RateLimit"] ?? "", new RegExp(`;r=${rate.eventsMax - 1};`));
  });

  describe("in the API's answers", () => {
    let api: TestApi;
    before(async () => {
      api = await createTestApi();
    });
    after(() => api.close());

    it("says what is left with each event, and refuses each of a batch by itself but for life-safety", async () => {
      const key = api.account("pro").deviceKey;
      const now = api.services.clock.now();
      const rates = createRateLimit(api.services.clock);
      const app = createApp(api.services, { signIn }, rates);
      const post = (path: string, json: unknown, by = key) =>
        app.request(path, {
          method: "POST",
          body: JSON.stringify(json),
          headers: { authorization: `Bearer ${by}`, "content-type": "application/json" },
        });
      const one = await post("/v1/events", eventAt(now));
      assert.equal(one.status, 202);
      const policy = `"events";q=${rate.eventsMax};w=${rate.windowMs / 1000}`;
      assert.equal(one.headers.get("ratelimit-policy"), policy);
      assert.match(
        one.headers.get("ratelimit") ?? "",
        new RegExp(`^"events";r=${rate.eventsMax - 1};t=\\d+$`),
      );

      for (let sent = 1; sent < rate.eventsMax; sent += 1) rates.take(key, motion);
      const events = [eventAt(now), eventAt(now, { type: "smoke" }), eventAt(now)];
      const answer = await post("/v1/events/batch", { events });
      const { items } = (await answer.json()) as { items: { status: number; problem?: { code: string } }[] };
      assert.deepEqual(
        items.map(({ status }) => status),
        [429, 202, 429],
      );
      assert.equal(items[0]?.problem?.code, "rate-limited");

      const refused = await post("/v1/events", eventAt(now));
      assert.deepEqual([refused.status, (await problemOf(refused.clone())).code], [429, "rate-limited"]);
      assert.equal(refused.headers.get("retry-after"), "1");
      assert.equal(refused.headers.get("ratelimit"), '"events";r=0;t=1');
      const urgent = await post("/v1/events", eventAt(now, { type: "smoke" }));
      assert.equal(urgent.status, 202);
      const neighbour = api.account("guardian").deviceKey;
      assert.equal((await post("/v1/events", eventAt(now), neighbour)).status, 202);
    });
  });
});
