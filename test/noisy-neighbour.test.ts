/** A tenant whose pictures cost as much as the limits let them, beside one whose smoke detector goes off. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { MIB, review } from "@vigil/core/limits";
import { obtain } from "../gpu-worker/src/model/index.ts";
import { cacheDir } from "../gpu-worker/testing/cache-dir.ts";
import { distinct, makeHostilePictures } from "../gpu-worker/testing/hostile-pictures.ts";
import { samplePhotographs } from "../gpu-worker/testing/sample-photographs.ts";
import type { AccountPlan } from "../packages/core/src/seed/index.ts";
import { until } from "../scripts/local/until.ts";
import { patientClock } from "../scripts/watch-tests/patient-clock.ts";
import { watchMemory } from "./walk/memory.ts";
import { createSubscriber, type Picture } from "./walk/subscriber.ts";
import { createWorld, type Running, type World } from "./walk/world.ts";

/** What a subscriber is promised; by the clock of a machine that has other things to do. */
const { digestMsMax } = review;
/** By then it hangs. */
const waitMsMax = 240_000;
/** What the container of a worker is given at least, and its decoding processes with it. */
const memoryBytesMax = 2 * 1024 * MIB;
const perEvent = 20;
const events = 2;

const household = (name: string): AccountPlan => ({
  name,
  tier: "pro",
  siteName: "Home",
  deviceName: "Camera",
  timeZone: "Europe/London",
});

describe("a quiet tenant's life-safety digest comes within 60 s, and the worker stays within 2 GiB", () => {
  let world: World;
  let api: Running;
  let worker: Running;
  let photograph: Uint8Array;
  let kinds: Awaited<ReturnType<typeof makeHostilePictures>>;
  before(async () => {
    kinds = await makeHostilePictures();
    photograph = await readFile(await obtain(samplePhotographs.manInLane.file, { cacheDir }));
    world = await createWorld([
      household("Quiet"),
      ...["0", "1", "2"].map((name) => household(`Hostile ${name}`)),
    ]);
    api = await world.startApi();
    worker = await world.startWorker(api.url);
  });
  after(() => world.close());

  const subscriber = (name: string) => {
    const account = world.base.seeded.accounts.find((one) => one.name === name);
    assert.ok(account);
    return createSubscriber(api.url, account);
  };

  /** Until the worker has something of the hostile tenant in hand. */
  const untilBusy = () =>
    until(
      async () =>
        /^vigil_worker_moments_in_hand [1-9]/m.test(await (await fetch(worker.url)).text())
          ? true
          : undefined,
      { withinMs: 180_000, everyMs: 20, because: "the worker took nothing in hand" },
    );

  for (const index of [0, 1, 2]) {
    it(`beside ${["deep, interlaced PNGs", "JPEGs of many scans", "PNGs of the longest side"][index]}, all marked as smoke`, async (t) => {
      await using memory = watchMemory(worker.pid);
      const hostile = subscriber(`Hostile ${index}`);
      const kind = kinds[index];
      assert.ok(kind);
      for (let event = 0; event < events; event += 1) {
        const pictures: Picture[] = Array.from({ length: perEvent }, (_, nth) => ({
          name: `${nth}.img`,
          bytes: distinct(kind, event * perEvent + nth).bytes,
        }));
        await hostile.postMultipart(pictures, { type: "smoke" });
      }
      await untilBusy();

      const startedAt = performance.now();
      const clock = patientClock();
      const bytes = Buffer.concat([photograph, Buffer.from(`quiet ${index}`)]);
      const { sessionId } = await subscriber("Quiet").postMultipart([{ name: "hall.jpg", bytes }], {
        type: "smoke",
      });
      const digest = await subscriber("Quiet").digestOf(sessionId, waitMsMax);
      const patientMs = clock.ms;
      t.diagnostic(`${Math.round(performance.now() - startedAt)} ms beside ${kind.name}`);
      assert.ok(patientMs <= digestMsMax, `${Math.round(patientMs)} ms`);
      assert.equal(digest.counts.person, 1);
      t.diagnostic(`${Math.round(memory.peakBytes / MIB)} MiB at most, of all processes of the worker`);
      assert.ok(memory.peakBytes < memoryBytesMax);
    });
  }
});
