/**
 * What asking for digests in words costs an account that has many: words that most of them say, that few say, and that none
 * says, with and without a time; beside the list of the newest, which is the baseline.
 *
 *   npm run bench -- search --digests 100000 --explain
 */
import "../../../scripts/help.ts";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { inAccount } from "../src/db/index.ts";
import { listDigests, searchDigests } from "../src/flow/index.ts";
import type { TestDatabase } from "../testing/database.ts";
import { createTestServices, movableClock } from "../testing/services.ts";
import { percentile } from "../testing/simulate.ts";
import { onDatabase } from "./on-database.ts";

const { values } = parseArgs({
  options: { digests: { type: "string", default: "100000" }, explain: { type: "boolean", default: false } },
});
const digests = Number(values.digests);
if (!Number.isInteger(digests) || digests < 1_000 || digests > 2_000_000) {
  throw new RangeError(`--digests must be 1000..2000000, got ${values.digests}`);
}
const times = 15;
const now = new Date("2026-11-26T10:15:00Z");

const plan = ["large", "small"].map((name) => ({
  name,
  tier: "pro" as const,
  siteName: "Shop",
  deviceName: "Camera",
  timeZone: "Europe/London",
}));

/** Four minutes apart, and said as digests say it: most tell of persons, one in ten of trucks, one in 10,000 of a bear. */
async function plant({ owner }: TestDatabase, accountId: string, count: number): Promise<void> {
  const [place] = await owner<{ id: string }[]>`select id from site where account_id = ${accountId}`;
  const siteId = place?.id ?? "";
  await owner.begin(async (sql) => {
    // Reviews and sessions of so many digests are not what is measured: their references are not looked at.
    await sql`set local session_replication_role = replica`;
    await sql`insert into session (id, account_id, site_id, state, first_event_at, last_event_at, opened_at, last_received_at, closes_at, level_rank, score, assessment)
       select 'ses_' || ${accountId} || n, ${accountId}, ${siteId}, 'closed', at, at + interval '20 seconds', at, at, at, 2, 0.8, '{}'
       from (select n, ${now}::timestamptz - n * interval '4 minutes' as at from generate_series(1, ${count}::int) n) times`;
    await sql`insert into digest (id, account_id, review_id, session_id, site_id, level, title, summary, timeline, counts, reasons, recommendation,
         words, occurred_at, received_at, requested_at, created_at, updated_at)
       select 'dig_' || ${accountId} || n, ${accountId}, 'rev_' || ${accountId} || n, 'ses_' || ${accountId} || n, ${siteId}, 'elevated', 'Planted', '[]', '[]', '{}', '[]', '',
         case when n % 10000 = 7 then 'A bear at the back garden' when n % 10 = 3 then 'Two trucks at the driveway'
      else 'A person at the front door' end || ' .' || chr(10)
    || 'Somebody was there for ' || n % 50 || ' seconds, in ' || n % 7 + 1 || ' pictures .' || chr(10)
    || 'It was seen first by the camera ' || md5(n::text) || ' and then walked towards the street .' || chr(10) || 'elevated', at, at, at, at, at
       from (select n, ${now}::timestamptz - n * interval '4 minutes' as at from generate_series(1, ${count}::int) n) times`;
  });
  await owner`analyze digest, session`;
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return percentile(taken, 0.5);
}

const questions = [
  "person",
  "truck at the driveway",
  "bear",
  "submarine",
  "person yesterday",
  "bear yesterday",
  "submarine last week",
];

await onDatabase(plan, async (base) => {
  const services = createTestServices(base, movableClock(now));
  const [large, small] = base.seeded.accounts;
  if (!large || !small) throw new Error("expected two accounts");
  await plant(base, large.accountId, digests);
  await plant(base, small.accountId, 100);
  for (const { accountId, memberId, name } of [large, small]) {
    const page = { accountId, memberId, limit: 20, before: undefined };
    const list = await medianMs(() => listDigests(services, page));
    process.stdout.write(`${name}: the newest 20 take ${list.toFixed(1)} ms\n`);
    for (const question of questions) {
      const ask = () => searchDigests(services, { ...page, question });
      const found = (await ask()).items.length;
      const ms = await medianMs(ask);
      process.stdout.write(
        `  ${question.padEnd(24)} ${String(found).padStart(3)} found  ${ms.toFixed(1).padStart(7)} ms  x${(ms / list).toFixed(1)}\n`,
      );
    }
  }
  if (values.explain) await explain(base, large.accountId);
});

async function explain({ database }: TestDatabase, accountId: string): Promise<void> {
  const plans = await inAccount(
    database,
    accountId,
    (_, connection) => connection<
      { "QUERY PLAN": string }[]
    >`explain (analyze, buffers) select digest.id from digest where account_id = ${accountId}
      and search @@ to_tsquery('english', 'submarine') order by occurred_at desc, id desc limit 21`,
  );
  process.stdout.write(`${plans.map((row) => row["QUERY PLAN"]).join("\n")}\n`);
}
