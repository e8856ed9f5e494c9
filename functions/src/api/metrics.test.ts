import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { LoadView } from "@vigil/core/throttle/wire";
import { plantReviews, plantSessions } from "../../../packages/core/testing/plant.ts";
import { createTestApi, type TestApi } from "../../testing/api.ts";

describe("/metrics under a flood", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  /** Every sample by its name and labels, as written. */
  async function scrape(): Promise<Record<string, number>> {
    const answer = await api.call("GET", "/metrics");
    assert.equal(answer.status, 200);
    const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.lastIndexOf(" ")),
        Number(line.slice(line.lastIndexOf(" ") + 1)),
      ]),
    );
  }
  const load = async () =>
    LoadView.parse(
      await (await api.call("GET", "/operator/v1/load", { key: api.base.seeded.operatorToken })).json(),
    );
  const settleAllBut = (jobs: number) => api.base.owner`
    update outbox set settled_at = now() where settled_at is null and id not in
      (select id from outbox where settled_at is null order by id limit ${jobs})`;

  it("tells the depth, K in force and why, from calm to overload and back", async () => {
    const { clock } = api.services;
    const calm = await scrape();
    assert.equal(calm.queue_depth_deep_jobs, 0);
    assert.equal(calm['deep_k_in_force{tier="guardian"}'], 20);
    assert.equal(calm.deep_overloaded, 0);

    const at = clock.now();
    const account = api.account("pro");
    const sessions = await plantSessions(api.base.owner, account, { sessions: 1_001, moments: 2, at });
    await plantReviews(api.base.owner, account, sessions, at);
    clock.advance(90_000);
    const flooded = await scrape();
    assert.equal(flooded.queue_depth_deep_jobs, 1_001);
    assert.equal(flooded.deep_queue_depth_moments, 2_002);
    assert.equal(flooded['deep_queue_depth{queue="standard"}'], 1_001);
    assert.equal(flooded['deep_queue_depth{queue="priority"}'], 0);
    assert.equal(flooded['deep_queue_oldest_seconds{queue="standard"}'], 90);
    assert.equal(flooded['deep_k_in_force{tier="pro"}'], 10);
    assert.equal(flooded['deep_k_in_force{tier="guardian"}'], 10);
    assert.equal(flooded['deep_k_reason{reason="depth"}'], 1);
    assert.equal(flooded.deep_extra_batch_window_ms, 20);
    assert.equal(flooded.deep_overloaded, 1);
    const told = await load();
    assert.equal(told.k.pro, 10);
    assert.match(told.reasons[0] ?? "", /^1,001 reviews are waiting/);

    // Between the thresholds nothing changes; below the lower one K is full again.
    await settleAllBut(500);
    clock.advance(61_000);
    assert.equal((await scrape()).deep_overloaded, 1);
    await settleAllBut(499);
    clock.advance(1_000);
    const recovered = await scrape();
    assert.equal(recovered.queue_depth_deep_jobs, 499);
    assert.equal(recovered.deep_overloaded, 0);
    assert.equal(recovered['deep_k_in_force{tier="pro"}'], 20);
    assert.deepEqual((await load()).reasons, []);
  });
});
