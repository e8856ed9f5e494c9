/**
 * What watching the system costs while jobs wait: a heartbeat, the metrics, the sweep, a dispatch and the place of a review
 * in its queue, with few jobs waiting and with many, on a real PostgreSQL. Flat is right: nobody counts what waits.
 *
 *   npm run bench -- backlog --jobs 1000000
 */
import "../../../scripts/help.ts";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { dispatchJobs, getLastLoad, getReview, recordHeartbeat, sweep } from "../src/flow/index.ts";
import { Heartbeat } from "../src/worker/wire.ts";
import type { TestDatabase } from "../testing/database.ts";
import { plantReviews, plantSessions } from "../testing/plant.ts";
import { createTestServices, type TestServices } from "../testing/services.ts";
import { percentile } from "../testing/simulate.ts";
import { onDatabase } from "./on-database.ts";

const { values } = parseArgs({ options: { jobs: { type: "string", default: "1000000" } } });
const jobs = Number(values.jobs);
const fewJobs = 1_000;
if (!Number.isInteger(jobs) || jobs <= fewJobs || jobs > 5_000_000) {
  throw new RangeError(`--jobs must be ${fewJobs + 1}..5000000, got ${values.jobs}`);
}
const times = 30;
const accounts = 10;

const plan = Array.from({ length: accounts }, (_, index) => ({
  name: `flood-${index}`,
  tier: "pro" as const,
  siteName: "Shop",
  deviceName: "Camera",
  timeZone: "Europe/London",
}));

const heartbeat = Heartbeat.parse({
  workerId: "bench",
  model: { name: "any", sha256: "0".repeat(64) },
  provider: "cpu",
  itemsPerSecond: 1,
  itemsPerSecondCapacity: 1,
  batchP50Ms: 1,
  batchP95Ms: 1,
  inFlight: 0,
  queueDepthSeen: 0,
  reviewsInHand: [],
});

/** Many more jobs of closed sessions that the owner of the tables writes, evenly over the accounts. */
async function plantMore({ owner, seeded }: TestDatabase, more: number, at: Date): Promise<void> {
  for (const { accountId, siteId } of seeded.accounts) {
    const count = Math.round(more / seeded.accounts.length);
    await owner.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`insert into session (id, account_id, site_id, state, first_event_at, last_event_at, opened_at, last_received_at,
          closes_at, closed_at, level_rank, score, assessment)
        select ${siteId} || n, ${accountId}, ${siteId}, 'closed', ${at}, ${at}, ${at}, ${at}, ${at}, ${at}, 1, 0.5, '{}'
        from generate_series(1, ${count}::int) n`;
      await sql`insert into review (id, account_id, session_id, state, origin, queue, k, reasons, requested_at)
        select ${siteId} || n, ${accountId}, ${siteId} || n, 'queued', 'session-closed', 'standard', 20, '[]', ${at}
        from generate_series(1, ${count}::int) n`;
      await sql`insert into outbox (id, account_id, review_id, part, queue, urgency, moments, created_at)
        select ${siteId} || n, ${accountId}, ${siteId} || n, 0, 'standard', 1, 20, ${at} from generate_series(1, ${count}::int) n`;
      await sql`update backlog set jobs = jobs + ${count}, moments = moments + 20 * ${count}::int where account_id = ${accountId}`;
    });
  }
  await owner`analyze`;
}

type Costs = Record<"heartbeat" | "metrics" | "sweep" | "dispatch" | "place of a review", number>;

/** Median milliseconds of each. */
async function measure(services: TestServices, review: { accountId: string; id: string }): Promise<Costs> {
  const cost = async (work: () => Promise<unknown>) => {
    const spent: number[] = [];
    for (let time = 0; time < times; time += 1) {
      services.clock.advance(1_000);
      const began = performance.now();
      await work();
      spent.push(performance.now() - began);
    }
    return percentile(spent, 0.5);
  };
  return {
    heartbeat: await cost(() => recordHeartbeat(services, heartbeat)),
    metrics: await cost(() => getLastLoad(services)),
    sweep: await cost(() => sweep(services)),
    dispatch: await cost(() => dispatchJobs(services)),
    "place of a review": await cost(() => getReview(services, review)),
  };
}

async function run(base: TestDatabase): Promise<void> {
  const services = createTestServices(base);
  const at = services.clock.now();
  let last: { accountId: string; id: string } | undefined;
  for (const account of base.seeded.accounts) {
    const few = { sessions: fewJobs / accounts, moments: 20, at: new Date(at.getTime() - 3_600_000) };
    const sessions = await plantSessions(base.owner, account, few);
    const reviews = await plantReviews(base.owner, account, sessions, few.at);
    last = { accountId: account.accountId, id: reviews.at(-1) ?? "" };
  }
  if (!last) throw new Error("expected a review that waits");
  // The window fills, and what is measured afterwards is the same work with few and with many.
  await dispatchJobs(services);
  const few = await measure(services, last);
  await plantMore(base, jobs - fewJobs, services.clock.now());
  await dispatchJobs(services);
  const waiting = await base.owner<
    { id: string }[]
  >`select id from review order by requested_at desc, id desc limit 1`;
  const many = await measure(services, { ...last, id: waiting[0]?.id ?? last.id });
  const line = (cells: readonly string[]) =>
    process.stdout.write(`${cells.map((cell) => cell.padEnd(20)).join("")}\n`);
  line(["median, ms", `${fewJobs} waiting`, `${jobs} waiting`, "ratio"]);
  for (const name of Object.keys(few) as (keyof Costs)[]) {
    line([name, few[name].toFixed(2), many[name].toFixed(2), (many[name] / few[name]).toFixed(2)]);
  }
}

await onDatabase(plan, run);
