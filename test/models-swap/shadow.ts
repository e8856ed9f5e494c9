/**
 * `npm run models:shadow -- --reviews 40 --rounds 3 --challenger efficientdet-lite1`: the same reviews with a model on trial beside
 * the one in use and without, in turn. Says how long they took, and ends well only if each digest is what the model in use sees,
 * whatever the other saw, and if the other looked at some of them.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { setTimeout as pass } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { DigestView } from "@vigil/core/digest/wire";
import { ExperimentView } from "@vigil/core/experiment/wire";
import { shadow as limits } from "@vigil/core/limits";
import { Disagreements } from "@vigil/core/shadow/wire";
import { until } from "../../scripts/local/until.ts";
import { terminal } from "../../scripts/terminal.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { photograph } from "../walk/photograph.ts";
import type { Picture } from "../walk/subscriber.ts";
import { createWorld, type World } from "../walk/world.ts";
import { homeOf, type Operate, operatorOf, prepared, untilAllRun, withinMs } from "./parts.ts";

const { values } = parseArgs({
  options: {
    reviews: { type: "string", default: "40" },
    rounds: { type: "string", default: "3" },
    challenger: { type: "string", default: "efficientdet-lite1" },
  },
});
const [reviews, rounds] = [Number(values.reviews), Number(values.rounds)];
assert.ok(reviews >= 1 && rounds >= 1, "--reviews and --rounds must be 1 or more");
/** Irregular, so that some reviews come while the model on trial is at work. */
const gapsMs = [200, 900, 350, 1_500, 500];
/** Sessions of their own: far from each other, and long over. */
const apartMs = 600_000;

/** The same picture in other bytes, so that nothing is known of it: with a comment after its first marker. */
function otherBytes({ name, bytes }: Picture, no: number): Picture {
  const comment = Buffer.from(`picture ${no}`);
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return { name, bytes: Buffer.concat([bytes.subarray(0, 2), head, comment, bytes.subarray(2)]) };
}

let asked = 0;
/** @returns milliseconds from the request of each review to its digest, and what the digests are */
async function round(home: ReturnType<typeof homeOf>, picture: Picture) {
  const ids: string[] = [];
  for (let no = 0; no < reviews; no += 1) {
    asked += 1;
    ids.push(await home.ask(otherBytes(picture, asked), new Date(Date.now() - asked * apartMs)));
    await pass(gapsMs[no % gapsMs.length]);
  }
  const digests: DigestView[] = [];
  for (const id of ids) digests.push(await home.digestOf(id));
  return digests;
}

/** Whoever is asked says that both are wrong, so that more can be looked at. @returns how many were looked at by now */
async function answerAll(operate: Operate, id: string): Promise<number> {
  const { items } = Disagreements.parse(await operate("GET", `/experiments/${id}/disagreements`));
  for (const { no } of items) {
    await operate("PUT", `/experiments/${id}/disagreements/${no}/answer`, { right: "neither" });
  }
  const { items: all } = (await operate("GET", "/experiments")) as { items: unknown[] };
  const found = all.map((one) => ExperimentView.parse(one)).find((one) => one.id === id);
  return found?.ties ?? 0;
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function tell(name: string, digests: readonly DigestView[]): { p50: number; p95: number } {
  const sorted = digests.map(({ timings }) => timings.reviewMs).toSorted((a, b) => a - b);
  const [p50, p95] = [quantile(sorted, 0.5), quantile(sorted, 0.95)];
  terminal.line(`${name}: ${digests.length} reviews, P50 ${p50.toFixed(0)} ms, P95 ${p95.toFixed(0)} ms`);
  return { p50, p95 };
}

async function measure(world: World): Promise<void> {
  const challenger = await prepared(values.challenger);
  const champion = await prepared("yolov8n");
  const api = await world.startApi();
  const operate = operatorOf(world, api.url);
  const home = homeOf(world, api.url);
  await home.takePart();
  await world.startWorker(api.url);
  await untilAllRun(operate, champion.name, 1);
  const { sha256, licence } = challenger;
  await operate("POST", "/models", { name: values.challenger, sha256, licence });
  const picture = await photograph("carPark");
  const [without, beside]: [DigestView[], DigestView[]] = [[], []];
  let looked = 0;
  for (let no = 0; no < rounds; no += 1) {
    without.push(...(await round(home, picture)));
    const opening = { challenger: { name: values.challenger, sha256 }, shadowShare: limits.shareMax };
    const { id } = ExperimentView.parse(await operate("POST", "/experiments", opening));
    await until(
      async () => {
        await round(home, picture);
        return (await answerAll(operate, id)) > 0 ? true : undefined;
      },
      { withinMs, everyMs: 100, because: "the model on trial looked at nothing" },
    );
    const before = await answerAll(operate, id);
    beside.push(...(await round(home, picture)));
    looked += (await answerAll(operate, id)) - before;
    await operate("POST", `/experiments/${id}/stop`);
    // Hears of it with the next heartbeat.
    await pass(6_000);
  }
  const saw = new Set(
    [...without, ...beside].map(({ moments }) => JSON.stringify(moments.map(({ detections }) => detections))),
  );
  assert.equal(saw.size, 1, "digests of one picture differ");
  assert.ok([...without, ...beside].every(({ model }) => model.sha256 === champion.sha256));
  assert.ok(looked > 0, "the model on trial looked at nothing while it was measured");
  const [alone, both] = [tell("without", without), tell(`beside ${values.challenger}`, beside)];
  terminal.line(
    `with a model on trial, which looked at ${looked} pictures: P50 ${(both.p50 / alone.p50).toFixed(2)}, P95 ${(both.p95 / alone.p95).toFixed(2)} of what it is without`,
  );
}

await using server = await startTestServer();
process.env.TEST_DATABASE_URL = server.url;
const world = await createWorld();
try {
  await measure(world);
} finally {
  await world.close();
}
