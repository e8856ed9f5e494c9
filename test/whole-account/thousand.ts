/**
 * `npm run account:thousand`: an account of 1,000 events with a picture each, beside another of the same size, is exported and
 * erased, over a real PostgreSQL and the local object store, by requests of its owner. Says what it took and cost. Ends with 1 when
 * the archive is not whole, when anything of the account is left in any table or in the store, or when the other has changed.
 */
import "../../scripts/help.ts";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { raw } from "@vigil/core/db";
import type { Erasure } from "@vigil/core/erasure/wire";
import type { AccountExport } from "@vigil/core/export/wire";
import { appendToLog, carryOutErasures, writeExports } from "@vigil/core/flow";
import { exporting } from "@vigil/core/limits";
import { s3Blobs } from "@vigil/core/platform/aws";
import type { Mail } from "@vigil/core/platform/mail";
import { createTestApi, eventAt, multipart, type TestApi } from "../../functions/testing/api.ts";
import { callersOf, settle, type Tenant } from "../../functions/testing/tenants.ts";
import { jpeg } from "../../packages/core/testing/images.ts";
import { readVolume, rowsOf, tablesOf } from "../../packages/core/testing/whole-account.ts";
import { startObjectStore } from "../../scripts/local/object-store/index.ts";
import { startTestServer } from "../../scripts/test-server.ts";

const events = 1_000;
const picturesKept = 50;
const atOnce = 8;
const dayMs = 24 * 60 * 60 * 1000;

const say = (text: string) => process.stdout.write(`${text}\n`);
const faults: string[] = [];
const expect = (isSo: boolean, what: string) => {
  say(`${isSo ? "ok   " : "FAULT"} ${what}`);
  if (!isSo) faults.push(what);
};
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await work();
  const rssMib = Math.round(process.memoryUsage().rss / 2 ** 20);
  say(`     ${what}: ${((performance.now() - startMs) / 1000).toFixed(1)} s (the process has ${rssMib} MiB)`);
  return result;
}

async function report(api: TestApi, { deviceKey }: Tenant, pictures: readonly Uint8Array[]): Promise<void> {
  for (let first = 0; first < events; first += atOnce) {
    await Promise.all(
      Array.from({ length: Math.min(atOnce, events - first) }, async (_, index) => {
        const picture = pictures[(first + index) % pictures.length] ?? new Uint8Array();
        const event = eventAt(api.services.clock.now(), { attributes: { note: `event ${first + index}` } });
        const body = multipart(event, { "a.jpg": picture });
        const answer = await api.call("POST", "/v1/events", { key: deviceKey, body });
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      }),
    );
    api.services.clock.advance(20_000);
  }
}

