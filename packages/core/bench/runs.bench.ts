/**
 * What a run costs beside the looking: a repeat of it, in which everything was seen before, its sealing, and its way back, on a
 * real PostgreSQL. The bare insert of as many items is the baseline.
 *
 *   npm run bench -- runs --items 100000
 */
import "../../../scripts/help.ts";
import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { getRun, moveRun, nameItems, openRun, sweep } from "../src/flow/index.ts";
import { policyHash } from "../src/run/index.ts";
import type { ItemInput } from "../src/run/wire.ts";
import type { TestDatabase } from "../testing/database.ts";
import { createTestServices, type TestServices } from "../testing/services.ts";
import { onDatabase } from "./on-database.ts";

const { values } = parseArgs({ options: { items: { type: "string", default: "100000" } } });
const count = Number(values.items);
if (!Number.isInteger(count) || count < 1_000 || count > 1_000_000) {
  throw new RangeError(`--items must be 1000..1000000, got ${values.items}`);
}
const pageItems = 256;
/** As the command sends them. */
const pagesAtOnce = 4;
const model = { name: "bench", sha256: "a".repeat(64) };

const items: ItemInput[] = Array.from({ length: count }, (_, no) => ({
  no,
  name: `2026/06/01/${String(no).padStart(7, "0")}.jpg`,
  sha256: createHash("sha256").update(String(no)).digest("hex"),
  bytes: 65_000,
  contentType: "image/jpeg",
}));

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const beganAt = performance.now();
  await work();
  return (performance.now() - beganAt) / 1000;
}

/** What a first run of the same pictures has left behind. */
async function plantInspections({ owner }: TestDatabase, accountId: string, at: Date): Promise<void> {
  await owner`insert into worker (id, model, provider, items_per_second, items_per_second_capacity, batch_p50_ms, batch_p95_ms, in_flight, seen_at)
    values ('bench', ${JSON.stringify(model)}::jsonb, 'cpu', 1, 1, 1, 1, 0, ${at})`;
  for (let from = 0; from < count; from += 10_000) {
    const hashes = items.slice(from, from + 10_000).map(({ sha256 }) => sha256);
    await owner`insert into run_content (account_id, sha256, bytes, content_type, stored_at)
      select ${accountId}, h, 65000, 'image/jpeg', ${at} from unnest(${hashes}::text[]) h`;
    await owner`insert into inspection (account_id, sha256, model_sha256, policy_hash, outcome, detections, hash, reason, inspected_at)
      select ${accountId}, h, ${model.sha256}, ${policyHash}, 'inspected',
        '[{"label":"person","confidence":0.5,"box":[0.1,0.2,0.3,0.4]}]', left(h, 16), null, ${at} from unnest(${hashes}::text[]) h`;
  }
  await owner`analyze`;
}

async function nameAll(services: TestServices, accountId: string, runId: string): Promise<void> {
  const pages = Array.from({ length: Math.ceil(count / pageItems) }, (_, page) =>
    items.slice(page * pageItems, (page + 1) * pageItems),
  ).values();
  await Promise.all(
    Array.from({ length: pagesAtOnce }, async () => {
      for (const page of pages) {
        const { missing } = await nameItems(services, { accountId, runId, items: page });
        if (missing.length > 0) throw new Error(`expected that all was known, got ${missing.length} missing`);
      }
    }),
  );
}

async function bareInsert({ owner }: TestDatabase): Promise<void> {
  await owner`create unlogged table bare (no int primary key, name text, sha256 text)`;
  for (let from = 0; from < count; from += pageItems) {
    const page = items.slice(from, from + pageItems);
    await owner`insert into bare select * from unnest(string_to_array(${page.map(({ no }) => no).join()}, ',')::int[], ${page.map(({ name }) => name)}::text[],
      ${page.map(({ sha256 }) => sha256)}::text[])`;
  }
}

await onDatabase(
  [{ name: "archive", tier: "pro", siteName: "Shop", deviceName: "Camera", timeZone: "Europe/London" }],
  async (base) => {
    const services = createTestServices(base);
    const accountId = base.seeded.accounts[0]?.accountId ?? "";
    const by = { accountId, actor: "bench" };
    await plantInspections(base, accountId, services.clock.now());
    const { id } = await openRun(services, by, { source: "archive" });
    const bare = await secondsOf(() => bareInsert(base));
    const named = await secondsOf(() => nameAll(services, accountId, id));
    // A large run is grouped by the sweep.
    const grouped = await secondsOf(async () => {
      await moveRun(services, by, { id, action: "finish-listing" });
      await sweep(services);
    });
    const { ends, state } = await getRun(services, { accountId, id });
    const sealed = await secondsOf(() => moveRun(services, by, { id, action: "seal" }));
    const rolledBack = await secondsOf(() => moveRun(services, by, { id, action: "roll-back" }));
    const line = (what: string, seconds: number) =>
      `${what.padEnd(34)}${seconds.toFixed(2).padStart(8)}${Math.round(count / seconds)
        .toString()
        .padStart(12)}${(seconds / bare).toFixed(1).padStart(8)}\n`;
    process.stdout.write(`${count} items, ${ends.reused} reused, ${state}
${"".padEnd(34)}${"s".padStart(8)}${"items/s".padStart(12)}${"ratio".padStart(8)}
${line("bare insert", bare)}${line("named and found again", named)}${line("listing finished, grouped", grouped)}${line("both", named + grouped)}${line("sealed", sealed)}${line("rolled back", rolledBack)}`);
  },
);
