/** Many checks in one question: claimed together, some at once, told as they end or in the order in which they were given. */
import * as Check from "../../check/index.ts";
import {
  type BatchItem,
  type BatchResult,
  type BatchResults,
  type CheckBatch,
  priceOf,
} from "../../check/wire.ts";
import { inAccount } from "../../db/index.ts";
import { check as limits, points } from "../../limits.ts";
import { Problem, problem, toBody } from "../../problem.ts";
import type { Services } from "../services.ts";
import { lookAtAddress, settleCheck } from "./check-one.ts";
import { type Asker, claimChecks } from "./claim-checks.ts";
import { type Looked, lookAtFile, lookAtText } from "./look.ts";
import type { CheckTools } from "./tools.ts";

export type Batch = CheckBatch & { requestId: string };
type Followed = { headers: Record<string, string>; results: AsyncGenerator<BatchResult> };

/** @throws `quota-exceeded`, `rate-limited`: then none was begun */
export async function checkBatch(
  services: Services,
  tools: CheckTools,
  asker: Asker,
  batch: Batch,
): Promise<BatchResults & { headers: Record<string, string> }> {
  const { headers, results } = await followBatch(services, tools, asker, batch);
  const items: BatchResult[] = [];
  for await (const result of results) items.push(result);
  items.sort((a, b) => a.index - b.index);
  const ofItems = items.map(({ check }) => check?.points ?? 0);
  const spent = ofItems.reduce((sum, one) => sum + one, 0) + points.batch;
  return { items, points: spent, headers };
}

/** The same, each told as it ends. What nobody waits for any more is not begun. @throws `quota-exceeded`, `rate-limited` */
export async function followBatch(
  services: Services,
  tools: CheckTools,
  asker: Asker,
  batch: Batch,
): Promise<Followed> {
  const wanted = batch.items.map(({ kind, label }) => ({
    kind: kind === "url" ? ("image" as const) : kind,
    points: priceOf[kind],
    label,
  }));
  const itself = { kind: "batch" as const, points: points.batch, label: undefined };
  const { ids, headers } = await claimChecks(services, asker, wanted, itself);
  return { headers, results: work(services, tools, asker, { ...batch, ids }) };
}

async function* work(
  services: Services,
  tools: CheckTools,
  asker: Asker,
  { items, ids, stopOnError, requestId }: Batch & { ids: readonly string[] },
): AsyncGenerator<BatchResult> {
  const underWay = new Map<number, Promise<BatchResult>>();
  let next = 0;
  let isStopped = false;
  const begin = () => {
    const [index, item, id] = [next, items[next], ids[next]];
    if (item === undefined || id === undefined) return;
    next += 1;
    const look = () => lookAt(services, tools, item);
    underWay.set(
      index,
      settleCheck(services, asker, id, look).then(
        (check): BatchResult => ({ index, status: "done", check }),
        (error: unknown): BatchResult => failed(services, { index, error, requestId }),
      ),
    );
  };
  try {
    while (next < items.length && underWay.size < limits.atOnceMax) begin();
    while (underWay.size > 0) {
      const result = await Promise.race(underWay.values());
      underWay.delete(result.index);
      isStopped ||= stopOnError && result.status === "failed";
      yield result;
      if (!isStopped) begin();
    }
    for (let index = next; index < items.length; index += 1) yield { index, status: "skipped" };
  } finally {
    await Promise.all(underWay.values());
    await inAccount(services.database, asker.accountId, (tx) => Check.giveBack(tx, ids.slice(next)));
  }
}

async function lookAt(services: Services, tools: CheckTools, item: BatchItem): Promise<Looked> {
  const now = services.clock.now();
  if (item.kind === "text") return lookAtText(tools, item.text);
  if (item.kind === "url") return lookAtAddress(tools, item.url, now);
  const file = { bytes: Buffer.from(item.content, "base64"), name: item.name ?? "" };
  return lookAtFile(tools, item.kind, file, now);
}

function failed(
  { log }: Services,
  { index, error, requestId }: { index: number; error: unknown; requestId: string },
): BatchResult {
  if (!(error instanceof Problem)) log.error({ err: error, requestId }, "a check of a batch failed");
  const told = error instanceof Problem ? error : problem("internal", "this item could not be completed");
  return { index, status: "failed", problem: toBody(told, requestId) };
}
