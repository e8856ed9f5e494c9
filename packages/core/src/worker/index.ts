/** Workers, as the database remembers them: one row each, with what its latest heartbeat said. */
import type { Queryable } from "../db/index.ts";
import { worker as limits } from "../limits.ts";

/**
 * Forgets workers that have been silent for long, and of more than `worker.rememberedMax` those that were silent longest:
 * whoever has a worker's key may report under any name. @returns how many
 */
export async function forget(sql: Queryable, now: Date): Promise<number> {
  const before = new Date(now.getTime() - limits.rememberedMsMax);
  const [row] = await sql<
    { workers: number }[]
  >`select forget_workers(${before}, ${limits.rememberedMax})::int as workers`;
  return row?.workers ?? 0;
}
