import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange } from "../../testing/walk.ts";
import { Heartbeat } from "../worker/wire.ts";
import { requestReview } from "./review/request-review.ts";
import { recentLoad } from "./system-load.ts";

const beat = {
  workerId: "bad",
  model: { name: "any", sha256: "0".repeat(64) },
  provider: "cpu",
  itemsPerSecond: 1,
  itemsPerSecondCapacity: 1,
  batchP50Ms: 1,
  batchP95Ms: 1,
  inFlight: 1,
  queueDepthSeen: 1,
  reviewsInHand: [],
};

describe("what one worker says", () => {
  it("is refused where no machine could say it", () => {
    assert.ok(Heartbeat.safeParse(beat).success);
    for (const name of ["itemsPerSecond", "itemsPerSecondCapacity", "batchP50Ms", "batchP95Ms"] as const) {
      for (const value of [-1, 1.7e308, Number.POSITIVE_INFINITY, Number.NaN]) {
        assert.ok(!Heartbeat.safeParse({ ...beat, [name]: value }).success, `${name} ${value}`);
      }
    }
    for (const name of ["inFlight", "queueDepthSeen"] as const) {
      for (const value of [-1, 2 ** 31, 0.5]) {
        assert.ok(!Heartbeat.safeParse({ ...beat, [name]: value }).success, `${name} ${value}`);
      }
    }
  });
});

describe("a load that cannot be measured", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "guardian");
  });
  after(() => base.close());

  it("keeps rows out of the database that would make sums of them overflow", async () => {
    for (const rate of [1.7e308, Number.NaN, -1]) {
      await assert.rejects(
        base.owner`insert into worker values ('bad', '{}', 'cpu', ${rate}, 0, 0, 0, 0, now())`,
        { constraint: "worker_is_possible" },
      );
    }
  });

  it("fails neither an event, nor a review, nor its dispatch, nor a heartbeat", async () => {
    const { services } = walk;
    await walk.beat();
    await base.owner`alter function worker_capacity(timestamptz) rename to capacity_that_is_gone`;
    services.clock.advance(60_000);
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("a.jpg", 1)]);
    const { accountId } = walk;
    const requested = await requestReview(services, { accountId, sessionId, actor: "test" });
    assert.equal(requested.kind, "created");
    assert.equal((await walk.receive()).length, 1, "its job is sent");
    await walk.post(walk.event({ type: "smoke" }), [await image("b.jpg", 2)]);
    await walk.beat();
    assert.equal((await recentLoad(services)).momentsPerSecond, 40, "what was known last stands");
    await base.owner`update system_state set value = '"no state"'`;
    assert.deepEqual((await recentLoad(services)).jobs, 0);
  });
});