/** Every row of an account, by table, as one hash each; and its objects. */
async function snapshot(api: TestApi, accountId: string): Promise<string> {
  const hashes: string[] = [];
  for (const { table, column } of await tablesOf(api.base.owner)) {
    const [row] = await api.base.owner<{ hash: string }[]>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${raw(`"${table}"`)} t
      where ${raw(column)} = ${accountId}`;
    hashes.push(`${table} ${row?.hash}`);
  }
  return [...hashes, ...(await objectsOf(api, accountId))].join("\n");
}

async function objectsOf({ services }: TestApi, accountId: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await services.blobs.list({ prefix: "", after, countMax: 1_000 });
    if (page.length === 0) return found;
    found.push(...page.flatMap(({ key, bytes }) => (key.includes(accountId) ? [`${key} ${bytes}`] : [])));
    after = page.at(-1)?.key ?? null;
  }
}

type Asks = (method: string, path: string, json?: unknown) => Promise<unknown>;

/** As it is done each minute, until nobody waits for an archive: how many one turn writes depends on how busy the machine is. */
async function writeAll(api: TestApi): Promise<number> {
  for (let written = 0; ; api.services.clock.advance(exporting.leaseMs + 1)) {
    written += (await writeExports(api.services)).written;
    const [waiting] = await api.base.owner`
      select 1 as one from account_export where state in ('waiting', 'writing') limit 1`;
    if (waiting === undefined) return written;
  }
}

type Archives = { rows: Map<string, number>; files: string[]; leftOut: readonly string[] };

async function readAll(volumes: AccountExport["volumes"]): Promise<Archives> {
  const all: Archives = { rows: new Map(), files: [], leftOut: [] };
  for (const { no, url, bytes: expected } of volumes) {
    const answer = await fetch(url ?? "");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(
      answer.status === 200 && bytes.byteLength === expected,
      `archive ${no} is fetched by its link: ${bytes.byteLength} bytes`,
    );
    const { rows, files, manifest } = readVolume(bytes);
    for (const [table, more] of Object.entries(rows)) {
      all.rows.set(table, (all.rows.get(table) ?? 0) + more.length);
    }
    all.files.push(...Object.keys(files));
    all.leftOut = manifest.leftOut;
  }
  return all;
}

async function checkExport(api: TestApi, { accountId }: Tenant, ask: Asks): Promise<void> {
  const { id } = (await ask("POST", "/v1/account/exports")) as AccountExport;
  const written = await timed("writing the export", () => writeAll(api));
  const made = (await ask("GET", `/v1/account/exports/${id}`)) as AccountExport;
  expect(
    made.state === "ready" && written > 0 && made.volumes.length === written,
    `the export is ready, in ${written} archives`,
  );
  const { rows, files, leftOut } = await readAll(made.volumes);
  say(`     ${files.length} files, every sum and every count of which is right`);
  const counted = await rowsOf(api.base.owner, accountId);
  const missing = Object.entries(counted).filter(
    ([table, count]) => !leftOut.includes(table) && table !== "audit" && rows.get(table) !== count,
  );
  expect(
    missing.length === 0,
    `every row of every table is in it: ${rows.get("event")} events ${JSON.stringify(missing)}`,
  );
  const objects = (await objectsOf(api, accountId)).filter((key) =>
    /^(evidence|content|manifests)\//.test(key),
  );
  const inside = files.filter((name) => /^(evidence|content|manifests)\//.test(name));
  expect(objects.length === inside.length, `every object is in it: ${inside.length}`);
}

async function checkErasure(api: TestApi, tenant: Tenant, other: Tenant, ask: Asks): Promise<void> {
  const { accountId } = tenant;
  const mails: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void mails.push(mail), close: () => undefined };
  const carryOut = () => carryOutErasures({ services: api.services, mailer });
  const before = await snapshot(api, other.accountId);
  const { id } = (await ask("POST", "/v1/account/erasure", { name: "Mine" })) as Erasure;
  await carryOut();
  api.services.clock.advance(dayMs);
  await carryOut();
  api.services.clock.advance(3 * 60_000);
  await timed("erasing objects, rows and the account", carryOut);
  const answer = await api.call("GET", `/v1/erasures/${id}`);
  const { state, counts, note } = (await answer.json()) as Erasure;
  expect(state === "erased" && note !== null, "the account is erased, and there is a receipt");
  say(
    `     ${counts.objects} objects, ${Object.values(counts.rows).reduce((sum, more) => sum + more, 0)} rows`,
  );
  const left = await rowsOf(api.base.owner, accountId);
  expect(
    Object.keys(left).length === 0,
    `no row in any of ${(await tablesOf(api.base.owner)).length} tables ${JSON.stringify(left)}`,
  );
  const objects = await objectsOf(api, accountId);
  expect(objects.length === 0, `no object in the store ${objects.slice(0, 3).join(", ")}`);
  expect((await snapshot(api, other.accountId)) === before, "the other account is as it was, row by row");
  expect(
    mails.length === 2 && mails[1]?.text.includes(note ?? "?") === true,
    "its owner was told twice, the second time with the receipt",
  );
}

const folder = await mkdtemp(join(tmpdir(), "vigil-thousand-"));
const credentials = { accessKeyId: "thousand", secretAccessKey: randomUUID() };
const where = { bucket: "vigil-evidence", region: "local", credentials };
const store = await startObjectStore({ dataDir: folder, ...where });
await using server = await startTestServer();
process.env["TEST_DATABASE_URL"] = server.url;
const api = await createTestApi();
try {
  api.services.blobs = s3Blobs({ ...where, endpoint: store.url });
  const [mine, other] = [await settle(api, "guardian", "Mine"), await settle(api, "pro", "Other")];
  const pictures = await Promise.all(Array.from({ length: picturesKept }, (_, seed) => jpeg(seed)));
  await timed(`reporting ${2 * events} events`, async () => {
    await report(api, mine, pictures);
    await report(api, other, pictures);
  });
  await appendToLog(api.services);
  // What the two asked for when they settled.
  await writeAll(api);
  const cookie =
    (await callersOf(api, mine, "scraper")).find(({ name }) => name === "a person who is owner")?.cookie ??
    "";
  await api.base
    .owner`update member set email = id || '@example.com' where account_id = ${mine.accountId} and role = 'owner'
    and person_id is not null`;
  const headers = { cookie, origin: "http://console.test" };
  const ask: Asks = async (method, path, json) => {
    const answer = await api.call(method, path, { headers, ...(json === undefined ? {} : { json }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await checkExport(api, mine, ask);
  await checkErasure(api, mine, other, ask);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await api.close();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
}
