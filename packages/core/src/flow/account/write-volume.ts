/** One archive of an export: rows of tables as lines of JSON, then objects of the store, from where the archive before ended. */
import type { Signer } from "@vigil/verify/seal";
import { inAccount } from "../../db/index.ts";
import * as Endpoint from "../../endpoint/index.ts";
import * as Evidence from "../../evidence/index.ts";
import * as Export from "../../export/index.ts";
import { evidence as evidenceLimits, exporting as limits, MIB } from "../../limits.ts";
import type { Services } from "../services.ts";
import { type Archive, openArchive } from "./archive.ts";
import { listObjects, type ObjectKind, objectKinds } from "./objects.ts";

/** `place`: where the next archive goes on; null: this one was the last. */
export type Written = {
  place: Export.Place | null;
  counts: Export.Counts;
  archive: { bytes: number; sha256: string; files: number };
};

type Writing = {
  file: string;
  no: number;
  exported: Export.Export;
  signer: Signer;
  /** Whether there is no time for more. */
  isOver: () => boolean;
  /** Is told how much there is by now. @returns whether the archive is still wanted */
  note: (counts: Export.Counts) => Promise<boolean>;
};

/** Thrown by whatever finds out that nobody wants the archive any more. */
class Unwanted extends Error {}

/** Larger than a picture: segments of manifests are text of some megabytes. */
const objectBytesMax = 64 * MIB;

/** @returns undefined when nobody wants it any more */
export async function writeVolume(services: Services, writing: Writing): Promise<Written | undefined> {
  const archive = await openArchive(writing.file);
  try {
    return await fill(services, archive, writing);
  } catch (error) {
    await archive.abandon();
    if (error instanceof Unwanted) return undefined;
    throw error;
  }
}

/** A table, or a kind of object. */
type Source = { name: string; table?: Export.Table };

async function fill(services: Services, archive: Archive, writing: Writing): Promise<Written> {
  const { exported, no, signer } = writing;
  // What the exports before it left in the store is not of the account.
  const kinds = objectKinds.filter((kind) => kind !== "exports" && kind !== "uploads");
  const tables = await inAccount(services.database, exported.accountId, (_tx, sql) => Export.listTables(sql));
  const sources: Source[] = [
    ...tables.map((table) => ({ name: table.name, table })),
    ...kinds.map((name) => ({ name })),
  ];
  const before = exported.counts;
  let counts = before;
  let place = exported.place ?? { source: sources[0]?.name ?? "", after: null };
  let isWhole = false;
  for (const { name, table } of sources.slice(
    Math.max(
      0,
      sources.findIndex(({ name: it }) => it === place.source),
    ),
  )) {
    if (name !== place.source) place = { source: name, after: null };
    const taking = {
      services,
      archive,
      writing,
      after: place.after,
      note: async (taken: number) => {
        counts = { ...counts, [name]: (counts[name] ?? 0) + taken };
        if (!(await writing.note(counts))) throw new Unwanted();
      },
    };
    const { isMore, after } = await (table
      ? takeRows(taking, table)
      : takeObjects(taking, name as ObjectKind));
    if (isMore) {
      place = { source: name, after };
      break;
    }
    isWhole = name === sources.at(-1)?.name;
  }
  const manifest = describe({ exported, no, before, counts, isWhole });
  await archive.add("manifest.json", Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  return { place: isWhole ? null : place, counts, archive: await archive.end(signer) };
}

/** `isMore`: there may be more of it after `after`, for which this archive has no room. */
type Taken = { isMore: boolean; after: string | null };

type Taking = {
  services: Services;
  archive: Archive;
  writing: Writing;
  after: string | null;
  note: (taken: number) => Promise<void>;
};

function isFull({ archive, writing }: Taking): boolean {
  const { bytes, files } = archive.size();
  return bytes >= limits.volumeBytesMax || files >= limits.volumeFilesMax || writing.isOver();
}

async function takeRows(taking: Taking, table: Export.Table): Promise<Taken> {
  const { services, archive, writing, note } = taking;
  const { accountId } = writing.exported;
  const file = archive.begin(`rows/${table.name}.ndjson`);
  let after = taking.after;
  let isMore = true;
  while (isMore && !isFull(taking)) {
    const page = await inAccount(services.database, accountId, (_tx, sql) =>
      Export.readRows(sql, table, { accountId, after, countMax: limits.rowsAtOnceMax }),
    );
    isMore = page.lines.length === limits.rowsAtOnceMax;
    after = page.after ?? after;
    const lines =
      table.name === "endpoint" ? page.lines.map((line) => revealTarget(services, line)) : page.lines;
    if (lines.length > 0) await file.push(Buffer.from(`${lines.join("\n")}\n`));
    await note(lines.length);
  }
  await file.end();
  return { isMore, after };
}

/** Where an endpoint leads is kept sealed, and is the account's own all the same. */
function revealTarget({ telling }: Services, line: string): string {
  const { target_sealed: sealed, ...row } = JSON.parse(line) as { target_sealed: string };
  const target = sealed === "" ? null : Endpoint.openTarget({ targetSealed: sealed }, telling.endpointKey);
  return JSON.stringify({ ...row, target });
}

async function takeObjects(taking: Taking, kind: ObjectKind): Promise<Taken> {
  const { services, archive, writing, note } = taking;
  const { accountId } = writing.exported;
  let after = taking.after;
  while (!isFull(taking)) {
    const listed = await listObjects(services, { kind, accountId, after, countMax: limits.listedObjectsMax });
    if (listed.length === 0) return { isMore: false, after };
    for (let first = 0; first < listed.length && !isFull(taking); first += limits.objectsAtOnceMax) {
      const some = listed.slice(first, first + limits.objectsAtOnceMax);
      const read = await Promise.all(
        some.map(async ({ key, bytes }) => ({
          key,
          bytes: await services.blobs.read(key, Math.min(bytes, objectBytesMax)),
        })),
      );
      // One that went in this moment is not there any more.
      const there = read.flatMap(({ key, bytes }) => (bytes ? [{ key, bytes }] : []));
      for (const { key, bytes } of there) await archive.add(nameOf(key, kind, accountId, bytes), bytes);
      after = some.at(-1)?.key ?? after;
      await note(there.length);
    }
  }
  return { isMore: true, after };
}

/** Its name in the store without the account, and an ending where it is a picture. */
function nameOf(key: string, kind: ObjectKind, accountId: string, bytes: Uint8Array): string {
  const contentType = Evidence.sniff(bytes.subarray(0, evidenceLimits.multipartHeadBytesMax));
  return `${kind}/${key.slice(`${kind}/${accountId}/`.length)}${contentType ? Evidence.endings[contentType] : ""}`;
}

/** What whoever reads the archives counts again: of this archive, and of all until its end. */
function describe(told: {
  exported: Export.Export;
  no: number;
  before: Export.Counts;
  counts: Export.Counts;
  isWhole: boolean;
}): object {
  const { exported, no, before, counts, isWhole } = told;
  const here = Object.fromEntries(
    Object.entries(counts).map(([source, total]) => [source, total - (before[source] ?? 0)]),
  );
  return {
    v: 1,
    account: exported.accountId,
    export: exported.id,
    askedAt: exported.askedAt.toISOString(),
    volume: no,
    isLast: isWhole,
    counts: here,
    countsUntilHere: counts,
    leftOut: Export.tablesLeftOut,
  };
}
