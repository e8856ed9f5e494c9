import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import type { SessionSummary } from "@vigil/core/session/wire";
import { TrendView } from "@vigil/core/trend/wire";
import { createTestApi, eventAt, type TestApi } from "../../../testing/api.ts";

describe("an account's days", () => {
  let api: TestApi;
  const posted: EventAccepted[] = [];
  before(async () => {
    api = await createTestApi();
    const { memberToken: key } = api.account("pro");
    await api.call("PATCH", "/v1/account", { key, json: { timeZone: "Europe/Berlin" } });
    // 20 June there begins at 22:00 UTC.
    for (const [at, zone] of [
      ["2026-06-19T21:59:00Z", "front_door"],
      ["2026-06-19T22:01:00Z", "front_door"],
      ["2026-06-20T06:30:00Z", "garden"],
      ["2026-06-20T06:31:00Z", undefined],
      ["2026-06-20T22:00:00Z", "front_door"],
    ] as const) {
      await post(new Date(at), zone);
    }
  });
  after(() => api.close());

  async function post(at: Date, zone: string | undefined): Promise<void> {
    api.services.clock.set(at);
    const json = eventAt(at, zone === undefined ? {} : { zone });
    if (zone === undefined) delete (json as { zone?: string }).zone;
    const answer = await api.call("POST", "/v1/events", { key: api.account("pro").deviceKey, json });
    posted.push(EventAccepted.parse(await answer.json()));
  }

  const owner = () => api.account("pro").memberToken;
  const ask = (query: string, key = owner()) => api.call("GET", `/v1/trends?${query}`, { key });
  const read = async (query: string, key = owner()) => TrendView.parse(await (await ask(query, key)).json());

  describe("happy", () => {
    it("counts by the account's own calendar: days, levels, zones and hours, also where there is nothing", async () => {
      const trends = await read("from=2026-06-18&until=2026-06-21");
      assert.deepEqual(
        trends.days.map(({ date, events }) => [date, events]),
        [
          ["2026-06-18", 0],
          ["2026-06-19", 1],
          ["2026-06-20", 3],
          ["2026-06-21", 1],
        ],
      );
      const sessions = trends.days.flatMap((day) => Object.values(day.sessions)).reduce((a, b) => a + b, 0);
      assert.equal(sessions, new Set(posted.map(({ sessionId }) => sessionId)).size);
      assert.deepEqual(
        trends.zones.map(({ zone, events }) => [zone, events]),
        [
          ["front_door", 3],
          [null, 1],
          ["garden", 1],
        ],
      );
      const hours = trends.zones[0]?.hours.flatMap((events, hour) => (events === 0 ? [] : [[hour, events]]));
      assert.deepEqual(hours, [
        [0, 2],
        [23, 1],
      ]);
      assert.deepEqual(trends.response, { digests: 0, opened: 0, medianSeconds: null });
    });

    it("counts what was called false, in the days in which it was", async () => {
      const [event] = posted;
      await api.call("POST", `/v1/events/${event?.id}/dismiss`, { key: owner() });
      assert.equal((await read("from=2026-06-21&until=2026-06-21")).dismissed, 1);
      assert.equal((await read("from=2026-06-19&until=2026-06-20")).dismissed, 0);
    });

    it("lists the sessions of a day, and no others", async () => {
      const list = async (query: string) => {
        const answer = await api.call("GET", `/v1/sessions?${query}`, { key: owner() });
        return ((await answer.json()) as { items: SessionSummary[] }).items.map(({ id }) => id);
      };
      assert.deepEqual(await list("from=2026-06-19&until=2026-06-19"), [posted[0]?.sessionId]);
      assert.deepEqual(await list("from=2026-06-21"), [posted[4]?.sessionId]);
      assert.deepEqual(await list("until=2026-06-18"), []);
    });
  });

  describe("refused", () => {
    for (const query of [
      "",
      "from=2026-06-20",
      "from=2026-06-20&until=2026-06-19",
      "from=2026-02-30&until=2026-03-01",
      "from=2026-01-01&until=2026-12-31",
    ]) {
      it(`days that are none, or too many: ${query}`, async () => {
        assert.equal((await ask(query)).status, 400);
      });
    }
  });

  describe("foreign", () => {
    it("nobody is told of another account's days", async () => {
      const theirs = await read("from=2026-06-18&until=2026-06-21", api.account("guardian").memberToken);
      assert.deepEqual(theirs.zones, []);
      assert.ok(theirs.days.every(({ events }) => events === 0));
    });
  });
});
