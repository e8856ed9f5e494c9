/**
 * How soon whoever wants to know is told, and what that costs: digests are stored one after another, for three webhooks and a
 * client that follows the stream; then all of them are told once more, at once. API, delivery function and sweep are one
 * process, beside real queues and a real PostgreSQL. Beside each figure stands what the same would take without Vigil, in the
 * same run: a program that asks PostgreSQL for new entries as often as the stream does, and bare POSTs to the same receivers.
 *
 *   npm run bench -- deliver --digests 200 --usd-per-gb-second 0.0000133334
 */
import "../../scripts/help.ts";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Message, Redelivered } from "@vigil/core/delivery/wire";
import * as Id from "@vigil/core/id";
import { delivery as deliveryLimits, stream as streamLimits } from "@vigil/core/limits";
import { Webhook } from "standardwebhooks";
import { percentile } from "../../packages/core/testing/simulate.ts";
import { until } from "../../scripts/local/until.ts";
import { terminal } from "../../scripts/terminal.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { createWorld, type World } from "../walk/world.ts";
import { bundleApi } from "./bundle-api.ts";
import { type Cast, createCast } from "./cast.ts";
import type { Hook } from "./hooks.ts";

const { values } = parseArgs({
  options: {
    digests: { type: "string", default: "200" },
    /** Prices of AWS for arm64 in eu-west-2, to be checked against your own. */
    "usd-per-gb-second": { type: "string", default: "0.0000133334" },
    "usd-per-million-calls": { type: "string", default: "0.20" },
    "usd-per-million-messages": { type: "string", default: "0.40" },
    /** What a receiver on the internet takes to answer, on top of what is measured here. */
    "receiver-ms": { type: "string", default: "150" },
  },
});
const digests = Number(values.digests);
const endpoints = 3;
const settleMsMax = 240_000;
/** Between two events: the machine is not what is measured here. */
const everyMs = 250;
const streamGb = 128 / 1024;
const deliveryGb = 1;

type Bare = { seen: Map<number, number>; stop: () => Promise<void> };

/** The least that a follower who asks can do: one connection, one question, as often as the stream asks it. */
function followBare({ owner }: World["base"]): Bare {
  const over = new AbortController();
  const seen = new Map<number, number>();
  const asking = (async () => {
    let newest = 0;
    while (!over.signal.aborted) {
      const rows = await owner<{ number: number }[]>`
        select number::float8 as number from stream_entry where number > ${newest} order by number`;
      for (const { number } of rows) seen.set(number, Date.now());
      newest = rows.at(-1)?.number ?? newest;
      await pause(streamLimits.pollMs + streamLimits.gatherMs, undefined, { signal: over.signal }).catch(
        () => undefined,
      );
    }
  })();
  return {
    seen,
    async stop() {
      over.abort();
      await asking;
    },
  };
}

/** As long as what Vigil tells. */
function messageOf(id: string, at: Date): Message {
  return {
    specversion: "1.0",
    id,
    source: "/accounts/acc_bare",
    type: "vigil.bare.v1",
    time: at.toISOString(),
    subject: id,
    datacontenttype: "application/json",
    data: {
      level: "elevated",
      title: "A person at the front door",
      summary: ["A person was at the front door for some seconds.", "Nobody was expected there."],
      occurredAt: at.toISOString(),
      site: null,
      zones: ["front_door"],
      seen: { person: 1 },
      recommendation: "Look at the pictures.",
      thread: id,
      rings: true,
      links: { console: "https://console.test/digests/bare", api: null },
    },
  };
}

/** Signs a body and posts it, and that is all. */
async function postBare({ url, secret }: Hook, id: string): Promise<number> {
  const at = new Date();
  const body = JSON.stringify(messageOf(id, at));
  const startMs = performance.now();
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/cloudevents+json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    },
  });
  await answer.arrayBuffer();
  return performance.now() - startMs;
}

/** As many at once as Vigil has under way. @returns how many a second */
async function postManyBare(hooks: readonly Hook[], count: number): Promise<number> {
  const startMs = performance.now();
  let begun = 0;
  const post = async (hook: Hook) => {
    while (begun < count) {
      begun += 1;
      await postBare(hook, Id.create("delivery"));
    }
  };
  await Promise.all(
    hooks.flatMap((hook) => Array.from({ length: deliveryLimits.perEndpointMax }, () => post(hook))),
  );
  return (count / (performance.now() - startMs)) * 1000;
}

function untilNoneWaits({ base }: World, expected: number): Promise<true> {
  return until(
    async () => {
      const [row] = await base.owner<{ told: number; waiting: number; digests: number }[]>`
        select count(*) filter (where state = 'delivered')::int as told,
          count(*) filter (where state = 'pending')::int as waiting,
          (select count(*)::int from digest) as digests from delivery`;
      return row?.waiting === 0 && row.told >= expected && row.digests === digests ? true : undefined;
    },
    { withinMs: settleMsMax, everyMs: 100, because: "not everything was told in time" },
  );
}

type Waits = { seen: number[]; seenBare: number[]; received: number[] };

