import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { plantReviews, plantSessions } from "../../testing/plant.ts";
import { inAccount } from "../db/index.ts";
import type { SeededAccount } from "../seed/index.ts";
import * as Outbox from "./index.ts";

describe("the backlog", () => {
  let base: TestDatabase;
  const at = new Date();
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  const counted = async () =>
    (await Outbox.depth(base.database.sql)).toSorted((a, b) => (a.queue < b.queue ? -1 : 1));
  const there = () => base.owner<Outbox.Depth[]>`
    select queue, count(*)::int as jobs, sum(moments)::int as moments, min(created_at) as "oldestAt"
    from outbox where settled_at is null group by queue order by queue`;

  async function work(account: SeededAccount, reviews: readonly string[], turn: number): Promise<void> {
    for (const [index, reviewId] of reviews.entries()) {
      await inAccount(base.database, account.accountId, async (tx) => {
        const step = (index + turn) % 4;
        if (step === 0) await Outbox.settle(tx, reviewId, 0, at);
        if (step === 1) await Outbox.renew(tx, reviewId, 0, new Date(at.getTime() + index));
        if (step === 2) {
          const moments = 1 + index;
          const { accountId } = account;
          const part = 1 + turn;
          const job = { accountId, reviewId, part, queue: "priority", urgency: 4, moments, at } as const;
          await Outbox.append(tx, { ...job, traceparent: null });
        }
        if (step === 3 && turn > 0) await Outbox.settle(tx, reviewId, turn, at);
      });
    }
  }

  it("is what was asked for and has not ended, whatever happens at once", async () => {
    const plots = await Promise.all(
      base.seeded.accounts.map(async (account) => {
        const sessions = await plantSessions(base.owner, account, { sessions: 12, moments: 2, at });
        return { account, reviews: await plantReviews(base.owner, account, sessions, at) };
      }),
    );
    assert.deepEqual(await counted(), await there());
    for (let turn = 0; turn < 3; turn += 1) {
      await Promise.all(
        plots.flatMap(({ account, reviews }) => [
          work(account, reviews.slice(0, 6), turn),
          work(account, reviews.slice(6), turn),
        ]),
      );
      const now = await there();
      assert.deepEqual(await counted(), now);
      assert.ok(now.length > 0);
    }
  });

  it("forgets what was not committed", async () => {
    const untouched = await counted();
    const [account] = base.seeded.accounts;
    assert.ok(account);
    const [open] = await base.owner<{ id: string; part: number }[]>`
      select review_id as id, part from outbox where settled_at is null and account_id = ${account.accountId} limit 1`;
    assert.ok(open);
    await assert.rejects(
      inAccount(base.database, account.accountId, async (tx) => {
        await Outbox.settle(tx, open.id, open.part, at);
        throw new Error("of the test");
      }),
    );
    assert.deepEqual(await counted(), untouched);
  });

  it("of one account is neither seen nor changed by another", async () => {
    const [mine, other] = base.seeded.accounts;
    assert.ok(mine && other);
    await inAccount(base.database, mine.accountId, async (_, sql) => {
      assert.deepEqual(await sql`select from backlog where account_id = ${other.accountId}`, []);
      assert.deepEqual(
        await sql`update backlog set jobs = 0 where account_id = ${other.accountId} returning 1 as changed`,
        [],
      );
    });
  });
});
