/** Runs: opened, moved by compare-and-set, and counted. Their items and chunks: `items.ts`, `chunks.ts`. */
import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import type { ModelName } from "../review/wire.ts";
import { run } from "./run.sql.ts";
import { sourcesOf } from "./state.ts";
import type { End, RunState } from "./wire.ts";

export {
  addStep,
  type Chunk,
  claimChunks,
  dropChunks,
  endChunk,
  findChunk,
  isLastStep,
  listGathering,
  lockChunk,
  lockChunks,
  markSent,
  openGate,
  planChunk,
  releaseOverdue,
  restart,
} from "./chunks.ts";
export { listDecisions, type Pair, recordDecisions } from "./decisions.ts";
export { createGrouping, itemsAtOnce } from "./group-by-looks.ts";
export { contentKeyOf, listKnown, recordContent, recordItems, type StoredContent } from "./items.ts";
export { policyHash } from "./policy.ts";

export type Run = typeof run.$inferSelect;

export async function record(tx: Tx, opened: Run): Promise<void> {
  await tx.insert(run).values(opened);
}

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Run> {
  const [found] = await tx.select().from(run).where(eq(run.id, id));
  if (!found) throw problem("not-found", `no run ${id}`);
  return found;
}

/** Nobody else changes the run until the transaction ends. @throws `not-found` */
export async function lock(tx: Tx, id: string): Promise<Run> {
  const [found] = await tx.select().from(run).where(eq(run.id, id)).for("update");
  if (!found) throw problem("not-found", `no run ${id}`);
  return found;
}

/** Newest first. */
export async function list(tx: Tx, { limit, before }: { limit: number; before?: string | undefined }) {
  return tx
    .select()
    .from(run)
    .where(before === undefined ? undefined : lt(run.id, before))
    .orderBy(desc(run.id))
    .limit(limit);
}

/** @returns whether it moved */
export async function move(tx: Tx, id: string, to: RunState): Promise<boolean> {
  const moved = await tx
    .update(run)
    .set({ state: to })
    .where(and(eq(run.id, id), inArray(run.state, sourcesOf(to))))
    .returning({ id: run.id });
  return moved.length > 0;
}

export async function setPaused(tx: Tx, id: string, pausedAt: Date | null): Promise<void> {
  await tx.update(run).set({ pausedAt }).where(eq(run.id, id));
}

/** The run's model, which is this one if it had none. */
export async function settleModel(sql: Queryable, id: string, model: ModelName): Promise<ModelName> {
  const [row] = await sql<{ model: ModelName }[]>`update run set
    model = coalesce(model, ${JSON.stringify(model)}::jsonb) where id = ${id} returning model`;
  if (!row) throw problem("not-found", `no run ${id}`);
  return row.model;
}

export type Counts = { accepted: number; open: number; ends: Record<End, number> };

/** The ledger of each run, read in one query: accepted is the sum of open and of the ends. */
export async function count(sql: Queryable, ids: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await sql<{ id: string; accepted: number; open: number; ends: Record<End, number> }[]>`
    select r.id, count(i.no)::int as accepted, count(i.no) filter (where i.ending is null)::int as open,
      json_build_object(
        'inspected', count(i.no) filter (where i.ending = 'inspected' and not i.is_asked),
        'reused', count(i.no) filter (where i.ending = 'reused' and not i.is_asked),
        'asked', count(i.no) filter (where i.is_asked),
        'unreadable', count(i.no) filter (where i.ending = 'unreadable'),
        'refused', count(i.no) filter (where i.ending = 'refused'),
        'dead', count(i.no) filter (where i.ending = 'dead')) as ends
    from run r left join run_item i on i.run_id = r.id where r.id = any (${[...ids]}) group by r.id`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** A run of which everything was named and has ended is grouped next. @returns whether it moved */
export async function advance(sql: Queryable, id: string): Promise<boolean> {
  const moved = await sql`update run r set state = 'grouping' where r.id = ${id} and r.state = 'running'
    and not exists (select from run_chunk c where c.run_id = r.id and c.state <> 'ended') returning r.id`;
  return moved.length > 0;
}
