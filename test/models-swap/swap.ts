/**
 * `npm run models:swap -- --reviews 45 --to efficientdet-lite1`: reviews of one photograph are asked for all the time, while another model is
 * promoted and rolled back. Ends well only if every review has a digest, each digest is what its model sees, nothing is left in
 * a queue, and the record of decisions verifies. Says how soon both workers knew of each decision, and how soon they had changed over.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { setTimeout as pass } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { DigestView } from "@vigil/core/digest/wire";
import { DecisionRecord } from "@vigil/core/model/wire";
import { readManifest, verifyManifest } from "@vigil/verify";
import { until } from "../../scripts/local/until.ts";
import { terminal } from "../../scripts/terminal.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { photograph } from "../walk/photograph.ts";
import { createWorld, type World } from "../walk/world.ts";
import { homeOf, type Operate, operatorOf, prepared, untilAllRun, withinMs } from "./parts.ts";

const { values } = parseArgs({
  options: {
    reviews: { type: "string", default: "45" },
    to: { type: "string", default: "efficientdet-lite1" },
  },
});
const reviews = Number(values.reviews);
assert.ok(Number.isInteger(reviews) && reviews >= 3, `--reviews must be 3 or more, got ${values.reviews}`);

const workers = 2;
const everyMs = 500;
/** Sessions of their own: far from each other, and long over. */
const apartMs = 600_000;

/**
 * Decides, and waits for both: until each worker has had a heartbeat answered since, which names the model, and until each has
 * said that it runs it. In seconds.
 */
async function change(world: World, operate: Operate, to: string, decide: () => Promise<unknown>) {
  const startedAt = performance.now();
  await decide();
  const decidedAt = new Date();
  const known = until(
    async () => {
      const [row] = await world.base.owner<{ count: number }[]>`
        select count(*)::int as count from worker where seen_at > ${decidedAt}`;
      return row?.count === workers ? (performance.now() - startedAt) / 1000 : undefined;
    },
    { withinMs, everyMs: 20, because: "not every worker was heard of" },
  );
  const [knownAfter, runsAfter] = await Promise.all([known, untilAllRun(operate, to, workers)]);
  return `known to both workers after ${knownAfter.toFixed(1)} s, in use on both after ${runsAfter.toFixed(1)} s`;
}

async function assertRecord(operate: Operate): Promise<void> {
  const { manifest, publicKey, segments } = DecisionRecord.parse(await operate("GET", "/models/record"));
  const read = async (name: string) => {
    const found = segments.find((one) => one.name === name);
    return found && new TextEncoder().encode(found.text);
  };
  const { faults, version } = await verifyManifest(readManifest(JSON.stringify(manifest)), [publicKey], read);
  assert.deepEqual([faults, version], [[], 2]);
}

/** A review every {@link everyMs}. @param onCount called after each */
async function keepAsking(
  world: World,
  apiUrl: string,
  onCount: (asked: number) => void,
): Promise<DigestView[]> {
  const home = homeOf(world, apiUrl);
  const picture = await photograph("carPark");
  const asked: string[] = [];
  const newest = Date.now() - apartMs;
  while (asked.length < reviews) {
    asked.push(await home.ask(picture, new Date(newest - asked.length * apartMs)));
    onCount(asked.length);
    await pass(everyMs);
  }
  const digests: DigestView[] = [];
  for (const id of asked) digests.push(await home.digestOf(id));
  return digests;
}

/** @returns how many digests each model has, all of which say the same of the one photograph */
function countByModel(digests: readonly DigestView[]): string {
  const seen = new Map<string, { count: number; saw: Set<string> }>();
  for (const { model, moments } of digests) {
    const of = seen.get(model.name) ?? { count: 0, saw: new Set() };
    of.count += 1;
    of.saw.add(JSON.stringify(moments.map(({ detections }) => detections)));
    seen.set(model.name, of);
  }
  for (const [name, { saw }] of seen) assert.equal(saw.size, 1, `what ${name} saw in one photograph differs`);
  assert.equal(new Set([...seen.values()].flatMap(({ saw }) => [...saw])).size, seen.size);
  return [...seen].map(([name, { count }]) => `${name} ${count}`).join(", ");
}

async function swap(world: World): Promise<void> {
  const challenger = await prepared(values.to);
  const champion = await prepared("yolov8n");
  const api = await world.startApi();
  const operate = operatorOf(world, api.url);
  await Promise.all(Array.from({ length: workers }, () => world.startWorker(api.url)));
  await untilAllRun(operate, champion.name, workers);
  const { name, sha256, licence } = challenger;
  await operate("POST", "/models", { name: values.to, sha256, licence });

  const thirds = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const asking = keepAsking(world, api.url, (asked) => {
    if (asked >= reviews / 3) thirds[0].resolve();
    if (asked >= (2 * reviews) / 3) thirds[1].resolve();
  });
  await Promise.race([thirds[0].promise, asking]);
  const promoted = await change(world, operate, name, () =>
    operate("POST", "/models/promotions", { sha256, after: 0, reason: "it is tried" }),
  );
  await Promise.race([thirds[1].promise, asking]);
  const rolledBack = await change(world, operate, champion.name, () =>
    operate("POST", "/models/roll-backs", { after: 1, reason: "it was tried" }),
  );
  const digests = await asking;
  await world.untilQueuesAreEmpty();
  await assertRecord(operate);
  terminal.line(
    `${digests.length} reviews, each with its digest: ${countByModel(digests)}; nothing left, none dead, the record verifies`,
  );
  terminal.line(`promoted: ${promoted}`);
  terminal.line(`rolled back: ${rolledBack}`);
}

await using server = await startTestServer();
process.env.TEST_DATABASE_URL = server.url;
const world = await createWorld();
try {
  await swap(world);
} finally {
  await world.close();
}
