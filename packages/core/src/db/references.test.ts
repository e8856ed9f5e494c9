/** No reference leads from one account into another, whatever the application's role writes inside its own account. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { plantSessions } from "../../testing/plant.ts";
import { arrange } from "../../testing/walk.ts";
import { requestReview } from "../flow/index.ts";
import * as Id from "../id.ts";
import { inAccount, type Queryable, raw } from "./index.ts";

/** Columns that end like a reference and name nothing of an account: a device's own id, a person, who is in none, and an experiment. */
const noReferences = new Set(["event.client_id", "member.person_id", "shadow_result.experiment_id"]);

describe("references between rows of accounts", () => {
  let base: TestDatabase;
  let mine: TestDatabase["seeded"]["accounts"][number];
  let theirs: TestDatabase["seeded"]["accounts"][number];
  before(async () => {
    base = await createTestDatabase();
    const [, guardian, pro] = base.seeded.accounts;
    assert.ok(guardian && pro);
    mine = guardian;
    theirs = pro;
    for (const tier of ["guardian", "pro"] as const) {
      const walk = arrange(base, tier);
      const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("a.jpg", 1)]);
      await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    }
    // Rows of theirs that nothing refers to yet, so that no other constraint is in the way.
    const [unused] = await plantSessions(base.owner, theirs, { sessions: 1, moments: 1, at: new Date() });
    await base.owner`insert into review (id, account_id, session_id, state, origin, queue, k, reasons, requested_at)
      values (${Id.create("review")}, ${theirs.accountId}, ${unused ?? ""}, 'failed', 'member', 'standard', 1, '[]', now())`;
  });
  after(() => base.close());

  /** As the application, inside `mine`. */
  const write = (work: (sql: Queryable) => Promise<unknown>) =>
    inAccount(base.database, mine.accountId, (_, sql) => work(sql));
  const hash = Buffer.alloc(32, 7);

  it("refuses an operator's and a worker's key that is made inside an account", async () => {
    for (const kind of ["operator", "worker"]) {
      await assert.rejects(
        write(
          (sql) => sql`insert into api_key (id, account_id, kind, subject_id, hash)
            values (${Id.create("key")}, ${mine.accountId}, ${kind}, 'me', ${hash})`,
        ),
        { code: "23514", constraint: "api_key_of_account" },
      );
      await assert.rejects(
        write(
          (sql) => sql`insert into api_key (id, account_id, kind, subject_id, hash)
            values (${Id.create("key")}, null, ${kind}, 'me', ${hash})`,
        ),
        /row-level security/,
      );
      await assert.rejects(
        write((sql) => sql`update api_key set kind = ${kind} where account_id = ${mine.accountId}`),
        { code: "23514" },
      );
    }
  });

  it("refuses a key for another account's device or member, made or changed", async () => {
    const [member] = await base.owner<
      { id: string }[]
    >`select id from member where account_id = ${theirs.accountId}`;
    for (const [kind, subject] of [
      ["device", theirs.deviceId],
      ["member", member?.id ?? ""],
    ] as const) {
      await assert.rejects(
        write(
          (sql) => sql`insert into api_key (id, account_id, kind, subject_id, hash)
            values (${Id.create("key")}, ${mine.accountId}, ${kind}, ${subject}, ${hash})`,
        ),
        { code: "23503" },
      );
      await assert.rejects(
        write((sql) => sql`update api_key set subject_id = ${subject} where kind = ${kind}`),
        { code: "23503" },
      );
    }
  });

  /** Every column of every table that refers to a row of an account, by what the catalogue says. */
  const references = () =>
    base.owner<{ table: string; column: string; target: string; columns: string[] }[]>`
      select c.conrelid::regclass::text as "table", c.confrelid::regclass::text as target,
        array_agg(a.attname::text order by k.n) as columns, max(a.attname::text) filter (where a.attname <> 'account_id') as "column"
      from pg_constraint c
      cross join lateral unnest(c.conkey) with ordinality as k (attnum, n)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.confrelid <> 'account'::regclass
        and c.confrelid::regclass::text !~ '^sign_in_'
        and exists (select from pg_attribute of where of.attrelid = c.confrelid and of.attname = 'account_id')
      group by c.oid, c.conrelid, c.confrelid order by 1, 2`;

  it("all name the account, in every table", async () => {
    const found = await references();
    assert.ok(found.length >= 20, `expected the references of some twenty columns, got ${found.length}`);
    for (const { table, columns } of found) {
      assert.equal(columns[0], "account_id", `${table} (${columns.join(", ")})`);
    }
    const known = new Set(found.map(({ table, column }) => `${table}.${column}`));
    const columns = await base.owner<{ name: string }[]>`
      select c.table_name || '.' || c.column_name as name from information_schema.columns c
      join information_schema.columns own using (table_schema, table_name)
      where c.table_schema = 'public' and own.column_name = 'account_id'
        and c.column_name ~ '_id$|^merged_into$' and c.column_name not in ('account_id', 'subject_id')`;
    const missing = columns
      .map(({ name }) => name)
      .filter((name) => !known.has(name) && !noReferences.has(name));
    assert.deepEqual(missing, [], "a column that names a row has a reference");
  });

  it("refuse another account's row wherever one of this account's is named", async () => {
    let tried = 0;
    for (const { table, column, target } of await references()) {
      const [their] = await base.owner<{ id: string }[]>`
        select id from ${raw(`"${target}"`)} where account_id = ${theirs.accountId} order by id desc limit 1`;
      const [own] = await base.owner<{ count: number }[]>`
        select count(*)::int as count from ${raw(`"${table}"`)} where account_id = ${mine.accountId} and ${raw(column)} is not null`;
      if (!their || !own?.count || table === "api_key") continue;
      tried += 1;
      await assert.rejects(
        write((sql) => sql`update ${raw(`"${table}"`)} set ${raw(column)} = ${their.id}`),
        { code: "23503" },
        `${table}.${column} -> ${target}`,
      );
    }
    assert.ok(tried >= 9, `expected to have tried most references, got ${tried}`);
  });

  it("refuse a device on another account's site, and an event of another account's device", async () => {
    await assert.rejects(
      write(
        (sql) => sql`insert into device (id, account_id, site_id, name)
          values (${Id.create("device")}, ${mine.accountId}, ${theirs.siteId}, 'theirs')`,
      ),
      { code: "23503" },
    );
    await assert.rejects(
      write(
        (sql) => sql`insert into gateway (device_id, account_id, report, reported_at)
          values (${theirs.deviceId}, ${mine.accountId}, '{}', now())`,
      ),
      { code: "23503" },
    );
  });
});
