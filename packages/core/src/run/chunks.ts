/** Chunks: planned when their items are complete, claimed for the queue, ended when all their items have. */
import type { Queryable } from "../db/index.ts";
import { seenInItem } from "../inspection/of-item.sql.ts";
import { run as limits } from "../limits.ts";
import type { ModelName } from "../review/wire.ts";

export type Chunk = {
  no: number;
  state: "gathering" | "held" | "waiting" | "sent" | "ended";
  step: number;
  resultHash: Uint8Array | null;
};

/** Where a chunk's items are in its run: from the first to before the last. */
function spanOf(chunk: number): { from: number; until: number } {
  return { from: chunk * limits.chunkItemsMax, until: (chunk + 1) * limits.chunkItemsMax };
}

/** Makes the chunk if it is not there; nobody else changes it until the transaction ends. */
export async function lockChunk(
  sql: Queryable,
  { accountId, runId, no, at }: { accountId: string; runId: string; no: number; at: Date },
): Promise<Chunk> {
  const [chunk] = await sql<Chunk[]>`insert into run_chunk (account_id, run_id, no, state, created_at)
    values (${accountId}, ${runId}, ${no}, 'gathering', ${at})
    on conflict (run_id, no) do update set no = excluded.no
    returning no, state, step, result_hash as "resultHash"`;
  if (!chunk) throw new Error(`expected the chunk ${no} of ${runId}`);
  return chunk;
}

export async function findChunk(sql: Queryable, runId: string, no: number): Promise<Chunk | undefined> {
  const [chunk] = await sql<Chunk[]>`select no, state, step, result_hash as "resultHash"
    from run_chunk where run_id = ${runId} and no = ${no}`;
  return chunk;
}

/** Chunks whose items are not complete. */
export async function listGathering(sql: Queryable, runId: string): Promise<number[]> {
  const rows = await sql<{ no: number }[]>`select no from run_chunk
    where run_id = ${runId} and state = 'gathering' order by no for update`;
  return rows.map((row) => row.no);
}

/**
 * A chunk that gathers its items waits for a worker once it has them all. What was inspected since they were named ends here; a
 * chunk of which nothing is open ends as well.
 * @param isLast no items follow, so that it has all it will get
 * @returns whether it waits
 */
export async function planChunk(
  sql: Queryable,
  { runId, no, isLast }: { runId: string; no: number; isLast: boolean },
): Promise<boolean> {
  const { from, until } = spanOf(no);
  const [items] = await sql<{ count: number; open: number }[]>`select count(*)::int as count,
    count(*) filter (where ending is null)::int as open
    from run_item where run_id = ${runId} and no >= ${from} and no < ${until}`;
  if (!isLast && items?.count !== limits.chunkItemsMax) return false;
  if (no > 0) {
    // Whoever opens the gate waits until it is known whether this chunk stands behind it.
    await sql`select from run r where r.id = ${runId} and r.gate = 'sample' and exists (
      select from run_chunk c where c.run_id = r.id and c.no = ${no} and c.state = 'gathering') for share`;
    await refuseBehindGate(sql, runId, { from, until });
  }
  if (items?.open !== 0) {
    await sql`update run_item f set ending = case x.outcome when 'unreadable' then 'unreadable' else 'reused' end, reason = x.reason
      from (select i.no, n.outcome, n.reason from run_item i join run r on r.id = i.run_id ${seenInItem}
        where i.run_id = ${runId} and i.no >= ${from} and i.no < ${until} and i.ending is null and n.outcome is not null) x
      where f.run_id = ${runId} and f.no = x.no and f.ending is null`;
  }
  const [planned] = await sql<{ state: Chunk["state"] }[]>`update run_chunk c set state = case when exists (
      select from run_item i where i.run_id = c.run_id and i.no >= ${from} and i.no < ${until} and i.ending is null
    ) then case when c.no > 0 and r.gate = 'sample' then 'held' else 'waiting' end else 'ended' end
    from run r where r.id = c.run_id and c.run_id = ${runId} and c.no = ${no} and c.state = 'gathering' returning c.state`;
  return planned?.state === "waiting";
}

/** The first pictures were bad, and nobody looks at the rest. What was seen before is known all the same. */
async function refuseBehindGate(
  sql: Queryable,
  runId: string,
  { from, until }: { from: number; until: number },
): Promise<void> {
  const reason = "its source is on probation, and the first pictures of the run are off-topic";
  await sql`update run_item i set ending = 'refused', reason = ${reason} from run r
    where r.id = ${runId} and r.gate = 'closed' and i.run_id = r.id and i.no >= ${from} and i.no < ${until} and i.ending is null`;
}

