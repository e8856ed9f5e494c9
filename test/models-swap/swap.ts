/**
 * `npm run models:swap -- --reviews 45 --to efficientdet-lite1`: reviews of one photograph are asked for all the time, while another model is
 * promoted and rolled back. Ends well only if every review has a digest, each digest is what its model sees, nothing is left in
 * a queue, and the record of decisions verifies. Says how soon both workers had changed over.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { setTimeout as pass } from "node:timers/promises";
import { parseArgs } from "node:util";
import { DigestView } from "@vigil/core/digest/wire";
import { DecisionRecord, ModelsView } from "@vigil/core/model/wire";
import { systemClock } from "@vigil/core/platform/clock";
import { readManifest, verifyManifest } from "@vigil/verify";
import { load } from "../../gpu-worker/src/model/index.ts";
import { prepareOnce } from "../../gpu-worker/src/model/prepare-once.ts";
import { cacheDir } from "../../gpu-worker/testing/cache-dir.ts";
import { until } from "../../scripts/local/until.ts";
import { terminal } from "../../scripts/terminal.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { photograph } from "../walk/photograph.ts";
import { createSubscriber } from "../walk/subscriber.ts";
import { createWorld, type World } from "../walk/world.ts";

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
const withinMs = 300_000;

function operatorOf(world: World, apiUrl: string) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${apiUrl}/operator/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${world.base.seeded.operatorToken}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
}
type Operate = ReturnType<typeof operatorOf>;

async function prepared(name: string) {
  const model = await load(name, { cacheDir });
  return prepareOnce(model, { cacheDir, clock: systemClock, onLog: () => undefined });
}

/** @returns seconds until every worker said that it runs the model */
async function untilAllRun(operate: Operate, name: string): Promise<number> {
  const startedAt = performance.now();
  await until(
    async () => {
      const { inUse } = ModelsView.parse(await operate("GET", "/models"));
      const running = inUse.find(({ model }) => model.name === name);
      return running?.workers === workers ? true : undefined;
    },
    { withinMs, everyMs: 50, because: `not all workers took ${name} into use` },
  );
  return (performance.now() - startedAt) / 1000;
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

/** A review every {@link everyMs}. @param onCount called after each. @returns the ids of their digests */
async function keepAsking(world: World, apiUrl: string, onCount: (asked: number) => void): Promise<string[]> {
  const account = world.base.seeded.accounts.find(({ tier }) => tier === "pro");
  assert.ok(account);
  const home = createSubscriber(apiUrl, account);
  const picture = await photograph("carPark");
  const asked: string[] = [];
  const newest = Date.now() - apartMs;
  while (asked.length < reviews) {
    const occurredAt = new Date(newest - asked.length * apartMs).toISOString();
    const { sessionId } = await home.postMultipart([picture], { occurredAt });
    asked.push((await home.askForReview(sessionId)).id);
    onCount(asked.length);
    await pass(everyMs);
  }
  const digests: string[] = [];
  for (const id of asked) {
    const digestId = await until(
      async () => {
        const { state, digestId: done, failure } = await home.getReview(id);
        assert.ok(state !== "failed" && state !== "cancelled", `review ${id} is ${state}: ${failure}`);
        return done;
      },
      { withinMs, everyMs: 100, because: `review ${id} has no digest` },
    );
    digests.push(digestId);
  }
  return digests;
}

/** @returns how many digests each model has, all of which say the same of the one photograph */
async function countByModel(world: World, apiUrl: string, digests: readonly string[]) {
  const token = world.base.seeded.accounts.find(({ tier }) => tier === "pro")?.memberToken;
  const seen = new Map<string, { count: number; saw: Set<string> }>();
  for (const id of digests) {
    const answer = await fetch(`${apiUrl}/v1/digests/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { model, moments } = DigestView.parse(await answer.json());
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
  await untilAllRun(operate, champion.name);
  const { name, sha256, licence } = challenger;
  await operate("POST", "/models", { name: values.to, sha256, licence });

  const thirds = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const asking = keepAsking(world, api.url, (asked) => {
    if (asked >= reviews / 3) thirds[0].resolve();
    if (asked >= (2 * reviews) / 3) thirds[1].resolve();
  });
  await Promise.race([thirds[0].promise, asking]);
  await operate("POST", "/models/promotions", { sha256, after: 0, reason: "it is tried" });
  const promoted = await untilAllRun(operate, name);
  await Promise.race([thirds[1].promise, asking]);
  await operate("POST", "/models/roll-backs", { after: 1, reason: "it was tried" });
  const rolledBack = await untilAllRun(operate, champion.name);
  const digests = await asking;
  await world.untilQueuesAreEmpty();
  await assertRecord(operate);
  const byModel = await countByModel(world, api.url, digests);
  terminal.line(
    `${digests.length} reviews, each with its digest: ${byModel}; nothing left, none dead, the record verifies`,
  );
  terminal.line(
    `both workers had changed over ${promoted.toFixed(1)} s after the promotion, and ${rolledBack.toFixed(1)} s after the way back`,
  );
}

await using server = await startTestServer();
process.env.TEST_DATABASE_URL = server.url;
const world = await createWorld();
try {
  await swap(world);
} finally {
  await world.close();
}
