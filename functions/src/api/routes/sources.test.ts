import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { SourceList, SourceView } from "@vigil/core/source/wire";
import { createTestApi, type TestApi } from "../../../testing/api.ts";
import { settle, type Tenant } from "../../../testing/tenants.ts";

describe("sources, over HTTP", () => {
  let api: TestApi;
  let own: Tenant;
  let foreign: Tenant;
  before(async () => {
    api = await createTestApi();
    own = await settle(api, "guardian", "ours");
    foreign = await settle(api, "pro", "theirs");
  });
  after(() => api.close());

  const list = async (key = own.ownerKey) =>
    SourceList.parse(await (await api.call("GET", "/v1/sources", { key })).json()).items;
  const change = (json: unknown, { key = own.ownerKey, id = own.ids["src"] ?? "" } = {}) =>
    api.call("PATCH", `/v1/sources/${id}`, { key, json });
  const open = (source: string, idempotencyKey: string) =>
    api.call("POST", "/v1/runs", {
      key: own.ownerKey,
      json: { source },
      headers: { "idempotency-key": idempotencyKey },
    });

  describe("happy", () => {
    it("has devices and what runs name, trusted and with nothing against them", async () => {
      const sources = await list();
      const kinds = new Set(sources.map(({ kind }) => kind));
      assert.deepEqual(kinds, new Set(["device", "run"]));
      assert.ok(sources.every(({ state, reasons }) => state === "trusted" && reasons.length === 0));
      assert.equal(sources.find(({ kind }) => kind === "run")?.name, "ours");
    });

    it("is what an owner says, with a reason, and so are its runs", async () => {
      const blocked = SourceView.parse(
        await (await change({ state: "blocked", reason: "The contract has ended" })).json(),
      );
      assert.deepEqual([blocked.state, blocked.overruled?.reason], ["blocked", "The contract has ended"]);
      const refused = await open("ours", "while blocked");
      assert.equal(refused.status, 409);
      const { code, detail } = (await refused.json()) as { code: string; detail: string };
      assert.equal(code, "source-blocked");
      assert.match(detail, /The contract has ended/);
      assert.equal((await open("another", "another's")).status, 201);
      await change({ state: "trusted", reason: "A new one was signed" });
      assert.equal((await open("ours", "once trusted")).status, 201);
      const { actions } = await auditOf();
      assert.deepEqual(actions, ["source.overruled", "source.overruled"]);
    });
  });

  async function auditOf(): Promise<{ actions: string[] }> {
    const rows = await api.base.owner<{ action: string }[]>`select action from audit
      where subject = ${own.ids["src"] ?? ""} and action like 'source.%' order by id`;
    return { actions: rows.map(({ action }) => action) };
  }

  describe("refused", () => {
    it("takes no state without a reason, and no quota that is none", async () => {
      for (const json of [
        { state: "trusted" },
        { state: "adored", reason: "x" },
        { state: "blocked", reason: " " },
        { itemsPerRun: -1 },
        { itemsPerDay: 1.5 },
      ]) {
        assert.equal((await change(json)).status, 400, JSON.stringify(json));
      }
    });
  });

  describe("foreign", () => {
    it("is nobody's of another account", async () => {
      const key = foreign.ownerKey;
      assert.equal((await change({ state: "blocked", reason: "theirs" }, { key })).status, 404);
      assert.equal((await api.call("GET", `/v1/sources/${own.ids["src"]}`, { key })).status, 404);
      const ours = new Set((await list()).map(({ id }) => id));
      assert.ok((await list(key)).every(({ id }) => !ours.has(id)));
    });
  });
});
