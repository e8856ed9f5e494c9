/** What a source may give: by an owner's word, or because it is on probation. */
import type { Queryable } from "../../db/index.ts";
import { problem } from "../../problem.ts";
import type * as Run from "../../run/index.ts";
import * as Source from "../../source/index.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** @param numbers of items that were named, new or not @throws `too-many` when the new ones are more than it may give */
export async function assertRoomOfSource(
  sql: Queryable,
  { id, accountId, source: key }: Run.Run,
  { numbers, at }: { numbers: readonly number[]; at: Date },
): Promise<void> {
  const known = await Source.find(sql, { kind: "run", key });
  if (!known) return;
  const { itemsPerRun, itemsPerDay } = Source.quotaOf(known);
  if ((itemsPerRun === null && itemsPerDay === null) || numbers.length === 0) return;
  // Two that are named at once are counted one after the other.
  await Source.lock(sql, { accountId, kind: "run", key }, at);
  const since = new Date(at.getTime() - dayMs);
  const [given] = await sql<{ ofRun: number; ofDay: number; again: number }[]>`select
      count(*) filter (where r.id = ${id})::int as "ofRun",
      count(*) filter (where r.created_at >= ${since})::int as "ofDay",
      count(*) filter (where r.id = ${id} and i.no = any (string_to_array(${numbers.join()}, ',')::int[]))::int as again
    from run r join run_item i on i.run_id = r.id
    where r.source = ${key} and (r.id = ${id} or r.created_at >= ${since})`;
  const { ofRun = 0, ofDay = 0, again = 0 } = given ?? {};
  const added = new Set(numbers).size - again;
  if (added === 0) return;
  if (itemsPerRun !== null && ofRun + added > itemsPerRun) {
    throw problem("too-many", `the source ${key} may give ${itemsPerRun} items in a run`);
  }
  if (itemsPerDay !== null && ofDay + added > itemsPerDay) {
    throw problem("too-many", `the source ${key} may give ${itemsPerDay} items in runs of a day`);
  }
}
