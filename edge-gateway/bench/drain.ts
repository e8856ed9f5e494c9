/**
 * `npm run gateway:drain -- [events] [gigabytes]`: a site that was offline for 30 days, with a gateway that was restarted in
 * between and whose clock was wrong, comes back to the real API. Prints how long it takes, and looks at what arrived.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { serveApi } from "../../functions/testing/served-api.ts";
import { openForward } from "../src/forward/index.ts";
import { createLog } from "../src/log.ts";
import { openStore } from "../src/store/index.ts";
import { heard, picture } from "../testing/event-items.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { inTestServer } from "./test-server.ts";

const dayMs = 24 * 60 * 60 * 1000;
const offlineMs = 30 * dayMs;
const boots = 3;
const MIB = 1024 * 1024;
/** The API takes 30 days; rendering keeps an hour from that edge. */
const clampedMs = 2 * 60 * 60 * 1000;

type Offline = { events: number; side: number };

/** Records a month, a boot for each third of it, with a clock that has the time and stands at `now` at the end. */
async function beOffline(directory: string, { events, side }: Offline, now: number): Promise<void> {
  for (let boot = 0; boot < boots; boot += 1) {
    const store = await openStore({ directory, ballastBytes: MIB });
    const startMs = now - offlineMs + (boot / boots) * offlineMs;
    await store.start(startMs, "0a1b");
    const count = Math.floor(events / boots);
    for (let index = 0; index < count; index += 1) {
      const monotonicMs = (index / count) * (offlineMs / boots);
      const number = boot * count + index;
      const item = heard(`drain.${boot}.${index}`, {
        urgent: number % 10 === 0,
        heard: { type: number % 10 === 0 ? "smoke" : "temperature", zone: "hall", attributes: { number } },
        at: { wallMs: startMs + monotonicMs, monotonicMs },
        evidence: [picture("thermal.png", number, side)],
      });
      assert.equal(await store.record(item), true);
    }
    await store.tend({ wallMs: startMs + offlineMs / boots, monotonicMs: offlineMs / boots });
    await store.close();
  }
}

async function drain({ events, side }: Offline): Promise<void> {
  using folder = temporaryFolder();
  const api = await serveApi();
  try {
    const now = Date.now();
    await beOffline(folder.path, { events, side }, now);
    const total = Math.floor(events / boots) * boots;
    const store = await openStore({ directory: folder.path, ballastBytes: MIB });
    await store.start(now, "0a1b");
    const startMs = performance.now();
    const forward = openForward({
      url: api.url,
      key: api.base.seeded.accounts.find(({ tier }) => tier === "pro")?.deviceKey ?? "",
      store,
      clock: { now: () => new Date(), monotonicMs: () => performance.now() },
      random: Math.random,
      log: createLog({ level: "silent" }),
      onAccepted: () => {},
      onLink: () => {},
    });
    let shown = 0;
    const drained = async () => {
      const { kept } = await store.balance();
      if (total - kept >= shown + 1_000) {
        shown = total - kept;
        process.stdout.write(`  ${shown} of ${total}\n`);
      }
      return kept === 0;
    };
    await waitUntil(drained, { what: "an empty outbox", msMax: 60 * 60_000 });
    const seconds = (performance.now() - startMs) / 1000;
    const balance = await store.balance();
    const [row] = await api.base.owner<{ events: number; ready: number; bytes: string; oldest: Date }[]>`
      select count(distinct e.id)::int as events, (count(m.id) filter (where m.state = 'ready'))::int as ready,
        sum(m.bytes)::text as bytes, min(e.reported_at) as oldest
      from event e left join moment m on m.event_id = e.id where e.client_id like 'drain.%'`;
    assert.deepEqual([row?.events, row?.ready], [total, total]);
    assert.deepEqual(
      balance.ended.map(({ outcome, count }) => [outcome, count]),
      [["forwarded", total]],
    );
    const lateMs = (row?.oldest.getTime() ?? 0) - (now - offlineMs);
    assert.ok(lateMs >= 0 && lateMs < clampedMs, `the oldest is told ${lateMs} ms late`);
    const gigabytes = Number(row?.bytes ?? 0) / 1e9;
    process.stdout.write(
      `${total} events and ${gigabytes.toFixed(2)} GB of 30 days drained in ${seconds.toFixed(0)} s ` +
        `(${(total / seconds).toFixed(0)} events/s), each once, all evidence ready\n`,
    );
    await forward.stop();
    await store.close();
  } finally {
    await api.close();
  }
}

const [, , events = "6000", gigabytes = "1"] = process.argv;
// A picture of noise has a byte for each pixel.
const side = Math.ceil(Math.sqrt((Number(gigabytes) * 1e9) / Number(events)));
await inTestServer(() => drain({ events: Number(events), side }));