/** From when a report came in, which is before its digest has committed. */
async function waitsOf({ base }: World, cast: Cast, bare: Bare): Promise<Waits> {
  const entries = await base.owner<{ number: number; subject: string; at: Date }[]>`
    select number::float8 as number, subject, at from stream_entry where kind = 'digest' order by number`;
  const heard = new Map(cast.heard.map(({ number, at }) => [number, at]));
  const since = (at: Date, then: number | undefined) =>
    then === undefined ? [] : [then - new Date(at).getTime()];
  return {
    seen: entries.flatMap(({ number, at }) => since(at, heard.get(number))),
    seenBare: entries.flatMap(({ number, at }) => since(at, bare.seen.get(number))),
    received: entries.flatMap(({ subject, at }) =>
      cast.hooks.flatMap((hook) =>
        since(at, [...hook.told.values()].find((told) => told.subject === subject)?.at),
      ),
    ),
  };
}

/** Everything once more, at once. @returns how many a second */
async function tellAgain(world: World, cast: Cast): Promise<{ count: number; perSecond: number }> {
  const key = cast.account.memberToken;
  const { items } = (await (await cast.ask("/v1/endpoints", { key })).json()) as { items: { id: string }[] };
  const range = { from: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 60_000) };
  const startMs = performance.now();
  const due = await Promise.all(
    items.map(async ({ id }) => {
      const path = `/v1/endpoints/${id}/redeliveries`;
      const answer = await cast.ask(path, { key, method: "POST", json: range });
      return Redelivered.parse(await answer.json()).count;
    }),
  );
  const count = due.reduce((sum, each) => sum + each, 0);
  await untilNoneWaits(world, count);
  return { count, perSecond: (count / (performance.now() - startMs)) * 1000 };
}

async function attemptMs({ base }: World): Promise<number> {
  const [row] = await base.owner<{ median: number }[]>`
    select percentile_cont(0.5) within group (order by milliseconds)::float8 as median from delivery_attempt`;
  return row?.median ?? 0;
}

function printWaits(name: string, waits: readonly number[], bare: readonly number[]): void {
  const at = (p: number) => percentile(waits, p);
  terminal.line(
    `${name.padEnd(30)} n ${String(waits.length).padStart(4)}   P50 ${at(0.5).toFixed(0).padStart(5)} ms   P95 ${at(0.95).toFixed(0).padStart(5)} ms   bare P50 ${percentile(bare, 0.5).toFixed(1)} ms   x${(at(0.5) / percentile(bare, 0.5)).toFixed(1)}`,
  );
}

function printCosts(measuredMs: number): void {
  const gbSecond = Number(values["usd-per-gb-second"]);
  const call = Number(values["usd-per-million-calls"]) / 1e6;
  const message = Number(values["usd-per-million-messages"]) / 1e6;
  const seconds = (measuredMs + Number(values["receiver-ms"])) / 1000;
  // Sent one by one; received and deleted by Lambda, at the least favourable one by one too.
  const alone = deliveryGb * seconds * gbSecond + call + 3 * message;
  const together = (deliveryGb * seconds * gbSecond + call + 2 * message) / 10 + message;
  const hour = streamGb * 3600 * gbSecond;
  terminal.line(`
1,000 deliveries           ${(alone * 1000).toFixed(4)} USD when each comes alone, ${(together * 1000).toFixed(4)} in tens
an hour of an open page    ${hour.toFixed(4)} USD (${streamGb * 1024} MB x 3,600 s); one that is closed costs up to ${((hour * streamLimits.followMsMax) / 3_600_000).toFixed(5)} more
prices: ${gbSecond} USD a GB-second, ${call * 1e6} a million calls, ${message * 1e6} a million messages; an attempt: ${measuredMs} ms here and ${values["receiver-ms"]} ms of the receiver`);
}

async function measure(world: World): Promise<void> {
  const api = await world.startApi({ LOCAL_RECEIVERS: "true" }, await bundleApi());
  const cast = await createCast({ world, urlOf: () => api.url, endpoints, events: digests });
  const bare = followBare(world.base);
  try {
    const posted: number[] = [];
    for (let number = 0; number < digests; number += 1) {
      await cast.postEvent();
      const hook = cast.hooks[number % endpoints];
      if (hook) posted.push(await postBare(hook, Id.create("delivery")));
      await pause(everyMs);
    }
    await untilNoneWaits(world, digests * endpoints);
    const newest = Math.max(...bare.seen.keys());
    await until(() => ((cast.heard.at(-1)?.number ?? 0) >= newest ? true : undefined), {
      withinMs: settleMsMax,
      because: "the stream did not tell all",
    });
    const waits = await waitsOf(world, cast, bare);
    await bare.stop();
    const again = await tellAgain(world, cast);
    const perSecondBare = await postManyBare(cast.hooks, again.count);
    const faults = [...cast.faults, ...cast.hooks.flatMap((hook) => hook.faults)];
    if (faults.length > 0) throw new Error(faults.join("\n"));
    printWaits("stored -> seen in the stream", waits.seen, waits.seenBare);
    printWaits("stored -> received", waits.received, posted);
    terminal.line(
      `${"deliveries a second".padEnd(30)} n ${String(again.count).padStart(4)}   ${again.perSecond.toFixed(0)}/s   bare ${perSecondBare.toFixed(0)}/s   x${(again.perSecond / perSecondBare).toFixed(2)}`,
    );
    printCosts(await attemptMs(world));
  } finally {
    await bare.stop();
    await cast.close();
  }
}

await using server = await startTestServer();
process.env["TEST_DATABASE_URL"] = server.url;
const world = await createWorld();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void world.close().finally(() => process.exit(1)));
}
try {
  await measure(world);
} finally {
  await world.close();
}
