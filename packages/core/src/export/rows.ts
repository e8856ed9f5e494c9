/** The tables that have rows of accounts, as the database's own catalogue knows them, and their rows, a page at a time. */
import { type Part, part, type Queryable, raw } from "../db/index.ts";
import { columnsLeftOut, tablesLeftOut } from "./left-out.ts";

/** `key`: the columns that its rows are ordered by, with their types. */
export type Table = { name: string; account: string; key: { name: string; type: string }[] };

/** Those that an export holds, in the order of their names. */
export async function listTables(sql: Queryable): Promise<Table[]> {
  const rows = await sql<{ name: string; account: string; key: Table["key"] | null }[]>`
    select c.relname as name, case when c.relname = 'account' then 'id' else 'account_id' end as account,
      (select json_agg(json_build_object('name', k.attname, 'type', format_type(k.atttypid, k.atttypmod)) order by u.n)
       from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as u (attnum, n)
       join pg_attribute k on k.attrelid = c.oid and k.attnum = u.attnum
       where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and (c.relname = 'account' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped))
    order by c.relname`;
  return rows
    .filter(({ name }) => !tablesLeftOut.includes(name))
    .map(({ name, account, key }) => {
      if (!key) throw new Error(`expected the table ${name} to have a primary key: an export goes by it`);
      return { name, account, key };
    });
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Rows of the account that come after `after`, as JSON, one a line.
 * @param after where an earlier page ended; null: from the first on
 */
export async function readRows(
  sql: Queryable,
  { name, account, key }: Table,
  { accountId, after, countMax }: { accountId: string; after: string | null; countMax: number },
): Promise<{ lines: string[]; after: string | null }> {
  const columns = raw(key.map((column) => quoted(column.name)).join(", "));
  const place = raw(key.map((column) => `${quoted(column.name)}::text`).join(", "));
  const omitted = [...(columnsLeftOut[name] ?? [])];
  const rows = await sql<{ line: string; place: string }[]>`
    select (to_jsonb(t) - ${omitted}::text[])::text as line, json_build_array(${place})::text as place
    from ${raw(quoted(name))} t
    where ${raw(quoted(account))} = ${accountId} ${after === null ? raw("") : part`and (${columns}) > (${placeOf(key, after)})`}
    order by ${columns} limit ${countMax}`;
  return { lines: rows.map(({ line }) => line), after: rows.at(-1)?.place ?? null };
}

/** Where an earlier page ended, as the row that `key` is of. */
function placeOf(key: Table["key"], after: string): Part {
  const values = JSON.parse(after) as string[];
  return key
    .map(({ type }, index) => part`${values[index] ?? null}::text::${raw(type)}`)
    .reduce((all, one) => part`${all}, ${one}`);
}
