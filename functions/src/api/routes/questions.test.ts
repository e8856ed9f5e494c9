import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { QuestionPage, QuestionView } from "@vigil/core/question/wire";
import { RunView } from "@vigil/core/run/wire";
import { createTestApi, type TestApi } from "../../../testing/api.ts";
import { askQuestion, settle, type Tenant } from "../../../testing/tenants.ts";

describe("questions to people, over HTTP", () => {
  let api: TestApi;
  let own: Tenant;
  let foreign: Tenant;
  before(async () => {
    api = await createTestApi();
    own = await settle(api, "guardian", "ours");
    foreign = await settle(api, "pro", "theirs");
  });
  after(() => api.close());

  const ask = () => askQuestion(api, { ...own, word: "asked" });
  const say = (id: string, answer: unknown, key = own.ownerKey) =>
    api.call("POST", `/v1/questions/${id}/answers`, { key, json: { answer } });
  const takeBack = (id: string, key = own.ownerKey) =>
    api.call("DELETE", `/v1/questions/${id}/answers`, { key });
  const list = async (query: string, key = own.ownerKey) =>
    QuestionPage.parse(await (await api.call("GET", `/v1/questions?${query}`, { key })).json());

  describe("happy", () => {
    it("shows the next with their pictures, takes an answer, and takes it back", async () => {
      const id = await ask();
      const found = (await list("limit=50")).items.find((one) => one.id === id);
      assert.ok(found);
      assert.deepEqual([found.answer, found.name], [null, "asked"]);
      assert.ok(found.picture.url.length > 0);
      assert.equal(QuestionView.parse(await (await say(id, "yes")).json()).answer, "yes");
      const { items, answered } = await list(`run=${found.run}`);
      assert.ok(items.every((one) => one.id !== id));
      assert.equal(answered, 1);
      const read = await api.call("GET", `/v1/runs/${found.run}`, { key: own.ownerKey });
      const { questions, ends } = RunView.parse(await read.json());
      assert.deepEqual([questions?.answered, questions?.twice.asked, ends.asked], [1, 1, 0]);
      assert.equal(QuestionView.parse(await (await takeBack(id)).json()).answer, null);
      assert.equal((await takeBack(id)).status, 200, "once more changes nothing");
    });
  });

  describe("refused", () => {
    it("takes no other word than the three, and nothing of a run that is sealed", async () => {
      const id = await ask();
      assert.equal((await say(id, "perhaps")).status, 400);
      const { items } = await list("limit=50");
      const { run } = items.find((one) => one.id === id) ?? { run: "" };
      const json = { action: "seal" };
      assert.equal(
        (await api.call("POST", `/v1/runs/${run}/actions`, { key: own.ownerKey, json })).status,
        200,
      );
      for (const refused of [await say(id, "yes"), await takeBack(id)]) {
        assert.equal(refused.status, 409);
        assert.equal(((await refused.json()) as { code: string }).code, "question-moved-on");
      }
    });

    it("opens no run with rules that no model could tell", async () => {
      for (const rules of [
        { rules: [] },
        { rules: [{ kind: "requires", label: "person", confidenceMin: 0.1 }] },
        { rules: [{ kind: "requires", label: "person", confidenceMin: 0.5 }], askedShareMax: 0.16 },
        { rules: [{ kind: "requires", label: "person", confidenceMin: 0.5 }], borderline: 0.3 },
        { rules: [{ kind: "forbids", label: "person", confidenceMin: 0.5 }] },
      ]) {
        const headers = { "idempotency-key": JSON.stringify(rules).slice(0, 60) };
        const opened = await api.call("POST", "/v1/runs", {
          key: own.ownerKey,
          json: { source: "refused", rules },
          headers,
        });
        assert.equal(opened.status, 400, JSON.stringify(rules));
      }
    });
  });

  describe("foreign", () => {
    it("shows another account nothing of them", async () => {
      const { qst = "", run = "" } = own.ids;
      const key = foreign.ownerKey;
      assert.equal((await say(qst, "yes", key)).status, 404);
      assert.equal((await takeBack(qst, key)).status, 404);
      assert.equal((await api.call("GET", `/v1/questions?run=${run}`, { key })).status, 404);
      const ours = new Set((await list("limit=50")).items.map(({ id }) => id));
      assert.ok(ours.size > 0);
      assert.ok((await list("limit=50", key)).items.every(({ id }) => !ours.has(id)));
    });
  });
});
