/** Runs, their items, groups and manifests as members read them. */
import { writePublicKey } from "@vigil/verify/seal";
import { inAccount, type Part, part } from "../../db/index.ts";
import type { Detection } from "../../digest/wire.ts";
import { seenInItem } from "../../inspection/of-item.sql.ts";
import { evidence } from "../../limits.ts";
import * as Manifest from "../../manifest/index.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import { problem } from "../../problem.ts";
import * as Question from "../../question/index.ts";
import type { RunQuestions } from "../../question/wire.ts";
import * as Run from "../../run/index.ts";
import type { End, GroupPage, ItemPage, ItemView, RunManifest, RunView } from "../../run/wire.ts";
import type { Services } from "../services.ts";

type Named = { accountId: string; id: string };

/** @throws `not-found` */
export async function getRun(services: Services, { accountId, id }: Named): Promise<RunView> {
  return inAccount(services.database, accountId, async (tx, sql) => {
    const found = await Run.get(tx, id);
    const sealed = await Manifest.findOfRun(tx, id);
    const counts = (await Run.count(sql, [id])).get(id);
    return viewOf(found, {
      counts,
      asked: (await Question.tally(sql, [id])).get(id),
      version: sealed?.version,
    });
  });
}

export async function listRuns(
  services: Services,
  { accountId, limit, before }: PageRequest & { accountId: string },
): Promise<Page<RunView>> {
  return inAccount(services.database, accountId, async (tx, sql) => {
    const rows = await Run.list(tx, { limit: limit + 1, before });
    const ids = rows.map(({ id }) => id);
    const [counts, asked] = await Promise.all([Run.count(sql, ids), Question.tally(sql, ids)]);
    const views: RunView[] = [];
    for (const row of rows) {
      const version = (await Manifest.findOfRun(tx, row.id))?.version;
      views.push(viewOf(row, { counts: counts.get(row.id), asked: asked.get(row.id), version }));
    }
    return pageOf(views, limit);
  });
}

type Known = {
  counts: Run.Counts | undefined;
  asked: Question.Tally | undefined;
  version: number | undefined;
};

function viewOf(row: Run.Run, { counts, asked, version }: Known): RunView {
  if (!counts) throw new Error(`expected the counts of ${row.id}`);
  return {
    id: row.id,
    source: row.source,
    state: row.state,
    isPaused: row.pausedAt !== null,
    model: row.model,
    ...counts,
    comparedBy: row.comparedBy,
    createdAt: row.createdAt.toISOString(),
    rules: row.rules,
    zone: row.zone,
    questions: questionsOf(row, asked),
    manifestVersion: version ?? null,
  };
}

function questionsOf({ nearItems: near }: Run.Run, asked = Question.noQuestions): RunQuestions | null {
  return near === null ? null : { near, overflow: near - asked.asked, ...asked };
}

type Row = {
  no: number;
  name: string;
  sha256: string;
  end: End | null;
  group: number | null;
  reason: string | null;
  declared: string | null;
  margin: number | null;
  detections: Detection[];
};

async function readItems(services: Services, { accountId, id }: Named, which: Part): Promise<Row[]> {
  return inAccount(services.database, accountId, async (tx, sql) => {
    await Run.get(tx, id);
    return sql<
      Row[]
    >`select i.no, i.name, i.sha256, case when i.is_asked then 'asked' else i.ending end as "end",
      i.group_no as "group", i.reason, i.declared, i.margin,
      case when i.ending is null then '[]' else coalesce(n.detections, '[]') end as detections
      from run_item i join run r on r.id = i.run_id
      ${seenInItem}
      where i.run_id = ${id} and ${which}`;
  });
}

async function withPicture(services: Services, accountId: string, row: Row): Promise<ItemView> {
  const key = Run.contentKeyOf(accountId, row.sha256);
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: evidence.urlSecondsMax });
  return { ...row, picture: { url, expiresAt: expiresAt.toISOString() } };
}

type After = Named & { after: number; limit: number };
/** A group by the number of its first item, or what stands alone. */
type OfGroup = { group?: string | undefined };

/** In the order of numbers. @throws `not-found` */
export async function listRunItems(
  services: Services,
  { after, limit, group, ...named }: After & OfGroup,
): Promise<ItemPage> {
  const ofGroup =
    group === undefined
      ? part``
      : group === "none"
        ? part`and i.group_no is null`
        : part`and i.group_no = ${Number(group)}`;
  const rows = await readItems(
    services,
    named,
    part`i.no > ${after} ${ofGroup} order by i.no limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  return {
    items: await Promise.all(items.map((row) => withPicture(services, named.accountId, row))),
    nextAfter: rows.length > limit ? (items.at(-1)?.no ?? null) : null,
  };
}

/** Items of a group that are shown. */
const shownMax = 12;

/** In the order of their first items. Of a group, however large, no more is read than is shown. @throws `not-found` */
export async function listRunGroups(
  services: Services,
  { after, limit, ...named }: After,
): Promise<GroupPage> {
  const sizes = await inAccount(
    services.database,
    named.accountId,
    (_, sql) => sql<{ group: number; size: number }[]>`select group_no as "group", count(*)::int as size
      from run_item where run_id = ${named.id} and group_no > ${after} group by group_no order by group_no limit ${limit + 1}`,
  );
  const shown = sizes.slice(0, limit);
  const rows = await readItems(
    services,
    named,
    part`i.no in (select m.no from unnest(string_to_array(${shown.map(({ group }) => group).join()}, ',')::int[]) as g (no)
      cross join lateral (select o.no from run_item o where o.run_id = ${named.id} and o.group_no = g.no
        order by o.no limit ${shownMax}) m) order by i.no`,
  );
  const members = Map.groupBy(rows, ({ group }) => group);
  return {
    groups: await Promise.all(
      shown.map(async ({ group, size }) => ({
        group,
        size,
        items: await Promise.all(
          (members.get(group) ?? []).map((row) => withPicture(services, named.accountId, row)),
        ),
      })),
    ),
    nextAfter: sizes.length > limit ? (shown.at(-1)?.group ?? null) : null,
  };
}

/** The version that was made for the run last. @throws `not-found` */
export async function getRunManifest(services: Services, { accountId, id }: Named): Promise<RunManifest> {
  const sealed = await inAccount(services.database, accountId, async (tx) => {
    await Run.get(tx, id);
    return Manifest.findOfRun(tx, id);
  });
  if (!sealed) throw problem("not-found", `run ${id} is not sealed`);
  const { version, segments, note } = sealed;
  return {
    version,
    publicKey: await writePublicKey(await Manifest.signerOf(services.jobSigningKey)),
    manifest: { format: "vigil-manifest-1", segments, note },
    segments: await Promise.all(
      segments.map(async ({ name }) => {
        const key = Manifest.segmentKeyOf(accountId, name);
        const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: evidence.urlSecondsMax });
        return { name, url, expiresAt: expiresAt.toISOString() };
      }),
    ),
  };
}
