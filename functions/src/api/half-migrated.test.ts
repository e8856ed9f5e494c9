import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { raw } from "@vigil/core/db";
import { createTestApi, problemOf, type TestApi } from "../../testing/api.ts";

describe("where the tables of this release are not there yet", () => {
  let api: TestApi;
  const told: string[] = [];
  before(async () => {
    api = await createTestApi();
    api.services.log.error = (_fields, message) => void told.push(message);
  });
  after(() => api.close());

  const missing: [string, string, string][] = [
    [
      "a column",
      "alter table session rename column traceparent to gone",
      "alter table session rename column gone to traceparent",
    ],
    ["a table", "alter table endpoint rename to gone", "alter table gone rename to endpoint"],
  ];
  for (const [what, take, give] of missing) {
    it(`answers for ${what} when to come back, and tells the log`, async () => {
      const { memberToken, deviceKey } = api.account("pro");
      const ask = () =>
        what === "a table"
          ? api.call("GET", "/v1/endpoints", { key: memberToken })
          : api.call("POST", "/v1/events", {
              key: deviceKey,
              json: {
                id: what.replace(" ", "-"),
                type: "motion",
                occurredAt: api.services.clock.now().toISOString(),
              },
            });
      told.length = 0;
      await api.base.owner.begin((sql) => sql`${raw(take)}`);
      try {
        const answer = await ask();
        assert.equal(answer.status, 503);
        assert.equal(answer.headers.get("retry-after"), "30");
        assert.equal((await problemOf(answer)).code, "unavailable");
        assert.deepEqual(told, ["a request failed"]);
      } finally {
        await api.base.owner.begin((sql) => sql`${raw(give)}`);
      }
      assert.ok((await ask()).ok, "and then it is done");
    });
  }
});
