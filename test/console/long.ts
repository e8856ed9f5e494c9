/**
 * How soon the inbox and a day open in an account with 10,000 digests and 100,000 events, on the real API and a real
 * PostgreSQL, and whether their lists have gaps when they are scrolled fast.
 *
 *   npm run console:long
 */
import "../../scripts/help.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { serveApi } from "../../functions/testing/served-api.ts";
import { onDatabase } from "../../packages/core/bench/on-database.ts";
import type { TestDatabase } from "../../packages/core/testing/database.ts";
import { launchBrowser, openPage, type WatchedPage } from "./browser.ts";
import { buildConsole, serveBuilt } from "./site.ts";

const digestsMax = 10_000;
const eventsOfEach = 10;
/** The whole of it lies in so many days: a long day has thousands. */
const secondsApart = 17;
const times = 5;

const say = (line: string) => process.stdout.write(`${line}\n`);
const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Sessions with their events, a finished review and a digest each. */
async function plant({ owner }: TestDatabase, accountId: string): Promise<void> {
  const [place] = await owner<{ siteId: string; deviceId: string }[]>`
    select site_id as "siteId", id as "deviceId" from device where account_id = ${accountId} limit 1`;
  if (!place) throw new Error("expected a device");
  const { siteId, deviceId } = place;
  const assessment = JSON.stringify({
    level: "standard",
    score: 0.45,
    summary: "Somebody at the front door.",
    reasons: [],
    recommendation: "",
    tone: "calm",
    lifeSafety: false,
  });
  await owner.begin(async (sql) => {
    // What is planted has no job, no claim and no picture: references and the ledger are not what is measured.
    await sql`set local session_replication_role = replica`;
    await sql`create temporary table planted on commit drop as
      select n, lpad(to_hex(n), 32, '0') as id, now() - n * ${secondsApart}::int * interval '1 second' as at
      from generate_series(1, ${digestsMax}::int) n`;
    await sql`insert into session (id, account_id, site_id, state, first_event_at, last_event_at, opened_at, last_received_at, closes_at, closed_at, level_rank, score, assessment)
      select 'ses_' || id, ${accountId}, ${siteId}, 'closed', at, at + interval '9 seconds', at, at, at, at, 1, 0.45, ${assessment}::jsonb from planted`;
    await sql`insert into event (id, account_id, site_id, device_id, session_id, client_id, fingerprint, type, zone, attributes, reported_at, occurred_at, received_at, sealed_at, assessment)
      select 'evt_' || lpad(to_hex(n * 100 + e), 32, '0'), ${accountId}, ${siteId}, ${deviceId}, 'ses_' || id, n || '-' || e, ''::bytea, 'person',
        (array['front_door', 'garden', 'driveway'])[n % 3 + 1], '{}', at + e * interval '1 second', at + e * interval '1 second', at, at, ${assessment}::jsonb
      from planted, generate_series(0, ${eventsOfEach - 1}::int) e`;
    await sql`insert into review (id, account_id, session_id, state, origin, queue, k, reasons, requested_at, finished_at)
      select 'rev_' || id, ${accountId}, 'ses_' || id, 'completed', 'session-closed', 'standard', 20, '[]', at, at from planted`;
    await sql`insert into digest (id, account_id, review_id, session_id, site_id, level, title, summary, timeline, counts, reasons, recommendation, words, occurred_at, received_at, requested_at, created_at, updated_at)
      select 'dig_' || id, ${accountId}, 'rev_' || id, 'ses_' || id, ${siteId}, 'standard', 'Digest number ' || n,
        '[{"text":"A person came to the front door.","momentIds":[]}]', '[]', '{"person":1}', '[]', '', 'person', at, at, at, at, at from planted`;
  });
  // Who joined since has read what was there: this member has been there all along.
  await owner`update member set created_at = '2020-01-01' where account_id = ${accountId}`;
  await owner`analyze`;
}

/** From the beginning of the navigation until the list's first rows are there. */
async function opens(page: WatchedPage, address: string, row: string): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await page.goto(address);
    await page.locator(row).first().waitFor();
    taken.push(performance.now() - start);
  }
  return median(taken);
}

/**
 * Scrolls for ten seconds, three screens a second as a thumb does, and looks at every frame what stands in the middle of the
 * screen. A gap is a frame in which no row does.
 */
const scrollAndLook = (row: string) => `new Promise((resolve) => {
  const start = performance.now();
  let frames = 0;
  let gaps = 0;
  const step = () => {
    scrollBy(0, innerHeight / 20);
    frames += 1;
    const middle = document.elementsFromPoint(innerWidth / 3, innerHeight / 2);
    if (!middle.some((element) => element.closest("${row}"))) gaps += 1;
    if (performance.now() - start < 10000) requestAnimationFrame(step);
    else resolve({ frames, gaps, reached: document.querySelectorAll("${row}").length });
  };
  requestAnimationFrame(step);
})`;

await onDatabase(undefined, async () => {
  const folder = await mkdtemp(join(tmpdir(), "vigil-long-"));
  const served = await serveApi();
  const account = served.base.seeded.accounts.find(({ tier }) => tier === "pro");
  if (!account) throw new Error("expected an account");
  await plant(served.base, account.accountId);
  const [browser] = await Promise.all([launchBrowser(), buildConsole(folder)]);
  const site = await serveBuilt(folder, served.url);
  try {
    const page = await openPage(browser);
    await page.goto(`${site.url}/#token=${account.memberToken}`);
    await page.locator(".card").first().waitFor();
    say(`${digestsMax} digests, ${digestsMax * eventsOfEach} events, one site`);
    for (const [name, path, row] of [
      ["inbox", "/", ".inbox-row"],
      ["inbox, filtered", "/?levelFrom=standard&zone=garden&seen=person&unread=true", ".inbox-row"],
      ["day", "/day", ".day-row"],
      ["trends", "/trends", ".day-bars"],
    ] as const) {
      const ms = await opens(page, site.url + path, row);
      say(`${name.padEnd(16)} opens in ${ms.toFixed(0).padStart(5)} ms (median of ${times})`);
      if (row === ".day-bars") continue;
      const { frames, gaps } = await page.evaluate<{ frames: number; gaps: number }>(scrollAndLook(row));
      say(`${" ".repeat(16)} ${gaps} of ${frames} frames had a gap while it was scrolled`);
    }
    for (const fault of page.faults) say(`fault: ${fault}`);
  } finally {
    await browser.close();
    await site.stop();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
});
