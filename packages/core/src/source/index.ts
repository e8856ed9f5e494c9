/** Sources: found or begun, moved by what is held against them, and overruled by owners. */
import { type Queryable, raw } from "../db/index.ts";
import * as Id from "../id.ts";
import { source as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import type { Rated } from "./rate.ts";
import type { source } from "./source.sql.ts";
import type { SourceKind, SourceState } from "./wire.ts";

export { countOfDevice, countOfRuns } from "./count.ts";
export { isOffTopic, rate, sharesOf, wayBackAt } from "./rate.ts";

export type Source = typeof source.$inferSelect;
export type Named = { accountId: string; kind: SourceKind; key: string };

const columns = `id, account_id as "accountId", kind, key, state, since, reasons, items_per_run as "itemsPerRun",
  items_per_day as "itemsPerDay", overruled_by as "overruledBy", overruled_reason as "overruledReason",
  overruled_at as "overruledAt", created_at as "createdAt"`;

/** Begun as trusted all along if it was never rated. Nobody else changes it until the transaction ends. */
export async function lock(sql: Queryable, { accountId, kind, key }: Named, at: Date): Promise<Source> {
  const [found] = await sql<
    Source[]
  >`insert into source (id, account_id, kind, key, state, since, reasons, created_at)
    values (${Id.create("source")}, ${accountId}, ${kind}, ${key}, 'trusted', ${new Date(at.getTime() - limits.windowMs)}, '[]', ${at})
    on conflict (account_id, kind, key) do update set key = excluded.key returning ${raw(columns)}`;
  if (!found) throw new Error(`expected the source ${key}`);
  return found;
}

/** @throws `not-found` */
export async function get(sql: Queryable, id: string): Promise<Source> {
  const [found] = await sql<Source[]>`select ${raw(columns)} from source where id = ${id}`;
  if (!found) throw problem("not-found", `no source ${id}`);
  return found;
}

export async function find(
  sql: Queryable,
  { kind, key }: Pick<Named, "kind" | "key">,
): Promise<Source | undefined> {
  const [found] = await sql<
    Source[]
  >`select ${raw(columns)} from source where kind = ${kind} and key = ${key}`;
  return found;
}

/** Devices that are there and what runs of the last days name: all that the account has, some with nothing against them. */
export async function listNames(sql: Queryable, since: Date): Promise<Pick<Named, "kind" | "key">[]> {
  return sql<Pick<Named, "kind" | "key">[]>`select kind, key from (
      select 'device' as kind, d.id as key, d.created_at as at from device d where d.removed_at is null
      union all
      select 'run', r.source, max(r.created_at) from run r where r.created_at >= ${since} group by r.source
      union all
      select s.kind, s.key, s.created_at from source s where s.kind = 'run' and s.state <> 'trusted') x
    group by kind, key order by kind, max(at) desc limit ${limits.listedMax}`;
}

export async function move(sql: Queryable, id: string, { state, reasons }: Rated, at: Date): Promise<Source> {
  await sql`update source set state = ${state}, since = ${at}, reasons = ${JSON.stringify(reasons)}::jsonb where id = ${id}`;
  return get(sql, id);
}

/** An owner says otherwise: what was before counts no more. */
export async function overrule(
  sql: Queryable,
  id: string,
  { state, reason, by, at }: { state: SourceState; reason: string; by: string; at: Date },
): Promise<void> {
  await sql`update source set state = ${state}, since = ${at}, reasons = '[]', overruled_by = ${by},
    overruled_reason = ${reason}, overruled_at = ${at} where id = ${id}`;
}

export type Quota = { itemsPerRun: number | null; itemsPerDay: number | null };

export async function setQuota(
  sql: Queryable,
  id: string,
  { itemsPerRun, itemsPerDay }: Quota,
): Promise<void> {
  await sql`update source set items_per_run = ${itemsPerRun}, items_per_day = ${itemsPerDay} where id = ${id}`;
}

/** What an owner says, or what a source on probation may give. */
export function quotaOf({ state, itemsPerRun, itemsPerDay }: Pick<Source, "state"> & Quota): Quota {
  const isOnProbation = state === "probation";
  return {
    itemsPerRun: itemsPerRun ?? (isOnProbation ? limits.probationItemsPerRun : null),
    itemsPerDay: itemsPerDay ?? (isOnProbation ? limits.probationItemsPerDay : null),
  };
}
