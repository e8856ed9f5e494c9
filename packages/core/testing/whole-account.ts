/** What tests of whole accounts ask: which tables have rows of accounts, how many of one are in them, and what is in an archive. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { type Queryable, raw } from "../src/db/index.ts";

/** From the catalogue: whatever has a column for an account. */
export async function tablesOf(owner: Queryable): Promise<{ table: string; column: string }[]> {
  return owner<{ table: string; column: string }[]>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and (c.column_name = 'account_id' or (c.table_name = 'account' and c.column_name = 'id'))
    order by 1`;
}

/** How many rows of an account each table has; those that have none are left out. */
export async function rowsOf(owner: Queryable, accountId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, column } of await tablesOf(owner)) {
    const [row] = await owner<{ count: number }[]>`
      select count(*)::int as count from ${raw(`"${table}"`)} where ${raw(column)} = ${accountId}`;
    if (row && row.count > 0) counts[table] = row.count;
  }
  return counts;
}

type Manifest = {
  volume: number;
  isLast: boolean;
  counts: Record<string, number>;
  countsUntilHere: Record<string, number>;
  leftOut: string[];
};

/** Unpacks an archive and checks what can be checked of it: every sum, and every count. */
export function readVolume(zip: Uint8Array): {
  files: Record<string, Uint8Array>;
  rows: Record<string, unknown[]>;
  manifest: Manifest;
  /** All rows, as they stand. */
  text: string;
} {
  const files = unzipSync(zip);
  const sums = strFromU8(files["SHA256SUMS"] ?? new Uint8Array());
  const listed = sums.split("\n").filter((line) => line !== "");
  for (const line of listed) {
    const sha256 = line.slice(0, 64);
    const name = line.slice(66);
    const bytes = files[name];
    assert.ok(bytes, `the list names ${name}`);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, name);
  }
  assert.equal(
    listed.length,
    Object.keys(files).length - 2,
    "the list and its signature alone are not in it",
  );
  const manifest = JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array())) as Manifest;
  const rows: Record<string, unknown[]> = {};
  let text = "";
  for (const [name, bytes] of Object.entries(files)) {
    const table = /^rows\/(.+)\.ndjson$/.exec(name)?.[1];
    if (table === undefined) continue;
    const lines = strFromU8(bytes);
    text += lines;
    rows[table] = lines.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as unknown]));
  }
  const objects = (kind: string) => Object.keys(files).filter((name) => name.startsWith(`${kind}/`)).length;
  for (const [source, count] of Object.entries(manifest.counts)) {
    assert.equal(rows[source]?.length ?? objects(source), count, source);
  }
  return { files, rows, manifest, text };
}
