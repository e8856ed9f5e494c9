import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import * as Id from "@vigil/core/id";
import type { ChunkItem, ChunkJob, ChunkReport } from "@vigil/core/run/wire";
import { picture } from "../../../testing/pictures.ts";
import { createScriptedDetector, onePerson } from "../../../testing/scripted-detector.ts";
import { signJob } from "../../../testing/signing.ts";
import { startTestPipe, type TestPipe, type TestPipeOptions } from "../../../testing/test-pipe.ts";
import { makeJob, startTestWorld, type TestWorld } from "../../../testing/test-world.ts";
import { waitUntil } from "../../../testing/wait-until.ts";

describe("a chunk of a run", () => {
  let world: TestWorld;
  let running: TestPipe[] = [];

  before(async () => {
    world = await startTestWorld();
  });
  after(() => world.close());
  beforeEach(() => {
    world.queues.server.reset();
    world.api.chunks.clear();
    world.api.intercept = () => undefined;
    running = [];
  });
  afterEach(async () => {
    for (const { pipe } of running) pipe.stop();
    await Promise.allSettled(running.map((one) => one.running));
    assert.deepEqual(world.api.faults, [], "every request was signed and of the right shape");
  });

  function start(options?: TestPipeOptions): TestPipe {
    const one = startTestPipe(world.addresses, options);
    running.push(one);
    return one;
  }

  async function send(items: readonly ChunkItem[], overrides: Partial<ChunkJob> = {}): Promise<ChunkJob> {
    const job: ChunkJob = {
      v: 1,
      runId: Id.create("run"),
      chunk: 0,
      step: 0,
      accountId: Id.create("account"),
      model: null,
      embeddings: true,
      requestedAt: new Date().toISOString(),
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      ...overrides,
    };
    world.api.itemsOf = () => [...items];
    await world.queues.bulk.send(signJob(job));
    return job;
  }

  async function makeItems(count: number): Promise<ChunkItem[]> {
    const moments = await world.moments(count);
    return moments.map(({ url, expiresAt, sha256, bytes, contentType }, no) => {
      return { no, url, expiresAt, sha256, bytes, contentType };
    });
  }

  async function reportOf({ runId, chunk }: ChunkJob): Promise<ChunkReport> {
    const key = `${runId}/${chunk}`;
    await waitUntil(() => world.api.chunks.has(key), { what: `a report of ${key}` });
    const report = world.api.chunks.get(key);
    assert.ok(report);
    return report;
  }

  it("becomes one report with every item in it once, with what was seen and a hash, and its message is deleted", async () => {
    const job = await send(await makeItems(20));
    start();
    const { findings } = await reportOf(job);
    assert.deepEqual(
      findings.map(({ no, outcome }) => [no, outcome]),
      Array.from({ length: 20 }, (_, no) => [no, "inspected"]),
    );
    assert.ok(findings.every(({ hash }) => /^[0-9a-f]{16}$/.test(hash ?? "")));
    assert.equal(findings[0]?.detections[0]?.label, "person");
    await waitUntil(() => world.queues.count("bulk") === 0, { what: "an empty queue" });
  });

  it("tells bytes that are gone, are others, or are no picture from what may pass", async () => {
    const [gone, other, text, fault, whole] = await makeItems(5);
    assert.ok(gone && other && text && fault && whole);
    const host = new URL(gone.url);
    const cut = (await picture(900)).subarray(0, 60);
    const missing = { ...gone, url: `${host.origin}/evidence/nowhere.jpg` };
    const wrong = { ...other, sha256: "0".repeat(64) };
    world.host.put("/evidence/cut.jpg", cut);
    const sha256 = createHash("sha256").update(cut).digest("hex");
    const unreadable = { ...text, ...world.host.url("/evidence/cut.jpg"), sha256, bytes: cut.length };
    let calls = 0;
    const detector = createScriptedDetector((image) => {
      calls += 1;
      return calls === 1 ? { error: "out of memory" } : onePerson(image);
    });
    const job = await send([missing, wrong, unreadable, fault, whole]);
    start({ change: () => ({ detector }) });
    const { findings } = await reportOf(job);
    assert.deepEqual(
      findings.slice(0, 3).map(({ outcome }) => outcome),
      ["refused", "refused", "unreadable"],
    );
    assert.deepEqual(
      findings
        .slice(3)
        .map(({ outcome }) => outcome)
        .toSorted(),
      ["failed", "inspected"],
    );
  });

  it("waits while a review is in hand", async () => {
    const review = Promise.withResolvers<void>();
    let looked = 0;
    const detector = createScriptedDetector(async (image) => {
      looked += 1;
      if (looked === 1) await review.promise;
      return onePerson(image);
    });
    const live = await world.send(makeJob(await world.moments(1)));
    start({ change: () => ({ detector }) });
    await waitUntil(() => looked === 1, { what: "the review at the detector" });
    const job = await send(await makeItems(3));
    // The pipe has room for many, and takes none of them while the review is in hand.
    const next = await world.send(makeJob(await world.moments(1)));
    await world.digestOf(next);
    assert.deepEqual([looked, world.api.chunks.size], [2, 0]);
    review.resolve();
    await world.digestOf(live);
    assert.equal((await reportOf(job)).findings.length, 3);
  });

  it("holds up no review with batches that wait at the detector", async () => {
    const open = Promise.withResolvers<void>();
    let isReview = false;
    const detector = createScriptedDetector(async (image) => {
      if (!isReview) await open.promise;
      return onePerson(image);
    });
    const job = await send(await makeItems(40));
    start({ change: () => ({ detector }) });
    await waitUntil(() => detector.batches.length === 2, {
      what: "two batches of run items at the detector",
    });
    isReview = true;
    const review = await world.send(makeJob(await world.moments(10)));
    assert.equal((await world.digestOf(review)).moments.length, 10);
    assert.equal(world.api.chunks.size, 0);
    open.resolve();
    assert.equal((await reportOf(job)).findings.length, 40);
  });

  it("is dropped when nobody wants it any more", async () => {
    world.api.intercept = (route) =>
      route === "items"
        ? { status: 409, body: { code: "chunk-not-wanted", detail: "cancelled" } }
        : undefined;
    await send(await makeItems(1));
    start();
    await waitUntil(() => world.queues.count("bulk") === 0, { what: "an empty queue" });
    assert.equal(world.api.chunks.size, 0);
  });
});
