/**
 * What the ledger costs: reading it, of one account and of all, with few rows and with many; and what its triggers add to
 * writing rows. Flat is right: nobody counts rows.
 *
 *   npm run bench -- ledger --rows 1000000
 */
import "../../../scripts/help.ts";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { checkLedger, getLedger, getLedgerOfAll } from "../src/flow/index.ts";
import type { TestDatabase } from "../testing/database.ts";
import { createTestServices } from "../testing/services.ts";
import { percentile } from "../testing/simulate.ts";
import { onDatabase } from "./on-database.ts";

const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const rows = Number(values.rows);
const few = 1_000;
if (!Number.isInteger(rows) || rows <= few || rows > 5_000_000) {
  throw new RangeError(`--rows must be ${few + 1}..5000000, got ${values.rows}`);
}
const times = 30;
const accounts = 10;
const turns = 10;
const perTurn = 10_000;

const plan = Array.from({ length: accounts }, (_, index) => ({
  name: `ledger-${index}`,
  tier: "pro" as const,
  siteName: "Shop",
  deviceName: "Camera",
  timeZone: "Europe/London",
}));

/** Deliveries that have ended, evenly over the accounts, each statement of a thousand. @returns milliseconds a thousand */
async function write({ owner, seeded }: TestDatabase, count: number, from: number): Promise<number> {
  const at = new Date();
  const statements = Math.max(1, Math.round(count / accounts / 1_000));
  const start = performance.now();
  for (const { accountId } of seeded.accounts) {
    for (let index = 0; index < statements; index += 1) {
      const first = from + index * 1_000;
      await owner`insert into delivery (id, account_id, endpoint_id, kind, topic, thread, level, message, state, created_at, ended_at)
        select ${accountId} || n, ${accountId}, ${accountId}, 'digest', n::text, n::text, 'low', '{}', 'delivered', ${at}, ${at}
        from generate_series(${first + 1}::int, ${first}::int + ${Math.min(1_000, count / accounts)}::int) n`;
    }
  }
  return (performance.now() - start) / (count / 1_000 || 1);
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

await onDatabase(plan, async (base) => {
  const services = createTestServices(base);
  const [first] = base.seeded.accounts;
  if (!first) throw new Error("expected an account");
  for (const { accountId } of base.seeded.accounts) {
    await base.owner`insert into endpoint (id, account_id, member_id, type, name, target_sealed, target_hash, state, level_from,
        kinds, quiet_hours, boxes, created_at)
      select ${accountId}, ${accountId}, id, 'webhook', 'hook', '', '', 'active', 'low', '{}', 'hold', false, now()
      from member where account_id = ${accountId} limit 1`;
  }
  const costs = async () => ({
    "ledger of an account": await medianMs(() => getLedger(services, first.accountId)),
    "ledger of all": await medianMs(() => getLedgerOfAll(services)),
    "check by the sweep": await medianMs(() => checkLedger(services)),
    "counting the rows instead": await medianMs(
      () => base.owner`select state, count(*) from delivery group by 1`,
    ),
  });
  await write(base, few, 0);
  const little = await costs();
  await write(base, rows - few, few);
  await base.owner`analyze`;
  const much = await costs();
  // In turns, so that both meet the same table and the same load of the machine.
  const taken = { noted: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < turns; turn += 1) {
    await base.owner`alter table delivery enable trigger noted_new`;
    taken.noted.push(await write(base, perTurn, rows + 2 * turn * perTurn));
    await base.owner`alter table delivery disable trigger noted_new`;
    taken.bare.push(await write(base, perTurn, rows + (2 * turn + 1) * perTurn));
  }
  const [noted, bare] = [percentile(taken.noted, 0.5), percentile(taken.bare, 0.5)];
  const line = (cells: readonly string[]) =>
    process.stdout.write(`${cells.map((cell) => cell.padEnd(28)).join("")}\n`);
  line(["median, ms", `${few} rows`, `${rows} rows`, "ratio"]);
  for (const name of Object.keys(little) as (keyof typeof little)[]) {
    line([name, little[name].toFixed(2), much[name].toFixed(2), (much[name] / little[name]).toFixed(2)]);
  }
  line(["", "with the ledger", "without it", "ratio"]);
  line(["writing 1,000 rows", noted.toFixed(2), bare.toFixed(2), (noted / bare).toFixed(2)]);
});
