/**
 * What people said of pairs of contents, whether they show the same. Kept by account and pair, so that what was taken apart in one
 * run never comes together again in another, and the other way round.
 */
import type { Queryable } from "../db/index.ts";

export type Pair = { one: string; other: string; isSame: boolean };

/** What was said of a pair last holds. */
export async function recordDecisions(
  sql: Queryable,
  { accountId, pairs, at }: { accountId: string; pairs: readonly Pair[]; at: Date },
): Promise<void> {
  const rows = pairs.filter(({ one, other }) => one !== other).map(inOrder);
  if (rows.length === 0) return;
  await sql`insert into group_decision (account_id, first_sha256, second_sha256, is_same, decided_at)
    select distinct on (x.first, x.second) ${accountId}, x.first, x.second, x.same, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (first text, second text, same boolean)
    on conflict (account_id, first_sha256, second_sha256) do update set is_same = excluded.is_same, decided_at = excluded.decided_at`;
}

function inOrder({ one, other, isSame }: Pair): { first: string; second: string; same: boolean } {
  return one < other
    ? { first: one, second: other, same: isSame }
    : { first: other, second: one, same: isSame };
}

/** Of pairs that are both in the run, newest first. */
export async function listDecisions(sql: Queryable, runId: string): Promise<Pair[]> {
  return sql<
    Pair[]
  >`select d.first_sha256 as one, d.second_sha256 as other, d.is_same as "isSame" from group_decision d
    where exists (select from run_item i where i.run_id = ${runId} and i.sha256 = d.first_sha256)
      and exists (select from run_item i where i.run_id = ${runId} and i.sha256 = d.second_sha256)
    order by d.decided_at desc, d.first_sha256, d.second_sha256`;
}
