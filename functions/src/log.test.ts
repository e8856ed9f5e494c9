import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { createTestApi, type TestApi } from "../testing/api.ts";
import { createLog } from "./log.ts";

const canary = "canary7f3a";

describe("the log", () => {
  let api: TestApi;
  const lines: string[] = [];
  before(async () => {
    api = await createTestApi();
    api.services.log = createLog("info", { write: (line: string) => void lines.push(line) });
  });
  after(() => api.close());

  it("tells what failed a request and where, and nothing of what the statement was given", async () => {
    await api.base.owner`alter table device rename column zone to place`;
    const answer = await api.call("POST", "/v1/devices", {
      key: api.account("pro").memberToken,
      json: { name: canary, siteId: api.account("pro").siteId, zone: canary },
      headers: { "idempotency-key": randomUUID() },
    });
    await api.base.owner`alter table device rename column place to zone`;
    assert.equal(answer.status, 503);
    const line = lines.find((one) => one.includes("a request failed")) ?? "";
    assert.match(line, /relation \\"device\\"/);
    assert.match(line, /"code":"42703"/);
    assert.match(line, /"stack":"\s+at /);
    assert.ok(line.includes(answer.headers.get("x-request-id") ?? "no id"));
    assert.doesNotMatch(lines.join(), new RegExp(canary));
  });

  it("quotes no row that a statement was about, and no value that could not be read", async () => {
    const { sql } = api.base.database;
    const { owner } = api.base;
    const failures = await Promise.allSettled([
      sql`select ${canary}::text::int`,
      sql`select ${`{"${canary}"`}::text::jsonb`,
      owner`insert into site (id, account_id, name) values (${canary}, ${canary}, ${canary})`,
      owner.begin(async (own) => {
        await own`create temp table kept (name text primary key) on commit drop`;
        await own`insert into kept values (${canary}), (${canary})`;
      }),
    ]);
    for (const failure of failures) {
      assert.ok(failure.status === "rejected");
      assert.match(
        JSON.stringify(failure.reason, Object.getOwnPropertyNames(failure.reason)),
        new RegExp(canary),
      );
      const written: string[] = [];
      createLog("info", { write: (line: string) => void written.push(line) }).error(
        { err: failure.reason },
        "failed",
      );
      assert.match(written.join(), /"code":"2[23]\w{3}"/);
      assert.doesNotMatch(written.join(), new RegExp(canary));
    }
  });
});
