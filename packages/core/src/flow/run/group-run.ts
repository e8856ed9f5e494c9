/** All items of a run have ended: those that show the same are put into groups, for people's eyes. */
import { inAccount } from "../../db/index.ts";
import { seenInItem } from "../../inspection/of-item.sql.ts";
import { run as limits } from "../../limits.ts";
import * as Run from "../../run/index.ts";
import type { Services } from "../services.ts";

const pageItems = 10_000;
const runsMax = 10;

/** Safe to run twice at once: equal items give equal groups. @returns whether the run was to be grouped */
export async function groupRun(
  services: Services,
  { accountId, runId }: { accountId: string; runId: string },
): Promise<boolean> {
  const isDue = await inAccount(
    services.database,
    accountId,
    async (tx) => (await Run.get(tx, runId)).state === "grouping",
  );
  if (!isDue) return false;
  const items = await readHashes(services, accountId, runId);
  const decisions = await inAccount(services.database, accountId, (_, sql) => Run.listDecisions(sql, runId));
  const groups = [...Run.groupByHash(items, limits.hashDistanceMax, decisions)].map(([no, group]) => ({
    no,
    group,
  }));
  for (let from = 0; from < groups.length; from += pageItems) {
    const page = JSON.stringify(groups.slice(from, from + pageItems));
    await inAccount(
      services.database,
      accountId,
      (_, sql) => sql`update run_item i set group_no = x."group"
        from jsonb_to_recordset(${page}::jsonb) as x (no int, "group" int)
        where i.run_id = ${runId} and i.no = x.no`,
    );
  }
  return inAccount(services.database, accountId, (tx) => Run.move(tx, runId, "review"));
}

type Hashed = { no: number; sha256: string; hash: string | null };

/** In the order of their numbers. */
async function readHashes(services: Services, accountId: string, runId: string): Promise<Hashed[]> {
  const items: Hashed[] = [];
  for (let after = -1; ; after = items.at(-1)?.no ?? 0) {
    const page = await inAccount(
      services.database,
      accountId,
      (_, sql) => sql<Hashed[]>`select i.no, i.sha256, n.hash from run_item i join run r on r.id = i.run_id
        ${seenInItem}
        where i.run_id = ${runId} and i.no > ${after} and i.no <= ${after + pageItems} order by i.no`,
    );
    items.push(...page);
    if (page.length < pageItems) return items;
  }
}

/** Runs whose groups nobody has finished. @returns how many were grouped */
export async function groupRuns(services: Services): Promise<number> {
  const due = await services.database.sql<{ accountId: string; runId: string }[]>`
    select account_id as "accountId", run_id as "runId" from runs_to_group(${runsMax})`;
  let grouped = 0;
  for (const run of due) if (await groupRun(services, run)) grouped += 1;
  return grouped;
}
