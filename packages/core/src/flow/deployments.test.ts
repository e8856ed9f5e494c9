import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { createTestServices } from "../../testing/services.ts";
import { listDeployments, observeDeployment, openDeployment, stopDeployment } from "./index.ts";

const actor = "operator";
const fine = {
  canary: { requests: 500, failed: 0, slow: 0 },
  stable: { requests: 4_500, failed: 3, slow: 0 },
};
const faulty = {
  canary: { requests: 200, failed: 4, slow: 0 },
  stable: { requests: 1_800, failed: 0, slow: 0 },
};

describe("a deployment", () => {
  let base: TestDatabase;
  let services: ReturnType<typeof createTestServices>;
  before(async () => {
    base = await createTestDatabase();
    services = createTestServices(base);
  });
  after(() => base.close());
  beforeEach(async () => {
    for (const { id } of (await listDeployments(services)).items) await stopDeployment(services, id);
  });
  const open = (version = "v2") => openDeployment(services, actor, { version, stable: "v1", share: 0.1 });

  it("has its share until it is promoted, and says on what that rests", async () => {
    const { id, share } = await open();
    assert.equal(share, 0.1);
    assert.equal((await open()).id, id, "opened twice, it is one");
    assert.equal((await observeDeployment(services, id, { no: 1, ...fine })).state, "running");
    const again = await observeDeployment(services, id, { no: 1, ...fine });
    assert.equal(again.traffic.canary.requests, 500, "the same observation changes nothing");
    const promoted = await observeDeployment(services, id, { no: 2, ...fine });
    assert.deepEqual(
      [promoted.state, promoted.share, promoted.traffic.canary.requests],
      ["promoted", 1, 1_000],
    );
    assert.match(promoted.reasons.join(), /failed: 0 of 1000 requests, and 6 of 9000 before/);
    const late = await observeDeployment(services, id, { no: 3, ...faulty });
    assert.deepEqual(late, promoted, "what was decided stays");
  });

  it("is rolled back as soon as it is shown to be worse", async () => {
    const { id } = await open();
    const { state, share, reasons, endedAt } = await observeDeployment(services, id, { no: 1, ...faulty });
    assert.deepEqual([state, share], ["rolled-back", 0]);
    assert.deepEqual(reasons, ["failed: 4 of 200 requests, and 0 of 1800 before"]);
    assert.ok(endedAt);
  });

  it("takes observations in their order, each once, however many send them at once", async () => {
    const { id } = await open();
    await assert.rejects(observeDeployment(services, id, { no: 2, ...fine }), {
      code: "deployment-moved-on",
    });
    await Promise.all([1, 2, 3].map(() => observeDeployment(services, id, { no: 1, ...fine })));
    const [found] = (await listDeployments(services)).items;
    assert.deepEqual([found?.observations, found?.traffic.stable.requests], [1, 4_500]);
  });

  it("is one at a time, and an operator can stop it", async () => {
    const { id } = await open();
    await assert.rejects(open("v3"), { code: "deployment-moved-on" });
    const stopped = await stopDeployment(services, id);
    assert.deepEqual([stopped.state, stopped.share], ["stopped", 0]);
    assert.equal((await open("v3")).state, "running");
    await assert.rejects(stopDeployment(services, `dpl_${"0".repeat(32)}`), { code: "not-found" });
  });
});
