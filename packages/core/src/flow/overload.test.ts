/** Overload and its end through the real flows and a real PostgreSQL, on a virtual clock, with a virtual worker of a fixed rate. */
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { plantReviews, plantSessions } from "../../testing/plant.ts";
import { createTestServices, movableClock } from "../../testing/services.ts";
import { percentile } from "../../testing/simulate.ts";
import { Trickle } from "../../testing/trickle.ts";
import { VirtualWorker } from "../../testing/virtual-worker.ts";
import type { Sql } from "../db/index.ts";
import { getReview, sweep } from "./index.ts";

const start = new Date("2026-06-15T10:00:00Z");

const plan = (names: readonly string[]) =>
  names.map((name) => ({
    name,
    tier: "pro" as const,
    siteName: "Shop",
    deviceName: "Camera",
    timeZone: "Europe/London",
  }));

describe("overload", () => {
  const crowd = Array.from({ length: 10 }, (_, index) => `crowd ${index}`);

  it("halves K above 1,000 reviews and says why, recovers below 500, and catches up what it deferred", async (context) => {
    const base = await createTestDatabase(plan([...crowd, "shop"]));
    try {
      await play(context, base);
    } finally {
      await base.close();
    }
  });

  async function play(context: TestContext, base: TestDatabase): Promise<void> {
    const services = createTestServices(base, movableClock(start));
    const worker = new VirtualWorker(services, 100);
    const shop = new Trickle(base, services, "shop");
    const second = async (works: boolean) => {
      services.clock.advance(1_000);
      if (works) await worker.work();
      if (services.clock.now().getTime() % 5_000 === 0) await sweep(services);
    };
    const clock = () => services.clock.now().getTime();
    // Before.
    for (let time = 0; time < 30; time += 1) {
      if (time % 6 === 0) await shop.ask(24);
      await second(true);
    }
    // The worker is off, and 1,000 reviews come in at once.
    const stormAt = clock();
    const at = services.clock.now();
    for (const name of crowd) {
      const account = base.seeded.accounts.find((one) => one.name === name);
      assert.ok(account);
      const sessions = await plantSessions(base.owner, account, { sessions: 101, moments: 1, at });
      await plantReviews(base.owner, account, sessions, at);
    }
    for (let time = 0; time < 20; time += 1) {
      await second(false);
      if (time % 5 === 4) await shop.ask(24);
    }
    const during = shop.asked.filter((one) => one.at.getTime() > stormAt);
    for (const { k, reasons } of during) {
      assert.equal(k, 10);
      assert.ok(
        reasons.some((reason) => /1,01\d reviews are waiting\. From 1,000 until fewer than 500/.test(reason)),
      );
      assert.ok(reasons.some((reason) => reason.startsWith("10 of 20 moments are looked at now; 10 follow")));
    }
    const [first] = during;
    assert.ok(first);
    const accountId = base.seeded.accounts.find((one) => one.name === "shop")?.accountId ?? "";
    const shown = await getReview(services, { accountId, id: first.reviewId });
    assert.equal(shown.k, 10);
    assert.deepEqual(shown.reasons, first.reasons);
    // The worker is back, and not alone.
    const backAt = clock();
    await settleElsewhere(base.owner, 310, services.clock.now());
    await second(true);
    await shop.ask(24);
    assert.equal(shop.asked.at(-1)?.k, 10, "between 1,000 and 500 K stays what it is");
    await settleElsewhere(base.owner, 200, services.clock.now());
    for (let time = 0; time < 149; time += 1) await second(true);
    const calmAt = clock();
    const shrunken = shop.asked.filter(({ k }) => k === 10).length;
    for (let time = 0; time < 24; time += 1) {
      if (time % 6 === 0) await shop.ask(24);
      await second(true);
    }
    const after = shop.asked.filter((one) => one.at.getTime() >= calmAt);
    assert.ok(after.length > 0 && after.every(({ k }) => k >= 20), "K is full again");
    for (let time = 0; time < 40; time += 1) await second(true);

    const states = await base.owner<{ state: string; count: number }[]>`
      select state, count(*)::int as count from review group by state`;
    assert.deepEqual(
      states.map((row) => ({ ...row })),
      [{ state: "completed", count: crowd.length * 101 + shop.asked.length }],
      "not one review failed",
    );
    const [deferred] = await base.owner<{ count: number; looked: number }[]>`
      select count(*)::int as count, count(p.part)::int as looked from review_moment m
      left join digest_part p on p.review_id = m.review_id and p.part = m.part
      where m.part is null or m.part > 0`;
    assert.deepEqual(
      { ...deferred },
      { count: 10 * shrunken, looked: 10 * shrunken },
      "what was deferred was looked at, and nothing more was owed",
    );
    const told = (name: string, waits: number[]) => `${name} ${percentile(waits, 0.95)} s`;
    context.diagnostic(
      `P95 from the request to the digest: ${[
        told("before", shop.waits(worker, 0, stormAt)),
        told("during", shop.waits(worker, stormAt, calmAt)),
        told("after", shop.waits(worker, calmAt)),
      ].join(", ")}; the worker was off for ${(backAt - stormAt) / 1000} s`,
    );
    assert.ok(
      percentile(shop.waits(worker, calmAt), 0.95) <= percentile(shop.waits(worker, 0, stormAt), 0.95) + 1,
    );
  }
});

/** As other workers would end so many reviews that wait: what is told of them is not of interest here. */
async function settleElsewhere(owner: Sql, reviews: number, at: Date): Promise<void> {
  const settled = await owner`
    with waiting as (
      select id, review_id from outbox where sent_at is null and settled_at is null order by id limit ${reviews}
    ), settled as (
      update outbox set settled_at = ${at} where id in (select id from waiting) returning review_id
    ), ended as (
      update quota_claim set state = 'settled' where review_id in (select review_id from settled)
    )
    update review set state = 'completed', finished_at = ${at} where id in (select review_id from settled) returning id`;
  assert.equal(settled.length, reviews);
}
