/**
 * What lists, the overview and one more check cost an account that has very many checks, and what checks themselves take: texts,
 * pictures, a batch. The baseline is the same with a hundred.
 *
 *   npm run bench -- checks --checks 1000000
 */
import "../../../scripts/help.ts";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { inAccount } from "../src/db/index.ts";
import {
  type CheckTools,
  checkBatch,
  checkFile,
  checkText,
  getDashboard,
  listChecks,
} from "../src/flow/check/index.ts";
import { createManifestReader } from "../src/provenance/index.ts";
import type { TestDatabase } from "../testing/database.ts";
import { createTestServices, movableClock } from "../testing/services.ts";
import { percentile } from "../testing/simulate.ts";
import { onDatabase } from "./on-database.ts";

const { values } = parseArgs({ options: { checks: { type: "string", default: "1000000" } } });
const checks = Number(values.checks);
if (!Number.isInteger(checks) || checks < 1_000 || checks > 5_000_000) {
  throw new RangeError(`--checks must be 1000..5000000, got ${values.checks}`);
}
const times = 100;
const now = new Date("2026-11-26T10:15:00Z");
const minuteMs = 60_000;
const plan = ["large", "small"].map((name) => ({
  name,
  tier: "pro" as const,
  siteName: "Shop",
  deviceName: "Camera",
  timeZone: "Europe/London",
}));

/** Over a year, one in a thousand of a status that a page of has to be looked for. */
async function plant({ owner }: TestDatabase, accountId: string, count: number): Promise<void> {
  await owner`insert into authenticity_check (id, account_id, actor, kind, state, asked_at, points, status, sha256, bytes, verdict)
    select 'chk_' || lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || md5(${accountId} || n::text)::char(20), ${accountId}, 'mbr_1',
      case when n % 4 = 0 then 'image' else 'text' end, 'settled', at, 1,
      case when n % 1000 = 0 then 'declared' else 'cannot-tell' end, sha256(n::text::bytea), n % 5000,
      '{"declared":{"status":"silent","says":[]},"provenance":null,"marks":[],"generated":{"status":"cannot-tell","reasons":["planted"]}}'
    from (select n, ${now}::timestamptz - n * (interval '365 days' / ${count}::int) as at from generate_series(1, ${count}::int) n) times`;
  await owner`insert into authenticity_day (account_id, date, kind, status, checks, points)
    select account_id, to_char(asked_at at time zone 'utc', 'YYYY-MM-DD'), kind, status, count(*)::int, sum(points)::int
    from authenticity_check where account_id = ${accountId} group by 1, 2, 3, 4`;
  await owner`analyze authenticity_check, authenticity_day`;
}

async function measured(what: string, work: () => Promise<unknown>, rounds = times): Promise<void> {
  const taken: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  const [p50, p95] = [percentile(taken, 0.5), percentile(taken, 0.95)];
  process.stdout.write(`  ${what.padEnd(46)} P50 ${p50.toFixed(1)} ms, P95 ${p95.toFixed(1)} ms\n`);
}

/** A gradient with a texture: it costs what a photograph does. */
async function picture(): Promise<Uint8Array> {
  const [width, height] = [1920, 1080];
  const raw = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, n) => (n * 31 + (n >> 7) * 17) & 255),
  );
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Of a WAV file in stereo, 44.1 kHz and 16 bits. */
function tenSeconds(): Uint8Array {
  const samples = Buffer.alloc(10 * 44_100 * 4, 0x5a);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  return Buffer.concat([head, samples]);
}

await onDatabase(plan, async (base) => {
  const clock = movableClock(now);
  const services = createTestServices(base, clock);
  const manifests = createManifestReader();
  const files = { fetch: () => Promise.reject(new Error("nothing is fetched here")) };
  const tools: CheckTools = { manifests, files, textHead: undefined };
  const [large, small] = base.seeded.accounts;
  if (!large || !small) throw new Error("expected two accounts");
  await plant(base, large.accountId, checks);
  await plant(base, small.accountId, 100);
  const bytes = await picture();
  const sound = tenSeconds();
  const text = "The quick brown fox jumps over the lazy dog, and nobody knows why it does. ".repeat(40);
  for (const { accountId, name } of [small, large]) {
    const [held] = await inAccount(
      base.database,
      accountId,
      (_, sql) => sql<{ count: number }[]>`select count(*)::int as count from authenticity_check`,
    );
    process.stdout.write(`${name}: ${held?.count} checks\n`);
    const asker = { accountId, actor: "bench" };
    const list = (part: object) => listChecks(services, { accountId, limit: 25, ...part });
    await measured("the newest", () => list({}));
    await measured("of a kind", () => list({ kind: "image" }));
    await measured("of a rare status", () => list({ status: "declared" }));
    await measured("of a rare status and a kind", () => list({ kind: "image", status: "declared" }));
    await measured("of a kind and a status that none has", () => list({ kind: "text", status: "likely" }));
    let cursor: string | undefined;
    await measured("the next page, on and on", async () => {
      cursor = (await list({ cursor })).nextCursor ?? undefined;
    });
    await measured("the overview of 30 days", () => getDashboard(services, { accountId, days: 30 }));
    await measured("the overview of a year", () => getDashboard(services, { accountId, days: 366 }));
    const apart = () => clock.advance(minuteMs);
    await measured(`a text of ${text.length} characters`, () => {
      apart();
      return checkText(services, tools, asker, { text });
    });
    await measured(`a picture of ${bytes.length} bytes`, () => {
      apart();
      return checkFile(services, tools, asker, { kind: "image", bytes, name: "" });
    });
    await measured(`sound of 10 s, ${sound.length} bytes`, () => {
      apart();
      return checkFile(services, tools, asker, { kind: "audio", bytes: sound, name: "call.wav" });
    });
    const items = Array.from({ length: 50 }, () => ({ kind: "text" as const, text }));
    const batch = () => {
      apart();
      return checkBatch(services, tools, asker, { items, stopOnError: false, requestId: "bench" });
    };
    await measured("a batch of 50 texts", batch, 10);
  }
  await manifests.close();
});
