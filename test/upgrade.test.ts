/** The release before serves on while the tables of this one are made: they only grow. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { openSql, raw } from "@vigil/core/db";
import { createTestDatabase, type TestDatabase } from "../packages/core/testing/database.ts";
import { applyMigrations, migrationTags } from "./upgrade/apply-migrations.ts";
import { type Catalog, readCatalog } from "./upgrade/catalog.ts";
import { findBroken } from "./upgrade/find-broken.ts";
import { releasedThrough } from "./upgrade/released.ts";

describe("the tables of this release", () => {
  let base: TestDatabase;
  let owner: ReturnType<typeof openSql>;
  let name: string;
  let released: Catalog;
  let now: Catalog;
  before(async () => {
    // Makes the roles, too, which belong to the server.
    base = await createTestDatabase([]);
    const tags = await migrationTags();
    const last = tags.indexOf(releasedThrough);
    assert.ok(last >= 0, `there is no migration ${releasedThrough}`);
    name = `upgrade_${randomBytes(6).toString("hex")}`;
    await base.owner`create database ${raw(name)}`;
    const url = new URL(base.ownerUrl);
    url.pathname = `/${name}`;
    owner = openSql(url.href, { connectionsMax: 1 });
    await applyMigrations(owner, tags.slice(0, last + 1));
    released = await readCatalog(owner);
    await applyMigrations(owner, tags.slice(last + 1));
    now = await readCatalog(owner);
  });
  after(async () => {
    await owner.end();
    await base.owner`drop database if exists ${raw(name)} with (force)`;
    await base.close();
  });

  it("have everything that the release before reads and writes", () => {
    assert.ok(released.columns.size > 100 && released.functions.size > 30);
    assert.deepEqual(findBroken(released, now), []);
  });

  const faults: [string, RegExp][] = [
    ["alter table event drop column zone", /the column event\.zone is gone/],
    ["alter table event rename column zone to place", /the column event\.zone is gone/],
    ["alter table moment alter column bytes type bigint", /moment\.bytes was integer and is bigint/],
    ["alter table event alter column zone set not null", /event\.zone must be given/],
    ["alter table event add column planted text not null", /the new column event\.planted must be given/],
    ["alter table event add constraint planted check (zone <> 'x') not valid", /planted refuses rows/],
    ["create unique index planted on event (site_id, type)", /event\.planted refuses rows/],
    ["revoke insert on event from vigil_app", /no longer: vigil_app may INSERT on event/],
    ["drop function due_sessions(timestamptz, int)", /the function due_sessions\(.*\) is gone/],
    ["revoke execute on function due_sessions from vigil_app", /no longer: vigil_app may call due_sessions/],
  ];
  for (const [change, found] of faults) {
    it(`would not be found whole after: ${change}`, async () => {
      const undo = new Error("the change was looked at");
      await assert.rejects(
        owner.begin(async (sql) => {
          await sql`${raw(change)}`;
          assert.match(findBroken(released, await readCatalog(sql)).join("\n"), found);
          throw undo;
        }),
        undo,
      );
    });
  }

  it("may grow: a table, a column with a value, one that may be null, a function", async () => {
    const undo = new Error("the change was looked at");
    await assert.rejects(
      owner.begin(async (sql) => {
        await sql`create table planted (id text primary key)`;
        await sql`alter table event add column planted text, add column given int not null default 0`;
        await sql`create function planted() returns int language sql as 'select 1'`;
        assert.deepEqual(findBroken(released, await readCatalog(sql)), []);
        throw undo;
      }),
      undo,
    );
  });
});
