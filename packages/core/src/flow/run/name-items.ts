/** A member names the items of a run: those whose bytes the account has are accepted, for the others it is told where to upload. */
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import { evidence, run as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import * as Run from "../../run/index.ts";
import type { ItemInput, ItemsReply, MissingContent } from "../../run/wire.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { judgeFirstChunk } from "../source/gate-run.ts";
import { assertRoomOfSource } from "../source/quota.ts";
import { dispatchChunks } from "./dispatch-chunks.ts";

type Named = { accountId: string; runId: string; items: readonly ItemInput[] };

/** @throws `not-found`, `run-moved-on` when its listing is finished, `item-differs`, `too-many` when its source may give no more */
export async function nameItems(services: Services, named: Named): Promise<ItemsReply> {
  const { accountId, items } = named;
  const take = (some: Named & { stored: readonly Run.StoredContent[] }) =>
    inAccount(services.database, accountId, (tx, sql) => accept(services, tx, sql, some));
  const first = await take({ ...named, stored: [] });
  const rest = items.filter(({ sha256 }) => !first.known.has(sha256));
  const stored = await findStored(services, accountId, rest);
  const second = stored.length === 0 ? undefined : await take({ ...named, items: rest, stored });
  if (first.planned || second?.planned) {
    await afterCommit(services, "chunks", () => dispatchChunks(services));
  }
  const missing = rest.filter(({ sha256 }) => !second?.known.has(sha256));
  return {
    accepted: items.length - missing.length,
    missing: await Promise.all(distinct(missing).map((content) => uploadOf(services, accountId, content))),
  };
}

/** Records the items whose bytes are known. @returns the hashes that are, and whether a chunk waits for a worker now */
async function accept(
  services: Services,
  tx: Tx,
  sql: Queryable,
  { accountId, runId, items, stored }: Named & { stored: readonly Run.StoredContent[] },
): Promise<{ known: Set<string>; planned: boolean }> {
  const at = services.clock.now();
  await Run.recordContent(sql, { accountId, stored, at });
  const hashes = items.map(({ sha256 }) => sha256);
  const [found, known] = await Promise.all([Run.get(tx, runId), Run.listKnown(sql, hashes)]);
  if (found.state !== "listing") {
    throw problem("run-moved-on", `run ${runId} is ${found.state} and takes no more items`);
  }
  const accepted = items.filter(({ sha256 }) => known.has(sha256));
  await assertRoomOfSource(sql, found, { numbers: accepted.map(({ no }) => no), at });
  let planned = false;
  for (const no of await Run.recordItems(sql, { runId, items: accepted })) {
    await Run.lockChunk(sql, { accountId, runId, no, at });
    if (await Run.planChunk(sql, { runId, no, isLast: false })) planned = true;
    if (no === 0) await judgeFirstChunk(sql, found);
  }
  return { known, planned };
}

/** What of these the store has by now. Whether the bytes are what their name says, the worker that reads them finds out. */
async function findStored(
  { blobs }: Services,
  accountId: string,
  items: readonly Run.StoredContent[],
): Promise<Run.StoredContent[]> {
  const asked = distinct(items);
  const stored: Run.StoredContent[] = [];
  for (let from = 0; from < asked.length; from += limits.lookupsAtOnceMax) {
    const some = asked.slice(from, from + limits.lookupsAtOnceMax);
    const heads = await Promise.all(
      some.map(({ sha256 }) => blobs.find(Run.contentKeyOf(accountId, sha256))),
    );
    stored.push(...some.filter(({ bytes }, index) => heads[index]?.bytes === bytes));
  }
  return stored;
}

function distinct<T extends Run.StoredContent>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.sha256, item])).values()];
}

async function uploadOf(
  { blobs }: Services,
  accountId: string,
  { sha256, bytes, contentType }: Run.StoredContent,
): Promise<MissingContent> {
  const key = Run.contentKeyOf(accountId, sha256);
  const seconds = evidence.urlSecondsMax;
  const { url, headers, expiresAt } = await blobs.presignPut({ key, bytes, contentType, sha256, seconds });
  return { sha256, method: "PUT", url, headers, expiresAt: expiresAt.toISOString() };
}
