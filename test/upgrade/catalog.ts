/** What a release of Vigil relies on in its database, as PostgreSQL's own catalogue has it. */
import type { Queryable } from "@vigil/core/db";

export type Column = { type: string; isNullable: boolean; isGiven: boolean };

export type Catalog = {
  /** By `table.column`. `isGiven`: it has a value where an insert names none. */
  columns: ReadonlyMap<string, Column>;
  /** By name and arguments, with what comes back. */
  functions: ReadonlyMap<string, string>;
  /** `role may INSERT on event`, and the like. */
  rights: ReadonlySet<string>;
  /** What rows must be, by its table and its name: its columns and its text. */
  constraints: ReadonlyMap<string, { columns: readonly string[]; text: string }>;
};

const roles = ["vigil_app", "vigil_sign_in"];

export async function readCatalog(sql: Queryable): Promise<Catalog> {
  const columns = await sql<(Column & { name: string })[]>`
    select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as "isNullable", (a.atthasdef or a.attidentity <> '' or not a.attnotnull) as "isGiven"
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped`;
  const functions = await sql<{ name: string; result: string }[]>`
    select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name, pg_get_function_result(p.oid) as result
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype`;
  const rights = await sql<{ told: string }[]>`
    select r.role || ' may ' || k.kind || ' on ' || c.relname as told
    from unnest(${roles}::text[]) as r (role), unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) as k (kind), pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and has_table_privilege(r.role, c.oid, k.kind)
    union all
    select r.role || ' may call ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'
    from unnest(${roles}::text[]) as r (role), pg_proc p
    where p.pronamespace = 'public'::regnamespace and has_function_privilege(r.role, p.oid, 'EXECUTE')`;
  const constraints = await sql<{ name: string; columns: string[]; text: string }[]>`
    select c.relname || '.' || n.conname as name, pg_get_constraintdef(n.oid) as text,
      array(select c.relname || '.' || a.attname from pg_attribute a
        where a.attrelid = n.conrelid and a.attnum = any(n.conkey)) as columns
    from pg_constraint n join pg_class c on c.oid = n.conrelid
    where c.relnamespace = 'public'::regnamespace and n.contype in ('c', 'f', 'u', 'p', 'x')
    union all
    select c.relname || '.' || i.relname, pg_get_indexdef(x.indexrelid),
      array(select c.relname || '.' || a.attname from pg_attribute a
        where a.attrelid = x.indrelid and a.attnum = any(x.indkey::int2[]))
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where c.relnamespace = 'public'::regnamespace and x.indisunique`;
  return {
    columns: new Map(columns.map(({ name, ...column }) => [name, column])),
    functions: new Map(functions.map(({ name, result }) => [name, result])),
    rights: new Set(rights.map(({ told }) => told)),
    constraints: new Map(constraints.map(({ name, ...constraint }) => [name, constraint])),
  };
}
