/** What people and facts say of a source decides whether it is trusted. */
import * as Audit from "../../audit/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import { source as limits } from "../../limits.ts";
import * as Source from "../../source/index.ts";
import type { Share } from "../../source/wire.ts";
import type { Services } from "../services.ts";

/** It stands where it stood if nothing says otherwise. Every change is audited. */
export async function rateSource(
  tx: Tx,
  sql: Queryable,
  named: Source.Named,
  now: Date,
): Promise<Source.Source> {
  const found = await Source.lock(sql, named, now);
  const rated = Source.rate(found, await count(sql, found, now), now);
  if (!rated) return found;
  const detail = { name: found.key, from: found.state, to: rated.state, reasons: rated.reasons };
  const { accountId, id: subject } = found;
  await Audit.record(tx, { accountId, actor: "system", action: "source.rated", subject, detail, at: now });
  return Source.move(sql, found.id, rated, now);
}

/** In a transaction of its own, so that it stays rated whatever follows. */
export async function rateRunSource(
  { database, clock }: Services,
  { accountId, name }: { accountId: string; name: string },
): Promise<Source.Source> {
  const named = { accountId, kind: "run", key: name } as const;
  return inAccount(database, accountId, (tx, sql) => rateSource(tx, sql, named, clock.now()));
}

function count(sql: Queryable, { kind, key, since }: Source.Source, now: Date) {
  const from = new Date(Math.max(now.getTime() - limits.windowMs, since.getTime()));
  return kind === "run" ? Source.countOfRuns(sql, key, from) : Source.countOfDevice(sql, key, from);
}

export async function listShares(sql: Queryable, found: Source.Source, now: Date): Promise<Share[]> {
  return Source.sharesOf(await count(sql, found, now));
}
