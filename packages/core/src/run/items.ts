/** Items of runs, and the bytes that they name. */
import { type Part, part, type Queryable } from "../db/index.ts";
import { seenInItem } from "../inspection/of-item.sql.ts";
import { run as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import type { ItemInput } from "./wire.ts";

/** Where the bytes lie: once for an account, however many runs name them. */
export function contentKeyOf(accountId: string, sha256: string): string {
  return `content/${accountId}/${sha256}`;
}

export type StoredContent = Pick<ItemInput, "sha256" | "bytes" | "contentType">;

/** Which of these hashes the account has the bytes of. */
export async function listKnown(sql: Queryable, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await sql<
    { sha256: string }[]
  >`select sha256 from run_content where sha256 = any (${[...new Set(hashes)]})`;
  return new Set(rows.map((row) => row.sha256));
}

export async function recordContent(
  sql: Queryable,
  { accountId, stored, at }: { accountId: string; stored: readonly StoredContent[]; at: Date },
): Promise<void> {
  if (stored.length === 0) return;
  const rows = stored.map(({ sha256, bytes, contentType: content_type }) => ({
    sha256,
    bytes,
    content_type,
  }));
  await sql`insert into run_content (account_id, sha256, bytes, content_type, stored_at)
    select distinct on (x.sha256) ${accountId}, x.sha256, x.bytes, x.content_type, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (sha256 text, bytes int, content_type text)
    on conflict do nothing`;
}

/**
 * What the run's model has seen in the account's pictures before ends here. The same again changes nothing.
 * @returns the chunks that they belong to
 * @throws `item-differs` when the run has another item of a number
 */
export async function recordItems(
  sql: Queryable,
  { runId, items }: { runId: string; items: readonly ItemInput[] },
): Promise<number[]> {
  if (items.length === 0) return [];
  const named = part`unnest(string_to_array(${items.map(({ no }) => no).join()}, ',')::int[],
    ${items.map(({ name }) => name)}::text[], ${items.map(({ sha256 }) => sha256)}::text[],
    ${items.map(({ declared }) => declared ?? "")}::text[]) as x (no, name, sha256, declared)`;
  const recorded =
    await sql`insert into run_item (account_id, run_id, no, name, sha256, declared, ending, reason)
    select i.account_id, r.id, i.no, i.name, i.sha256, nullif(i.declared, ''),
      case n.outcome when 'unreadable' then 'unreadable' when 'inspected' then 'reused' end, n.reason
    from run r cross join lateral (select r.account_id, x.* from ${named}) i ${seenInItem}
    where r.id = ${runId} on conflict do nothing returning no`;
  if (recorded.length < items.length) await assertSame(sql, runId, named);
  return [...new Set(items.map(({ no }) => Math.floor(no / limits.chunkItemsMax)))].toSorted((a, b) => a - b);
}

async function assertSame(sql: Queryable, runId: string, named: Part): Promise<void> {
  const [other] = await sql<{ no: number }[]>`select x.no from ${named}
    join run_item i on i.run_id = ${runId} and i.no = x.no
    where (i.name, i.sha256, i.declared) is distinct from (x.name, x.sha256, nullif(x.declared, '')) order by x.no limit 1`;
  if (other) throw problem("item-differs", `the run has another item ${other.no}`);
}
