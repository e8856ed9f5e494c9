/** Sources as members read them, and as owners overrule them. What time alone has brought is noted when somebody looks. */
import type { Actor } from "../../audit/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import { source as limits } from "../../limits.ts";
import * as Source from "../../source/index.ts";
import type { SourceChange, SourceView } from "../../source/wire.ts";
import type { Services } from "../services.ts";
import { listShares, rateSource } from "./rate-source.ts";

type Looking = { tx: Tx; sql: Queryable; now: Date };

export async function listSources(services: Services, accountId: string): Promise<{ items: SourceView[] }> {
  const now = services.clock.now();
  const names = await inAccount(services.database, accountId, (_, sql) =>
    Source.listNames(sql, new Date(now.getTime() - limits.windowMs)),
  );
  const items: SourceView[] = [];
  for (const named of names) {
    items.push(
      await inAccount(services.database, accountId, async (tx, sql) => {
        const rated = await rateSource(tx, sql, { accountId, ...named }, now);
        return viewOf({ tx, sql, now }, rated);
      }),
    );
  }
  return { items };
}

/** @throws `not-found` */
export async function getSource(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<SourceView> {
  const now = services.clock.now();
  return inAccount(services.database, accountId, async (tx, sql) => {
    const rated = await rateSource(tx, sql, await Source.get(sql, id), now);
    return viewOf({ tx, sql, now }, rated);
  });
}

/** What counted against it before counts no more. @throws `not-found` */
export async function changeSource(
  services: Services,
  { accountId, actor }: Actor,
  { id, state, reason, itemsPerRun, itemsPerDay }: SourceChange & { id: string },
): Promise<SourceView> {
  const at = services.clock.now();
  return inAccount(services.database, accountId, async (tx, sql) => {
    const found = await Source.lock(sql, await Source.get(sql, id), at);
    const deed = { accountId, actor, subject: id, at };
    if (state !== undefined && reason !== undefined) {
      await Source.overrule(sql, id, { state, reason, by: actor, at });
      const detail = { name: found.key, from: found.state, to: state, reason };
      await Audit.record(tx, { ...deed, action: "source.overruled", detail });
    }
    if (itemsPerRun !== undefined || itemsPerDay !== undefined) {
      const quota = {
        itemsPerRun: itemsPerRun === undefined ? found.itemsPerRun : itemsPerRun,
        itemsPerDay: itemsPerDay === undefined ? found.itemsPerDay : itemsPerDay,
      };
      await Source.setQuota(sql, id, quota);
      await Audit.record(tx, { ...deed, action: "source.quota-set", detail: { name: found.key, ...quota } });
    }
    return viewOf({ tx, sql, now: at }, await Source.get(sql, id));
  });
}

async function viewOf({ tx, sql, now }: Looking, found: Source.Source): Promise<SourceView> {
  const { id, kind, key, state, since, reasons, overruledBy: by, overruledReason: reason } = found;
  const shares = await listShares(sql, found, now);
  const judged = shares.find(({ fault }) => fault === "off-topic")?.of ?? 0;
  const until = Source.wayBackAt(found)?.toISOString() ?? null;
  return {
    id,
    kind,
    name: kind === "device" ? await nameOfDevice(tx, key) : key,
    device: kind === "device" ? key : null,
    state,
    since: since.toISOString(),
    reasons,
    shares,
    wayBack: state === "trusted" ? null : { until, judged, wanted: limits.judgedMin },
    quota: Source.quotaOf(found),
    overruled:
      by === null || reason === null || found.overruledAt === null
        ? null
        : { by, reason, at: found.overruledAt.toISOString() },
  };
}

async function nameOfDevice(tx: Tx, id: string): Promise<string> {
  const found = (await Device.list(tx)).find((one) => one.id === id);
  return found?.name ?? id;
}
