import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Misbehaviour } from "../../testing/evidence-host.ts";
import { startTestPipe, type TestPipe, type TestPipeOptions } from "../../testing/test-pipe.ts";
import { makeJob, startTestWorld, type TestWorld } from "../../testing/test-world.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { createLog } from "../observe/log.ts";

/** Whatever answers where the store is expected, for a fresh link too. */
const strangers: readonly (readonly [
  what: string,
  status: number,
  type: string | undefined,
  body: string,
])[] = [
  ["a page", 200, "text/html; charset=utf-8", "<h1>Welcome</h1>"],
  ["another service", 200, "application/json", '{"status":"ok"}'],
  ["the list of a bucket", 200, "application/xml", "<ListBucketResult/>"],
  ["a sign-in", 302, undefined, ""],
  ["a store that moved for good", 301, undefined, ""],
  ["a store with other keys", 403, "application/xml", "<Error><Code>InvalidAccessKeyId</Code></Error>"],
  ["a store without the bucket", 404, "application/xml", "<Error><Code>NoSuchBucket</Code></Error>"],
  ["a proxy that knows no such path", 404, "text/plain", "404 page not found"],
];

describe("evidence that is not where the job says", () => {
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
    running = [];
  });
  afterEach(async () => {
    for (const { pipe } of running) pipe.stop();
    await Promise.allSettled(running.map((one) => one.running));
  });

  function start(options?: TestPipeOptions, evidenceOrigin = world.host.origin): TestPipe {
    const one = startTestPipe({ ...world.addresses, evidenceOrigin }, options);
    running.push(one);
    return one;
  }

  /** A worker runs until it says that it cannot reach the evidence: it has reported nothing, and the job is still there. */
  async function saysItCannot(evidenceOrigin?: string): Promise<string> {
    const lines: string[] = [];
    const log = createLog({ level: "error", workerId: "wrong", write: (line) => lines.push(line) });
    const wrong = start({ change: () => ({ log }) }, evidenceOrigin);
    await waitUntil(() => lines.some((line) => line.includes("cannot reach the evidence")), {
      what: "the worker to say so",
    });
    wrong.pipe.stop();
    await wrong.running;
    assert.equal(world.api.digests.size, 0);
    assert.equal(world.api.failures.length, 0);
    assert.ok(world.queues.count("priority") > 0, "the job is still in the queue");
    return lines.join("\n");
  }

  it("is fetched where the API says by now: the stack came back on other ports while the job waited", async () => {
    const moments = await world.moments(3);
    const moved = moments.map((moment) => ({
      ...moment,
      url: moment.url.replace(world.host.origin, "http://127.0.0.1:1"),
    }));
    const job = await world.send(makeJob(moved));
    start();
    const digest = await world.digestOf(job);
    assert.deepEqual(
      digest.moments.map(({ outcome }) => outcome),
      ["reviewed", "reviewed", "reviewed"],
    );
    assert.equal(world.api.failures.length, 0);
  });

  it("costs nobody anything when the worker is configured for another store: nothing is reported, another worker does it", async () => {
    const moments = await world.moments(2, { firstSeed: 700 });
    const job = await world.send(makeJob(moments));
    assert.match(await saysItCannot("http://127.0.0.1:1"), /EVIDENCE_HOST/);
    await world.send(job);
    start();
    const digest = await world.digestOf(job);
    assert.ok(digest.moments.every(({ outcome }) => outcome === "reviewed"));
  });

  for (const [what, status, type, body] of strangers) {
    it(`costs nobody anything when ${what} answers instead`, async () => {
      const moments = await world.moments(2);
      const answer: Misbehaviour = (_request, response) => {
        const location = status < 400 && status >= 300 ? { location: "https://elsewhere.example/" } : {};
        response.writeHead(status, { ...(type ? { "content-type": type } : {}), ...location }).end(body);
      };
      const paths = moments.map(({ url }) => new URL(url).pathname);
      for (const path of paths) world.host.misbehave(path, answer);
      const job = await world.send(makeJob(moments));
      assert.match(await saysItCannot(), /for a fresh link too/);
      for (const path of paths) world.host.behave(path);
      await world.send(job);
      start();
      const digest = await world.digestOf(job);
      assert.ok(digest.moments.every(({ outcome }) => outcome === "reviewed"));
    });
  }

  it("is said to be missing where one picture of several is gone, and the others are looked at", async () => {
    const moments = await world.moments(3);
    world.host.remove(new URL(moments[1]?.url ?? "").pathname);
    const job = await world.send(makeJob(moments));
    start();
    const digest = await world.digestOf(job);
    assert.deepEqual(
      digest.moments.map(({ outcome }) => outcome),
      ["reviewed", "missing", "reviewed"],
    );
  });
});
