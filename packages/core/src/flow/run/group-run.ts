/** All items of a run have ended: those that show the same are put into groups, for people's eyes. */
import { setImmediate as othersTurn } from "node:timers/promises";
import { inAccount } from "../../db/index.ts";
import { seenInItem } from "../../inspection/of-item.sql.ts";
import { run as limits } from "../../limits.ts";
import * as Run from "../../run/index.ts";
import type { ComparedBy } from "../../run/wire.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { rateRunSource } from "../source/rate-source.ts";
import { askPeople, judgeItems } from "./ask-people.ts";

const pageItems = 10_000;
const pageEmbeddings = 2_000;
const runsMax = 10;

type Named = { accountId: string; runId: string };

/** Groups the run, unless it is so large that whoever waits for an answer would wait too long: the sweep does that. */
export async function groupRunSoon(services: Services, named: Named): Promise<boolean> {
  return groupRun(services, named, limits.groupedAtOnceMax);
}

/** Safe to run twice at once: equal items give equal groups. @returns whether the run was grouped */
async function groupRun(services: Services, named: Named, itemsMax: number): Promise<boolean> {
  const { accountId, runId } = named;
  const isDue = await inAccount(services.database, accountId, async (tx, sql) => {
    if ((await Run.get(tx, runId)).state !== "grouping") return false;
    return ((await Run.count(sql, [runId])).get(runId)?.accepted ?? 0) <= itemsMax;
  });
  if (!isDue) return false;
  const items = await readHashes(services, named);
  const decisions = await inAccount(services.database, accountId, (_, sql) => Run.listDecisions(sql, runId));
  const length = usualNumbers(items);
  const grouping = Run.createGrouping(items, {
    distanceMax: limits.hashDistanceMax,
    decisions,
    ...(length > 0 ? { embeddings: { length, ...embeddingLimits(items.length) } } : {}),
  });
  for await (const some of embeddingsOf(services, named, { items, length })) grouping.take(some);
  if (!(await keepGroups(services, named, grouping.end()))) return false;
  const { rules, source } = await inAccount(services.database, accountId, (tx) => Run.get(tx, runId));
  const near = rules === null ? [] : await judgeItems(services, { accountId, runId, rules });
  const isGrouped = await inAccount(services.database, accountId, async (tx, sql) => {
    const comparedBy: ComparedBy = length > 0 ? "hashes-and-embeddings" : "hashes";
    if (!(await Run.move(tx, runId, "review"))) return false;
    await sql`update run set compared_by = ${comparedBy} where id = ${runId}`;
    if (rules !== null) {
      const at = services.clock.now();
      await askPeople(sql, { accountId, runId, rules }, { near, accepted: items.length, at });
    }
    return true;
  });
  if (isGrouped) {
    await afterCommit(services, "source", () => rateRunSource(services, { accountId, name: source }));
  }
  return isGrouped;
}

/** As many as most embeddings of the run have; 0: there are none. */
function usualNumbers(items: readonly Hashed[]): number {
  const lengths = Map.groupBy(
    items.filter(({ numbers }) => numbers > 0),
    ({ numbers }) => numbers,
  );
  const [[usual] = [0]] = [...lengths].toSorted(([, some], [, others]) => others.length - some.length);
  return usual;
}

/** What it costs to compare grows with the square of the items, and is bounded: each with the last so many of those before. */
function embeddingLimits(items: number): { knownMax: number; cosineMin: number } {
  const knownMax = Math.max(limits.embeddingsKnownMin, Math.floor(limits.embeddingPairsMax / items));
  return { knownMax: Math.min(knownMax, items), cosineMin: limits.embeddingCosineMin };
}

/** @returns false: another one was faster, and people may have changed its groups since */
async function keepGroups(
  services: Services,
  { accountId, runId }: Named,
  grouped: ReadonlyMap<number, number>,
): Promise<boolean> {
  const groups = [...grouped].map(([no, group]) => ({ no, group }));
  for (let from = 0; from < groups.length; from += pageItems) {
    const page = JSON.stringify(groups.slice(from, from + pageItems));
    const isKept = await inAccount(services.database, accountId, async (tx, sql) => {
      if ((await Run.lock(tx, runId)).state !== "grouping") return false;
      await sql`update run_item i set group_no = x."group"
        from jsonb_to_recordset(${page}::jsonb) as x (no int, "group" int)
        where i.run_id = ${runId} and i.no = x.no`;
      return true;
    });
    if (!isKept) return false;
  }
  return true;
}

type Hashed = {
  no: number;
  sha256: string;
  hash: string | null /** Of its embedding; 0: it has none. */;
  numbers: number;
};

/** In the order of their numbers. */
async function readHashes(services: Services, { accountId, runId }: Named): Promise<Hashed[]> {
  const items: Hashed[] = [];
  for (let after = -1; ; after = items.at(-1)?.no ?? 0) {
    const page = await inAccount(
      services.database,
      accountId,
      (_, sql) => sql<Hashed[]>`select i.no, i.sha256, n.hash, coalesce(length(n.embedding), 0) as numbers
        from run_item i join run r on r.id = i.run_id
        ${seenInItem}
        where i.run_id = ${runId} and i.no > ${after} and i.no <= ${after + pageItems} order by i.no`,
    );
    items.push(...page);
    if (page.length < pageItems) return items;
  }
}

/**
 * Of the items in order, few at a time, and others have their turn in between. No more than a page is held.
 * @param length of an embedding; another one says nothing
 */
async function* embeddingsOf(
  services: Services,
  { accountId, runId }: Named,
  { items, length }: { items: readonly Hashed[]; length: number },
): AsyncGenerator<(Uint8Array | undefined)[]> {
  for (let from = 0; from < items.length; from += pageEmbeddings) {
    const page = items.slice(from, from + pageEmbeddings);
    const read =
      length > 0 ? await readEmbeddings(services, { accountId, runId }, page) : new Map<number, Uint8Array>();
    for (let at = 0; at < page.length; at += Run.itemsAtOnce) {
      yield page.slice(at, at + Run.itemsAtOnce).map(({ no }) => {
        const embedding = read.get(no);
        return embedding?.length === length ? embedding : undefined;
      });
      await othersTurn();
    }
  }
}

async function readEmbeddings(
  services: Services,
  { accountId, runId }: Named,
  page: readonly Hashed[],
): Promise<Map<number, Uint8Array>> {
  const [first, last] = [page[0]?.no ?? 0, page.at(-1)?.no ?? 0];
  const rows = await inAccount(
    services.database,
    accountId,
    (_, sql) => sql<{ no: number; embedding: Uint8Array }[]>`select i.no, n.embedding from run_item i
      join run r on r.id = i.run_id ${seenInItem}
      where i.run_id = ${runId} and i.no between ${first} and ${last} and n.embedding is not null`,
  );
  return new Map(rows.map(({ no, embedding }) => [no, embedding]));
}

/** Runs whose groups nobody has finished. @returns how many were grouped */
export async function groupRuns(services: Services): Promise<number> {
  const due = await services.database.sql<Named[]>`
    select account_id as "accountId", run_id as "runId" from runs_to_group(${runsMax})`;
  let grouped = 0;
  for (const run of due) if (await groupRun(services, run, limits.itemsMax)) grouped += 1;
  return grouped;
}
