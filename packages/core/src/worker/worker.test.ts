import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { createTestServices } from "../../testing/services.ts";
import { recordHeartbeat, sweep } from "../flow/index.ts";
import { worker as limits } from "../limits.ts";
import { Heartbeat } from "./wire.ts";

describe("workers that the database remembers", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  it("are so many at most, under whatever names they report, and none that is gone", async () => {
    const services = createTestServices(base);
    const [example] = (Heartbeat.meta()?.["examples"] ?? []) as object[];
    const beat = (workerId: string) => recordHeartbeat(services, Heartbeat.parse({ ...example, workerId }));
    const count = async () =>
      (await base.owner`select count(*)::int as workers from worker`)[0]?.workers as number;
    await beat("gone");
    services.clock.advance(limits.rememberedMsMax + 1);
    await base.owner`insert into worker select 'made-up-' || n, model, provider, items_per_second, items_per_second_capacity,
      batch_p50_ms, batch_p95_ms, in_flight, ${services.clock.now()} from worker, generate_series(1, 1500) n`;
    services.clock.advance(1);
    await beat("honest");
    await sweep(services);
    assert.equal(await count(), limits.rememberedMax);
    const left = await base.owner`select id from worker where id in ('gone', 'honest')`;
    assert.deepEqual(
      left.map(({ id }) => id),
      ["honest"],
    );
    services.clock.advance(limits.rememberedMsMax + 1);
    await sweep(services);
    assert.equal(await count(), 0);
  });
});
