/** What was accepted is under way or has ended, at any time; a row that is broken on purpose is seen, and named. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import { inAccount } from "../db/index.ts";
import * as Ledger from "../ledger/index.ts";
import {
  checkLedger,
  getCheckedLedger,
  getLedger,
  getLedgerOfAll,
  reportDigest,
  reportFailure,
  requestReview,
  sweep,
} from "./index.ts";

describe("the ledger", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
  });
  after(() => base.close());

  const ledger = () => getLedger(walk.services, walk.accountId);
  const line = async (noun: string) =>
    (await ledger()).lines.find((one) => one.noun === noun) ?? assert.fail(noun);
  const stateOf = async (noun: string, state: string) =>
    (await line(noun)).states.find((one) => one.state === state)?.count;
  /** As whoever has the database in hand, and puts it back. */
  async function broken(
    breaks: () => Promise<unknown>,
    mends: () => Promise<unknown>,
    look: () => Promise<void>,
  ) {
    assert.equal((await ledger()).balanced, true);
    await breaks();
    try {
      await look();
    } finally {
      await mends();
    }
    const mended = await ledger();
    assert.deepEqual([mended.balanced, mended.faults], [true, []]);
  }

  /** Far from what came before, so that it is a session of its own. */
  async function reviewed() {
    walk.services.clock.advance(600_000);
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("a.jpg", 1)]);
    const requested = await requestReview(walk.services, {
      accountId: walk.accountId,
      sessionId,
      actor: "test",
    });
    assert.equal(requested.kind, "created");
    const [job] = await walk.receive();
    assert.ok(job);
    return { sessionId, job };
  }

  it("follows an event from its acceptance to its digest, and balances at each step", async () => {
    assert.equal((await line("events")).accepted, 0);
    const { job } = await reviewed();
    assert.deepEqual(
      (await ledger()).lines.map(({ noun, accepted, underWay, missing }) => [
        noun,
        accepted,
        underWay,
        missing,
      ]),
      [
        ["events", 1, 0, 0],
        ["sessions", 1, 0, 0],
        ["moments", 1, 0, 0],
        ["reviews", 1, 1, 0],
        ["digests", 0, 0, 0],
        ["allowance", 1, 1, 0],
        ["deliveries", 0, 0, 0],
      ],
    );
    await reportDigest(walk.services, findingsFor(job, []));
    assert.equal(await stateOf("reviews", "completed"), 1);
    assert.equal(await stateOf("allowance", "settled"), 1);
    assert.equal((await line("digests")).accepted, 1);
    assert.equal((await ledger()).balanced, true);
  });

  it("counts what failed, with its allowance given back", async () => {
    const { job } = await reviewed();
    const report = {
      v: 1 as const,
      part: job.part,
      workerId: "w",
      reason: "broken",
      retryable: false,
      occurredAt: walk.services.clock.now().toISOString(),
    };
    await reportFailure(walk.services, { reviewId: job.reviewId, report });
    assert.equal(await stateOf("reviews", "failed"), 1);
    assert.equal(await stateOf("allowance", "refunded"), 1);
    assert.equal((await ledger()).balanced, true);
  });

  it("says the same before and after its lines are added up, and forgets none of them", async () => {
    const earlier = (await ledger()).lines;
    const [open] = await base.owner<{ count: number }[]>`select count(*)::int as count from ledger_entry`;
    assert.ok(open && open.count > 0);
    assert.equal(await Ledger.fold(walk.services.database.sql), open.count);
    assert.deepEqual((await ledger()).lines, earlier);
    assert.equal(await Ledger.fold(walk.services.database.sql), 0);
  });

  it("balances in every reading, whatever is written and added up at the same time", async () => {
    const stop = new AbortController();
    const readings: boolean[] = [];
    const reading = (async () => {
      while (!stop.signal.aborted) {
        const [mine, all] = await Promise.all([ledger(), getLedgerOfAll(walk.services)]);
        readings.push(mine.balanced, all.balanced);
        await Ledger.fold(walk.services.database.sql);
      }
    })();
    await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        await walk.post(walk.event({ type: "motion", zone: `z${index}` }));
        await walk.post(walk.event({ type: "person" }), [await image("a.jpg", index)]);
      }),
    );
    walk.services.clock.advance(120_000);
    await sweep(walk.services);
    stop.abort();
    await reading;
    assert.ok(readings.length > 2);
    assert.ok(readings.every(Boolean));
    const { accepted, underWay } = await line("events");
    assert.deepEqual([accepted, underWay], [14, 0]);
  });

  it("counts nothing of what was not committed, and nothing twice that came twice", async () => {
    const earlier = await line("events");
    const twice = walk.event({ type: "motion" });
    await walk.post(twice);
    await walk.post(twice);
    assert.equal((await line("events")).accepted, earlier.accepted + 1);
    await assert.rejects(
      inAccount(base.database, walk.accountId, async (_, sql) => {
        await sql`update event set sealed_at = null`;
        throw new Error("of the test");
      }),
    );
    assert.equal(await stateOf("events", "awaiting"), 0);
  });

  it("misses a row that was taken away", async () => {
    const [gone] = await base.owner<{ id: string }[]>`select id from digest`;
    assert.ok(gone);
    await assert.rejects(
      base.owner.begin(async (sql) => {
        await sql`delete from digest where id = ${gone.id}`;
        const [row] = await sql<{ reading: Ledger.ReadingOfAll }[]>`select read_ledger_of_all(20) as reading`;
        const digests = Ledger.addUp(row?.reading.counts ?? []).find(({ noun }) => noun === "digests");
        assert.deepEqual([digests?.accepted, digests?.missing], [1, 1]);
        assert.deepEqual(row?.reading.unbalanced, [
          { accountId: walk.accountId, noun: "digests", missing: 1 },
        ]);
        assert.deepEqual(
          row?.reading.faults.map(({ kind }) => kind),
          ["review-without-digest"],
        );
        throw new Error("put back");
      }),
      /put back/,
    );
    assert.equal((await ledger()).balanced, true);
  });

  it("names the review whose job was lost, to its account and to the operator, and raises the metric", async () => {
    const { job } = await reviewed();
    await broken(
      () => base.owner`update outbox set settled_at = now() where review_id = ${job.reviewId}`,
      () => base.owner`update outbox set settled_at = null where review_id = ${job.reviewId}`,
      async () => {
        const { balanced, faults } = await ledger();
        assert.equal(balanced, false);
        assert.deepEqual(
          faults.map(({ kind, subject }) => [kind, subject]),
          [["review-without-job", job.reviewId]],
        );
        const [named] = (await getLedgerOfAll(walk.services)).faults;
        assert.deepEqual([named?.accountId, named?.subject], [walk.accountId, job.reviewId]);
        await checkLedger(walk.services);
        const checked = await getCheckedLedger(walk.services);
        assert.deepEqual([checked?.balanced, checked?.faults], [false, 1]);
      },
    );
    await checkLedger(walk.services);
    assert.equal((await getCheckedLedger(walk.services))?.balanced, true);
    await reportDigest(walk.services, findingsFor(job, []));
  });

  it("names the review that failed and kept its allowance", async () => {
    const [failed] = await base.owner<
      { id: string }[]
    >`select review_id as id from quota_claim where state = 'refunded'`;
    assert.ok(failed);
    await broken(
      () => base.owner`update quota_claim set state = 'claimed' where review_id = ${failed.id}`,
      () => base.owner`update quota_claim set state = 'refunded' where review_id = ${failed.id}`,
      async () => {
        assert.deepEqual(
          (await ledger()).faults.map(({ kind, subject }) => [kind, subject]),
          [["allowance-not-ended", failed.id]],
        );
      },
    );
  });

  it("misses what stands in a state that is none", async () => {
    const [one] = await base.owner<{ id: string }[]>`select id from review where state = 'completed' limit 1`;
    assert.ok(one);
    await broken(
      () => base.owner`update review set state = 'lost' where id = ${one.id}`,
      () => base.owner`update review set state = 'completed' where id = ${one.id}`,
      async () => {
        const { missing } = await line("reviews");
        assert.equal(missing, 1);
        assert.equal((await ledger()).balanced, false);
      },
    );
  });

  it("is an account's own", async () => {
    const other = base.seeded.accounts.find(({ tier }) => tier === "guardian");
    assert.ok(other);
    const { lines } = await getLedger(walk.services, other.accountId);
    assert.ok(lines.every(({ accepted }) => accepted === 0));
  });
});
