import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { DigestReport } from "@vigil/core/digest/wire";
import * as Id from "@vigil/core/id";
import { createSigningKey, readSigningKey, sign } from "@vigil/core/review/job-signature";
import { picture } from "../../testing/pictures.ts";
import { createScriptedDetector } from "../../testing/scripted-detector.ts";
import { signJob } from "../../testing/signing.ts";
import { startTestPipe, type TestPipe, type TestPipeOptions } from "../../testing/test-pipe.ts";
import { makeJob, startTestWorld, type TestWorld } from "../../testing/test-world.ts";
import { waitUntil } from "../../testing/wait-until.ts";

describe("the pipe", () => {
  let world: TestWorld;
  let running: TestPipe[] = [];

  before(async () => {
    world = await startTestWorld();
  });
  after(() => world.close());
  beforeEach(() => {
    world.queues.server.reset();
    world.api.digests.clear();
    world.api.failures.length = 0;
    world.api.intercept = () => undefined;
    world.api.failureReply = { action: "stop", delaySeconds: 0 };
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

  it("turns a job into one digest with every moment in it once, and deletes the message", async () => {
    const job = await world.send(makeJob(await world.moments(6)));
    start();
    const digest = await world.digestOf(job);
    assert.deepEqual(
      digest.moments.map(({ id }) => id),
      job.moments.map(({ id }) => id),
    );
    assert.ok(digest.moments.every(({ outcome }) => outcome === "reviewed"));
    assert.deepEqual(digest.worker.model, { name: "scripted", sha256: "5".repeat(64) });
    await world.waitForEmptyQueues();
    assert.equal(world.queues.count("dead-letter"), 0);
  });

  it("fills batches across jobs", async () => {
    const detector = createScriptedDetector();
    for (let index = 0; index < 4; index += 1) await world.send(makeJob(await world.moments(1)));
    start({
      change: () => ({ detector }),
      settings: { batch: { imagesMax: 4, windowMs: 1_000 } },
    });
    await waitUntil(() => world.api.digests.size === 4, { what: "four digests" });
    assert.ok(detector.batches.length < 4, `4 jobs of one image took ${detector.batches.length} batches`);
  });

  it("keeps the message until the API has stored the digest, through passing faults", async () => {
    let refusals = 0;
    world.api.intercept = (route) => {
      if (route !== "digest" || refusals >= 3) return undefined;
      refusals += 1;
      assert.equal(world.queues.count("priority"), 1);
      return { status: 503, body: {} };
    };
    const job = await world.send(makeJob(await world.moments(1)));
    const { metrics } = start();
    await world.digestOf(job);
    await world.waitForEmptyQueues();
    assert.equal(refusals, 3);
    assert.match((await metrics.expose()).text, /vigil_worker_retries_total\{call="api"\} 3/);
  });

  it("deletes the message when another digest is stored, and when the review is not wanted", async () => {
    world.api.intercept = (route, reviewId) => {
      if (route !== "digest") return undefined;
      const code = reviewId === first.reviewId ? "digest-differs" : "review-not-wanted";
      return { status: 409, body: { code, detail: "as the test says" } };
    };
    const first = await world.send(makeJob(await world.moments(1)));
    await world.send(makeJob(await world.moments(1)));
    start();
    await world.waitForEmptyQueues();
    assert.equal(world.api.failures.length, 0);
  });

  it("drops a job whose review is not wanted when it asks for fresh URLs, without a digest", async () => {
    world.api.intercept = (route) =>
      route === "evidence-urls"
        ? { status: 409, body: { code: "review-not-wanted", detail: "cancelled" } }
        : undefined;
    const moments = await world.moments(3);
    const expired = moments.map((moment) => ({ ...moment, expiresAt: new Date(0).toISOString() }));
    await world.send(makeJob(expired));
    start();
    await world.waitForEmptyQueues();
    assert.equal(world.api.digests.size, 0);
    assert.equal(world.api.failures.length, 0);
  });

  it("reviews a job whose URLs have expired in the queue, with one renewal for all of them", async () => {
    const moments = await world.moments(4, { firstSeed: 500 });
    const renewalsBefore = world.api.requests["evidence-urls"];
    const job = await world.send(
      makeJob(
        moments.map((moment, index) => ({
          ...moment,
          ...world.host.url(`/evidence/${500 + index}.jpg`, -5),
        })),
      ),
    );
    start();
    const digest = await world.digestOf(job);
    assert.ok(digest.moments.every(({ outcome }) => outcome === "reviewed"));
    assert.equal(world.api.requests["evidence-urls"] - renewalsBefore, 1);
  });

  it("works a job once that arrives twice while it is in hand, and deletes both messages", async () => {
    const gate = Promise.withResolvers<void>();
    const detector = createScriptedDetector(async () => {
      await gate.promise;
      return { detections: [], bestConfidence: 0.05, inferMs: 1, postMs: 0 };
    });
    const job = await world.send(makeJob(await world.moments(1)));
    await world.send(job);
    start({ change: () => ({ detector }) });
    await waitUntil(() => world.queues.server.inspectQueue("priority")?.messages.inflight.length === 2, {
      what: "both messages in flight",
    });
    gate.resolve();
    await world.digestOf(job);
    await world.waitForEmptyQueues();
    assert.equal(detector.batches.length, 1);
    assert.equal(world.api.digests.size, 1);
  });

  it("looks once at the same bytes, also for another account", async () => {
    const detector = createScriptedDetector();
    const moments = await world.moments(3);
    const first = await world.send(makeJob(moments));
    const { metrics } = start({ change: () => ({ detector }) });
    await world.digestOf(first);
    const second = await world.send(
      makeJob(
        moments.map((moment) => ({ ...moment, id: Id.create("moment"), deviceId: Id.create("device") })),
      ),
    );
    const digest = await world.digestOf(second);
    assert.ok(
      digest.moments.every(({ outcome, detections }) => outcome === "reviewed" && detections.length === 1),
    );
    assert.equal(
      detector.batches.reduce((sum, size) => sum + size, 0),
      3,
    );
    assert.match((await metrics.expose()).text, /vigil_worker_cache_hits_total\{cache="result"\} 3/);
  });

  it("ends other bytes under an announced hash as unreadable, whatever it has seen before", async () => {
    const [seen, other] = await world.moments(2);
    assert.ok(seen && other);
    start();
    assert.equal((await world.digestOf(await world.send(makeJob([seen])))).moments[0]?.outcome, "reviewed");

    // The other picture, cut or filled up to the announced length: in the place of the first, and in one of its own.
    const altered = await picture(9_000);
    const bytes = Buffer.concat([altered, Buffer.alloc(seen.bytes)]).subarray(0, seen.bytes);
    world.host.put(new URL(seen.url).pathname, bytes);
    world.host.put("/elsewhere.jpg", bytes);
    const again = { ...seen, id: Id.create("moment") };
    const elsewhere = { ...seen, ...world.host.url("/elsewhere.jpg"), id: Id.create("moment") };
    const { moments } = await world.digestOf(await world.send(makeJob([again, elsewhere])));
    assert.deepEqual(
      moments.map(({ outcome, detections }) => [outcome, detections.length]),
      [
        ["unreadable", 0],
        ["unreadable", 0],
      ],
    );
    assert.match(moments[0]?.reason ?? "", /differ from what was announced/);
  });

  it("takes no more jobs than the moments in hand allow", async () => {
    const gate = Promise.withResolvers<void>();
    const detector = createScriptedDetector(async () => {
      await gate.promise;
      return { detections: [], bestConfidence: 0.05, inferMs: 1, postMs: 0 };
    });
    for (let index = 0; index < 8; index += 1) await world.send(makeJob(await world.moments(2)));
    start({
      change: () => ({ detector }),
      settings: { momentsInHandMax: 4, batch: { imagesMax: 1, windowMs: 0 } },
    });
    await waitUntil(() => detector.batches.length === 2, { what: "a busy detector" });
    const inFlight = world.queues.server.inspectQueue("priority")?.messages.inflight.length ?? 0;
    assert.ok(inFlight <= 3, `2 jobs fill the pipe and 1 may wait, ${inFlight} are in flight`);
    gate.resolve();
    await waitUntil(() => world.api.digests.size === 8, { what: "all digests" });
  });

  it("leaves a message that is no job, and one that was forged or altered, to the dead-letter queue, and works on", async () => {
    const victim = makeJob(await world.moments(1));
    const [other] = await world.moments(1);
    assert.ok(other);
    const another = { url: other.url, sha256: other.sha256, bytes: other.bytes };
    const forged = makeJob(
      victim.moments.map((moment) => ({ ...moment, ...another })),
      {
        reviewId: victim.reviewId,
      },
    );
    const altered = signJob(victim).replace(victim.moments[0]?.url ?? "", other.url);
    const others = sign(forged, readSigningKey(createSigningKey()));
    const refused = ["{ not a job", JSON.stringify(forged), others, altered];
    for (const body of refused) await world.queues.priority.send(body);
    start({ settings: { queues: { pollSeconds: 1, visibilitySeconds: 1, heartbeatSeconds: 1 } } });
    await waitUntil(() => world.queues.count("dead-letter") === refused.length, { what: "the dead letters" });
    assert.deepEqual([world.api.digests.size, world.api.failures.length], [0, 0]);
    assert.equal(world.host.requests(new URL(other.url).pathname), 0, "nothing was fetched for them");

    await world.send(victim);
    assert.equal((await world.digestOf(victim)).moments[0]?.outcome, "reviewed");
  });

  it("ends empty frames as early exits, without detections", async () => {
    const detector = createScriptedDetector(() => ({
      detections: [],
      bestConfidence: 0.19,
      inferMs: 1,
      postMs: 0,
    }));
    const job = await world.send(makeJob(await world.moments(2)));
    const { metrics } = start({ change: () => ({ detector }) });
    const digest = await world.digestOf(job);
    assert.deepEqual(
      digest.moments.map(({ outcome }) => outcome),
      ["early_exit", "early_exit"],
    );
    await world.waitForEmptyQueues();
    assert.match((await metrics.expose()).text, /deep_early_exits_total 2/);
  });

  it("reports a failure when the job wants another model, and obeys the answer", async () => {
    world.api.failureReply = { action: "retry", delaySeconds: 600 };
    const job = makeJob(await world.moments(1), { model: { name: "another", sha256: "a".repeat(64) } });
    await world.send(job);
    start();
    await waitUntil(() => world.api.failures.length === 1, { what: "the failure report" });
    assert.equal(world.api.failures[0]?.retryable, true);
    assert.match(world.api.failures[0]?.reason ?? "", /wants the model another/);
    await waitUntil(
      () => {
        const [held] = world.queues.server.inspectQueue("priority")?.messages.inflight ?? [];
        return held !== undefined && held.visibilityDeadline > Date.now() + 300_000;
      },
      { what: "the message hidden for the delay" },
    );
  });

  it("gives unfinished work back at the end of the drain time and ends", async () => {
    const detector = createScriptedDetector(() => new Promise(() => undefined));
    await world.send(makeJob(await world.moments(1)));
    const { pipe, running: ended } = start({ change: () => ({ detector }), settings: { drainSeconds: 1 } });
    await waitUntil(() => detector.batches.length === 1, { what: "a job in hand" });
    pipe.stop();
    await ended;
    assert.equal(world.queues.server.inspectQueue("priority")?.messages.ready.length, 1);
    assert.equal(world.api.failures.length, 0);
  });

  it("finishes what is in hand when stopped, and takes nothing new", async () => {
    const gate = Promise.withResolvers<void>();
    const detector = createScriptedDetector(async () => {
      await gate.promise;
      return { detections: [], bestConfidence: 0.05, inferMs: 1, postMs: 0 };
    });
    const job = await world.send(makeJob(await world.moments(1)));
    const { pipe, running: ended } = start({ change: () => ({ detector }) });
    await waitUntil(() => detector.batches.length === 1, { what: "a job in hand" });
    pipe.stop();
    await world.send(makeJob(await world.moments(1)));
    gate.resolve();
    await ended;
    assert.deepEqual([...world.api.digests.keys()], [`${job.reviewId}/0`]);
    assert.equal(
      world.queues.count("priority"),
      1,
      "the other job waits for another worker, visible or soon",
    );
    assert.equal(world.queues.server.inspectQueue("priority")?.messages.inflight.length, 0);
  });

  it("gives everything back and ends in an error when the detector is down", async () => {
    const detector = createScriptedDetector(() => {
      detector.fail(new Error("no lane starts any more"));
      throw new Error("no lane starts any more");
    });
    await world.send(makeJob(await world.moments(1)));
    const { pipe, running: ended } = start({ change: () => ({ detector }) });
    await assert.rejects(ended, /the detector is down/);
    assert.equal(pipe.health.check().ok, false);
    assert.equal(world.queues.server.inspectQueue("priority")?.messages.ready.length, 1);
    assert.equal(world.api.failures.length, 0);
  });

  it("sends heartbeats that name what it has in hand, and lengthens the window when told to", async () => {
    const { parts } = start();
    await waitUntil(() => world.api.heartbeats.length > 0, { what: "a heartbeat" });
    const [heartbeat] = world.api.heartbeats;
    assert.equal(heartbeat?.workerId, parts.workerId);
    assert.deepEqual(heartbeat?.model, { name: "scripted", sha256: "5".repeat(64) });
  });

  it("sends reports that the wire's schema accepts, whatever the detector says", async () => {
    const detector = createScriptedDetector(() => ({ error: "this image broke the graph" }));
    const moments = await world.moments(2);
    const missing = { ...(await world.moments(1))[0], id: Id.create("moment") } as (typeof moments)[number];
    world.host.remove(new URL(missing.url).pathname);
    const job = await world.send(makeJob([...moments, missing]));
    start({ change: () => ({ detector }) });
    const digest = await world.digestOf(job);
    assert.ok(DigestReport.safeParse(digest).success);
    assert.deepEqual(
      digest.moments.map(({ outcome }) => outcome),
      ["unreadable", "unreadable", "missing"],
    );
  });
});