/** The first chunk has ended: the others follow, or are refused as a whole. */
export async function openGate(sql: Queryable, runId: string, isOpen: boolean): Promise<void> {
  await sql`update run set gate = ${isOpen ? "passed" : "closed"} where id = ${runId}`;
  if (isOpen) {
    await sql`update run_chunk set state = 'waiting' where run_id = ${runId} and state = 'held'`;
    return;
  }
  const held = await sql<
    { no: number }[]
  >`select no from run_chunk where run_id = ${runId} and state = 'held'`;
  for (const { no } of held) await refuseBehindGate(sql, runId, spanOf(no));
  await sql`update run_chunk set state = 'ended' where run_id = ${runId} and state = 'held'`;
}

/** Takes chunks for the queue, a few in all, those first whose account has the fewest there. */
export async function claimChunks(
  sql: Queryable,
  { now, until }: { now: Date; until: Date },
): Promise<{ accountId: string; runId: string; no: number }[]> {
  return sql`select account_id as "accountId", run_id as "runId", no
    from claim_chunks(${now}, ${until}, ${limits.chunksInFlightMax})`;
}

export async function markSent(sql: Queryable, runId: string, no: number, at: Date): Promise<void> {
  await sql`update run_chunk set state = 'sent', sent_at = ${at}, claimed_until = null
    where run_id = ${runId} and no = ${no} and state = 'waiting'`;
}

/** Lets chunks whose messages seem lost wait for a place again. @returns how many */
export async function releaseOverdue(sql: Queryable, sentBefore: Date): Promise<number> {
  const [row] = await sql<{ chunks: number }[]>`select release_overdue_chunks(${sentBefore})::int as chunks`;
  return row?.chunks ?? 0;
}

/** Something of it is still open: it waits for another look. @param resultHash null: nobody reported */
export async function addStep(
  sql: Queryable,
  runId: string,
  no: number,
  resultHash: Uint8Array | null,
): Promise<void> {
  await sql`update run_chunk set state = 'waiting', step = step + 1, claimed_until = null, sent_at = null,
    result_hash = ${resultHash} where run_id = ${runId} and no = ${no}`;
}

/** Whatever is still open in it counts as dead. @param resultHash null: nobody reported */
export async function endChunk(
  sql: Queryable,
  {
    runId,
    no,
    resultHash,
    reason,
  }: { runId: string; no: number; resultHash: Uint8Array | null; reason: string },
): Promise<void> {
  const { from, until } = spanOf(no);
  await sql`update run_item set ending = 'dead', reason = coalesce(reason, ${reason})
    where run_id = ${runId} and no >= ${from} and no < ${until} and ending is null`;
  await sql`update run_chunk set state = 'ended', claimed_until = null, result_hash = ${resultHash}
    where run_id = ${runId} and no = ${no}`;
}

/** Nobody is to look at them any more. */
export async function dropChunks(sql: Queryable, runId: string): Promise<void> {
  await sql`update run_chunk set state = 'ended', claimed_until = null where run_id = ${runId} and state <> 'ended'`;
}

/** Looks come in rounds of {@link limits.stepsMax}: what is open after the last of a round counts as dead. */
export function isLastStep(step: number): boolean {
  return (step + 1) % limits.stepsMax === 0;
}

/** Nobody else changes them until the transaction ends. Like whoever reports one: chunks first, and then the run. */
export async function lockChunks(sql: Queryable, runId: string): Promise<void> {
  await sql`select no from run_chunk where run_id = ${runId} order by no for update`;
}

/**
 * All that was looked at is open again, for another model, in a new round: messages and reports of the one before are no longer
 * wanted. The caller has locked the chunks.
 */
export async function restart(sql: Queryable, runId: string, model: ModelName): Promise<void> {
  await sql`update run_item set ending = null, reason = null
    where run_id = ${runId} and ending in ('inspected', 'reused', 'dead')`;
  await sql`update run_chunk set state = 'waiting', step = (step / ${limits.stepsMax}::int + 1) * ${limits.stepsMax}::int,
    claimed_until = null, sent_at = null, result_hash = null where run_id = ${runId} and state not in ('gathering', 'held')`;
  await sql`update run set model = ${JSON.stringify(model)}::jsonb where id = ${runId}`;
}
