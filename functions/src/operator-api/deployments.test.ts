import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DeploymentView } from "@vigil/core/deployment/wire";
import { createTestApi, problemOf, type TestApi } from "../../testing/api.ts";

describe("/operator/v1/deployments", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  const operate = (method: string, path: string, json?: unknown, key = api.base.seeded.operatorToken) =>
    api.call(method, `/operator/v1/deployments${path}`, { key, ...(json === undefined ? {} : { json }) });
  const traffic = (requests: number, failed = 0) => ({ requests, failed, slow: 0 });

  it("gives a version its share, and takes it when it fails more often", async () => {
    const opened = DeploymentView.parse(
      await (await operate("POST", "", { version: "v2", stable: "v1" })).json(),
    );
    assert.deepEqual([opened.state, opened.share], ["running", 0.1]);
    const observation = { no: 1, canary: traffic(50, 5), stable: traffic(450) };
    const judged = await operate("POST", `/${opened.id}/observations`, observation);
    const { state, share } = DeploymentView.parse(await judged.json());
    assert.deepEqual([state, share], ["rolled-back", 0]);
    const { items } = (await (await operate("GET", "")).json()) as { items: DeploymentView[] };
    assert.deepEqual(items[0]?.reasons, ["failed: 5 of 50 requests, and 0 of 450 before"]);
  });

  it("refuses what cannot be: shares, counts and observations out of turn", async () => {
    for (const share of [0, 0.51, -1]) {
      assert.equal((await operate("POST", "", { version: "v3", stable: "v1", share })).status, 400);
    }
    const opened = await operate("POST", "", { version: "v3", stable: "v1", share: 0.5 });
    const { id } = DeploymentView.parse(await opened.json());
    const observe = (no: number, failed: number) =>
      operate("POST", `/${id}/observations`, { no, canary: traffic(1, failed), stable: traffic(1) });
    assert.equal((await observe(1, 2)).status, 400, "more failed than were");
    assert.equal((await problemOf(await observe(2, 0))).code, "deployment-moved-on");
    assert.equal((await operate("POST", "", { version: "v4", stable: "v1" })).status, 409);
  });

  it("is no member's business", async () => {
    const { memberToken } = api.account("pro");
    assert.equal((await operate("GET", "", undefined, memberToken)).status, 403);
  });
});
