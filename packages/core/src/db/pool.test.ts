/** What goes wrong with one statement, one connection or one account, and what it does to the others. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { eq } from "drizzle-orm";
import { until } from "../../../../scripts/local/until.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import * as Account from "../account/index.ts";
import { site } from "../site/site.sql.ts";
import { connect, type Database, inAccount, part, pipelined } from "./index.ts";
import type { Value } from "./statement.ts";

const connectionsMax = 4;

describe("the pool", () => {
  let base: TestDatabase;
  let database: Database;
  let mine: string;
  let others: string;
  before(async () => {
    base = await createTestDatabase();
    database = connect(base.appUrl, { connectionsMax });
    const [first, second] = base.seeded.accounts;
    assert.ok(first && second);
    mine = first.accountId;
    others = second.accountId;
  });
  after(async () => {
    await database.close();
    await base.close();
  });

  /** All connections of the pool at once. */
  const useAll = () =>
    Promise.all(Array.from({ length: connectionsMax * 2 }, () => database.sql`select pg_sleep(0.01)`));
  const nothing = undefined as unknown as Value;

  it("loses no connection to a value that cannot be sent", async () => {
    for (let times = 0; times < connectionsMax * 2; times += 1) {
      for (const value of [nothing, new Date(Number.NaN)]) {
        const wrong = { name: "TypeError", message: /expected a (value|date) for \$1/ };
        await assert.rejects(database.sql`select ${value}::text`, wrong);
        await assert.rejects(pipelined(database, mine, part`select ${value}::text`), wrong);
        await assert.rejects(
          inAccount(database, mine, (_, sql) => sql`select ${value}::text`),
          wrong,
        );
        await assert.rejects(
          inAccount(database, mine, (tx) =>
            tx
              .select()
              .from(site)
              .where(eq(site.id, value as unknown as string)),
          ),
        );
      }
    }
    await useAll();
  });

  it("loses no connection to a statement that fails, and commits nothing of its transaction", async () => {
    for (let times = 0; times < connectionsMax * 2; times += 1) {
      await assert.rejects(database.sql`select 1 / 0`, { code: "22012" });
      await assert.rejects(
        pipelined(database, mine, part`update site set name = (1 / 0)::text where account_id = ${mine}`),
        { code: "22012" },
      );
      await assert.rejects(
        inAccount(database, mine, async (tx, sql) => {
          await tx.update(site).set({ name: "half done" });
          await sql`select 1 / 0`;
        }),
        { code: "22012" },
      );
    }
    await useAll();
    const [half] = await base.owner`select count(*)::int as count from site where name = 'half done'`;
    assert.equal(half?.count, 0);
  });

  it("says so when a transaction's failure was not passed on, instead of calling it committed", async () => {
    await assert.rejects(
      inAccount(database, mine, (_, sql) => sql`select 1 / 0`.catch(() => [])),
      /nothing was committed/,
    );
  });

  /** Ends the connection that the transaction is on. */
  async function end(pid: unknown): Promise<void> {
    assert.ok(typeof pid === "number");
    await base.owner`select pg_terminate_backend(${pid})`;
    await until(
      async () => {
        const [left] = await base.owner`select from pg_stat_activity where pid = ${pid}`;
        return left ? undefined : true;
      },
      { withinMs: 180_000, because: "the connection did not end" },
    );
  }

  it("runs a transaction once more whose connection dies before its commit, and it is done once", async () => {
    let runs = 0;
    await inAccount(database, mine, async (_, sql) => {
      runs += 1;
      await sql`update site set sessions_opened = sessions_opened + 1`;
      const [own] = await sql`select pg_backend_pid() as pid`;
      if (runs === 1) await end(own?.pid);
      await sql`select 1`;
    });
    assert.equal(runs, 2);
    const [row] = await base.owner`select sessions_opened as opened from site where account_id = ${mine}`;
    assert.equal(row?.opened, 1);
  });

  it("gives up with 503 when the connection dies again", async () => {
    await assert.rejects(
      inAccount(database, mine, async (_, sql) => {
        const [own] = await sql`select pg_backend_pid() as pid`;
        await end(own?.pid);
        await sql`select 1`;
      }),
      { code: "unavailable", status: 503, retryAfterSeconds: 2 },
    );
    await useAll();
  });

  it("does not run again what may have been committed", async () => {
    let runs = 0;
    await assert.rejects(
      inAccount(database, mine, async (_, sql) => {
        runs += 1;
        // Its error is kept from the transaction, whose commit then meets a connection that is gone.
        await sql`select pg_terminate_backend(pg_backend_pid())`.catch(() => []);
      }),
      { code: "unavailable" },
    );
    assert.equal(runs, 1);
  });

  it("answers other accounts and the question for health while one account's row is locked", async () => {
    const unlock = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = base.owner.begin(async (sql) => {
      await sql`select from account where id = ${mine} for update`;
      locked.resolve();
      await unlock.promise;
    });
    await locked.promise;
    let told = 0;
    const stuck = Array.from({ length: connectionsMax * 3 }, () =>
      inAccount(database, mine, (tx) => Account.lock(tx, mine))
        .then(
          () => "done",
          (error: unknown) => (error as { code: string }).code,
        )
        .finally(() => (told += 1)),
    );
    try {
      const found = await inAccount(database, others, (tx) => Account.lock(tx, others));
      assert.equal(found.id, others);
      await database.ping();
      await database.sql`select 1`;
      assert.equal(told, 0, "expected the answers before anybody had waited for the lock to the end");
      // Who waits for the lock is told so after its timeout, and nobody waits for ever.
      assert.equal(await Promise.race(stuck), "overloaded");
    } finally {
      unlock.resolve();
      await holding;
    }
    assert.deepEqual(new Set(await Promise.all(stuck)), new Set(["overloaded", "done"]));
    await useAll();
  });

  it("has a timeout for statements, locks and idle transactions in every session of the application", async () => {
    const rows = await database.sql<{ name: string; setting: number }[]>`
      select name, setting::int from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`;
    assert.deepEqual(rows, [
      { name: "idle_in_transaction_session_timeout", setting: 10_000 },
      { name: "lock_timeout", setting: 4_000 },
      { name: "statement_timeout", setting: 10_000 },
    ]);
  });
});
