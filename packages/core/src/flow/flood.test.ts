/** Floods through the real flows and a real PostgreSQL, on a virtual clock, with a virtual worker of a fixed rate. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { plantReviews, plantSessions } from "../../testing/plant.ts";
import { createTestServices, movableClock, type TestServices } from "../../testing/services.ts";
import { percentile } from "../../testing/simulate.ts";
import { Trickle } from "../../testing/trickle.ts";
import { VirtualWorker } from "../../testing/virtual-worker.ts";

const start = new Date("2026-06-15T10:00:00Z");

const plan = (names: readonly string[]) =>
  names.map((name) => ({
    name,
    tier: "pro" as const,
    siteName: "Shop",
    deviceName: "Camera",
    timeZone: "Europe/London",
  }));

describe("a flood of 2,000 sessions of one account", () => {
  it("delays another account's trickle by no more than the stated bound", async (context) => {
    const base = await createTestDatabase(plan(["flood", "trickle"]));
    try {
      const services = createTestServices(base, movableClock(start));
      // Both have used up their tokens, so that they share one queue.
      await base.owner`update account set bucket_tokens = 0, bucket_at = ${start}`;
      const alone = await run(base, services);
      const [flood] = base.seeded.accounts;
      assert.ok(flood);
      const at = services.clock.now();
      const sessions = await plantSessions(base.owner, flood, { sessions: 2_000, moments: 20, at });
      await plantReviews(base.owner, flood, sessions, at);
      await base.owner`update account set bucket_tokens = 0, bucket_at = ${at}`;
      const beside = await run(base, services);
      const [without, within] = [percentile(alone.waits, 0.95), percentile(beside.waits, 0.95)];
      context.diagnostic(
        `the trickle's P95 wait is ${without} s alone and ${within} s beside the flood, of which ${beside.flood} reviews were done meanwhile: ${(within / without).toFixed(1)} times`,
      );
      assert.ok(beside.waits.every(Number.isFinite), "every review of the trickle has its digest");
      // (W + 2 K) / R, at 20 moments a second: W = 80, K = 20.
      assert.ok(within - without <= (80 + 2 * 20) / 20, `${within} s against ${without} s`);
      assert.ok(beside.flood > 100, "the flood is served too");
    } finally {
      await base.close();
    }
  });

  async function run(base: TestDatabase, services: TestServices) {
    const worker = new VirtualWorker(services, 20);
    const trickle = new Trickle(base, services, "trickle");
    for (let second = 0; second < 180; second += 1) {
      if (second % 8 === 0 && second < 160) await trickle.ask(20);
      services.clock.advance(1_000);
      await worker.work();
    }
    const mine = new Set(trickle.asked.map(({ reviewId }) => reviewId));
    return {
      waits: trickle.waits(worker),
      flood: worker.done.filter(({ reviewId }) => !mine.has(reviewId)).length,
    };
  }
});
