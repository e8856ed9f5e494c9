/** A person says which items of a run show the same and which do not: kept for their bytes, in later runs too. */
import type { Actor } from "../../audit/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Queryable } from "../../db/index.ts";
import { run as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import * as Run from "../../run/index.ts";
import type { GroupDecision } from "../../run/wire.ts";
import type { Services } from "../services.ts";

type Member = { no: number; sha256: string; group: number | null };

/**
 * @throws `not-found`; `run-moved-on` when the run is not in review; `invalid-body` when an item is not there, those to be split
 *   are not of one group, or the group is too large to be taken apart
 */
export async function decideGroups(
  services: Services,
  { accountId, actor }: Actor,
  id: string,
  { verdict, items: numbers }: GroupDecision,
): Promise<void> {
  const at = services.clock.now();
  await inAccount(services.database, accountId, async (tx, sql) => {
    const found = await Run.lock(tx, id);
    if (found.state !== "review") {
      throw problem("run-moved-on", `run ${id} is ${found.state}, and its groups cannot be changed`);
    }
    const named = await listNamed(sql, id, numbers);
    const members = await listMembers(sql, id, named);
    const decided = verdict === "split" ? split(named, members) : join(members);
    if (!decided) return;
    await Run.recordDecisions(sql, { accountId, pairs: decided.pairs, at });
    await moveInto(sql, id, decided.groups);
    const detail = { verdict, items: named.length };
    await Audit.record(tx, { accountId, actor, action: "run.regrouped", subject: id, detail, at });
  });
}

/** Those that were named, and whatever has the same bytes: it is never taken apart. */
async function listNamed(sql: Queryable, id: string, numbers: readonly number[]): Promise<Member[]> {
  const wanted = [...new Set(numbers)];
  const named = await sql<Member[]>`select i.no, i.sha256, i.group_no as "group" from run_item i
    where i.run_id = ${id} and i.sha256 in (select f.sha256 from run_item f
      where f.run_id = ${id} and f.no = any (string_to_array(${wanted.join()}, ',')::int[])) order by i.no`;
  const found = new Set(named.map(({ no }) => no));
  const missing = wanted.find((no) => !found.has(no));
  if (missing !== undefined) throw problem("invalid-body", `run ${id} has no item ${missing}`);
  return named;
}

/** Everything in the groups of these, and those that stand alone. */
async function listMembers(sql: Queryable, id: string, named: readonly Member[]): Promise<Member[]> {
  const groups = [...new Set(named.flatMap(({ group }) => group ?? []))];
  const grouped = await sql<Member[]>`select no, sha256, group_no as "group" from run_item
    where run_id = ${id} and group_no = any (string_to_array(${groups.join()}, ',')::int[])
    order by no limit ${limits.decidedGroupItemsMax + 1}`;
  if (grouped.length > limits.decidedGroupItemsMax) {
    throw problem("invalid-body", `expected groups of ${limits.decidedGroupItemsMax} items in all at most`);
  }
  return [...grouped, ...named.filter(({ group }) => group === null)].toSorted((a, b) => a.no - b.no);
}

type Decided = { pairs: Run.Pair[]; groups: Member[][] };

function split(named: readonly Member[], members: readonly Member[]): Decided | undefined {
  const leaving = new Set(named.map(({ no }) => no));
  if (new Set(named.map(({ group }) => group)).size > 1) {
    throw problem("invalid-body", "expected items of one group");
  }
  const gone = members.filter(({ no }) => leaving.has(no));
  const staying = members.filter(({ no }) => !leaving.has(no));
  if (staying.length === 0) return undefined;
  return { groups: [gone, staying], pairs: pairsBetween([gone, staying], false) };
}

function join(members: readonly Member[]): Decided | undefined {
  const groups = [...Map.groupBy(members, ({ no, group }) => group ?? no).values()];
  if (groups.length < 2) return undefined;
  return { groups: [[...members]], pairs: pairsBetween(groups, true) };
}

/** Every pair across groups: in another run others stand for the groups, and some are not there. */
function pairsBetween(groups: readonly Member[][], isSame: boolean): Run.Pair[] {
  const pairs = groups.flatMap((group, index) =>
    contentsOf(group).flatMap((one) =>
      contentsOf(groups.slice(index + 1).flat()).map((other) => ({ one, other, isSame })),
    ),
  );
  if (pairs.length > limits.decidedPairsMax) {
    throw problem("invalid-body", `expected ${limits.decidedPairsMax} pairs at most, got ${pairs.length}`);
  }
  return pairs;
}

function contentsOf(members: readonly Member[]): string[] {
  return [...new Set(members.map(({ sha256 }) => sha256))];
}

/** Each group is named after its first item; one that stands alone has none. */
async function moveInto(sql: Queryable, id: string, groups: readonly Member[][]): Promise<void> {
  const rows = groups.flatMap((members) => {
    const group = members.length > 1 ? (members[0]?.no ?? null) : null;
    return members.map(({ no }) => ({ no, group }));
  });
  await sql`update run_item i set group_no = x."group"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (no int, "group" int)
    where i.run_id = ${id} and i.no = x.no`;
}
