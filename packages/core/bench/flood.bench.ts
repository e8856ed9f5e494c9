/**
 * A flood of one account beside a trickle of another, through the real flows, a real PostgreSQL and a virtual worker of 20
 * moments a second: how long the trickle waits, and what asking and dispatching cost while so many reviews wait.
 *
 *   npm run bench -- flood --sessions 10000
 */
import "../../../scripts/help.ts";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { dispatchJobs, requestReview } from "../src/flow/index.ts";
import type { TestDatabase } from "../testing/database.ts";
import { plantSessions } from "../testing/plant.ts";
import { createTestServices, movableClock, type TestServices } from "../testing/services.ts";
import { percentile } from "../testing/simulate.ts";
import { Trickle } from "../testing/trickle.ts";
import { VirtualWorker } from "../testing/virtual-worker.ts";
import { onDatabase } from "./on-database.ts";

const { values } = parseArgs({ options: { sessions: { type: "string", default: "2000" } } });
const sessions = Number(values.sessions);
if (!Number.isInteger(sessions) || sessions < 1 || sessions > 20_000) {
  throw new RangeError(`--sessions must be 1..20000, got ${values.sessions}`);
}

const start = new Date("2026-06-15T10:00:00Z");
const askedAtOnce = 8;
const plan = ["flood", "trickle"].map((name) => ({
  name,
  tier: "pro" as const,
  siteName: "Shop",
  deviceName: "Camera",
  timeZone: "Europe/London",
}));

type Row = { waiting: number; askMs: number; dispatchMs: number; p50: number; p95: number };

/** Everybody's tokens are used up, so that all share one queue. */
async function emptyBuckets(base: TestDatabase, at: Date): Promise<void> {
  await base.owner`update account set bucket_tokens = 0, bucket_at = ${at}`;
}

/** Median of what one call costs, in milliseconds. */
async function cost(times: number, work: () => Promise<unknown>): Promise<number> {
  const spent: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    await work();
    spent.push(performance.now() - began);
  }
  return percentile(spent, 0.5);
}

/** Ten minutes of one review of 20 moments every eight seconds. */
async function trickleFor(base: TestDatabase, services: TestServices, waiting: number): Promise<Row> {
  const worker = new VirtualWorker(services, 20);
  const trickle = new Trickle(base, services, "trickle");
  await emptyBuckets(base, services.clock.now());
  const asks: number[] = [];
  for (let second = 0; second < 600; second += 1) {
    if (second % 240 === 0) await emptyBuckets(base, services.clock.now());
    if (second % 8 === 0 && second < 560) asks.push(await cost(1, () => trickle.ask(20)));
    services.clock.advance(1_000);
    await worker.work();
  }
  const waits = trickle.waits(worker);
  return {
    waiting,
    askMs: percentile(asks, 0.5),
    dispatchMs: await cost(20, () => dispatchJobs(services)),
    p50: percentile(waits, 0.5),
    p95: percentile(waits, 0.95),
  };
}

async function measure(base: TestDatabase): Promise<void> {
  const services = createTestServices(base, movableClock(start));
  const alone = await trickleFor(base, services, 0);
  const [flood] = base.seeded.accounts;
  if (!flood) throw new Error("expected a seeded account");
  const at = services.clock.now();
  await emptyBuckets(base, at);
  const planted = await plantSessions(base.owner, flood, { sessions, moments: 20, at });
  const began = performance.now();
  for (let first = 0; first < planted.length; first += askedAtOnce) {
    await Promise.all(
      planted
        .slice(first, first + askedAtOnce)
        .map((sessionId) =>
          requestReview(services, { accountId: flood.accountId, sessionId, actor: "bench" }),
        ),
    );
  }
  const perSecond = sessions / ((performance.now() - began) / 1_000);
  const beside = await trickleFor(base, services, sessions);
  print([alone, beside], perSecond);
}

const ratio = (value: number, of: number | undefined) => (of ? ` (x${(value / of).toFixed(1)})` : "");

function print(rows: readonly Row[], perSecond: number): void {
  const [baseline] = rows;
  const table = rows.map((row) => [
    String(row.waiting),
    `${row.askMs.toFixed(1)}${ratio(row.askMs, baseline?.askMs)}`,
    `${row.dispatchMs.toFixed(1)}${ratio(row.dispatchMs, baseline?.dispatchMs)}`,
    `${row.p50}${ratio(row.p50, baseline?.p50)}`,
    `${row.p95}${ratio(row.p95, baseline?.p95)}`,
  ]);
  const head = ["flood", "ask, ms", "dispatch, ms", "wait P50, s", "wait P95, s"];
  for (const cells of [head, ...table]) {
    process.stdout.write(`${cells.map((cell) => cell.padEnd(16)).join("")}\n`);
  }
  process.stdout.write(
    `\nThe flood asked for ${perSecond.toFixed(0)} reviews a second, ${askedAtOnce} at once.\n`,
  );
}

await onDatabase(plan, measure);
