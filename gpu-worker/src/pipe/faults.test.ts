import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { deflateSync } from "node:zlib";
import * as Id from "@vigil/core/id";
import type { JobMoment } from "@vigil/core/review/wire";
import sharp from "sharp";
import type { Misbehaviour } from "../../testing/evidence-host.ts";
import { withScans } from "../../testing/hostile-pictures.ts";
import { picture, randomOf } from "../../testing/pictures.ts";
import { createScriptedDetector, onePerson } from "../../testing/scripted-detector.ts";
import { startTestPipe, type TestPipe, type TestPipeOptions } from "../../testing/test-pipe.ts";
import { makeJob, makeMoment, startTestWorld, type TestWorld } from "../../testing/test-world.ts";
import { waitUntil } from "../../testing/wait-until.ts";

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
});

function start(options?: TestPipeOptions): TestPipe {
  const one = startTestPipe(world.addresses, options);
  running.push(one);
  return one;
}

function stored(path: string, bytes: Uint8Array, overrides: Partial<JobMoment> = {}): JobMoment {
  world.host.put(path, bytes);
  return makeMoment({ ...world.host.url(path), bytes }, overrides);
}

/** A PNG whose header promises so many pixels and whose data is a few kilobytes of zeros. */
function pixelBomb(width = 30_000, height = 30_000): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(1_000_000))),
    chunk("IEND", new Uint8Array()),
  ]);
}

async function progressive(): Promise<Buffer> {
  const field = sharp({ create: { width: 512, height: 512, channels: 3, background: "#5a783c" } });
  return field.jpeg({ progressive: true, chromaSubsampling: "4:4:4" }).toBuffer();
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  return Buffer.concat([length, body, crc(body)]);
}

/** CRC-32 of a PNG chunk, bit by bit (PNG specification, annex D). */
function crc(bytes: Uint8Array): Uint8Array {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  const out = Buffer.alloc(4);
  out.writeUInt32BE((value ^ 0xffffffff) >>> 0);
  return out;
}

const slow: Misbehaviour = () => undefined;
const redirecting: Misbehaviour = (_request, response) => {
  response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
};
const lying: Misbehaviour = (_request, response, bytes) => {
  response.writeHead(200).end(Buffer.concat([bytes, Buffer.alloc(1_000_000)]));
};
const dying: Misbehaviour = (_request, response, bytes) => {
  response.writeHead(200, { "content-length": bytes.byteLength });
  response.write(bytes.subarray(0, 50), () => response.destroy());
};

describe("a fault of one moment", () => {
  it("ends that moment rightly and leaves its neighbours in the batch unharmed", async () => {
    const good = await world.moments(3);
    const [a, b, c, d] = await Promise.all([1, 2, 3, 4].map((seed) => picture(900 + seed)));
    assert.ok(a && b && c && d);
    const head = b.subarray(0, 100);
    const cases: [JobMoment, string, RegExp][] = [
      [stored("/slow.jpg", a), "missing", /not fetched within 2000 ms/],
      [stored("/redirecting.jpg", b), "missing", /redirects/],
      [stored("/lying.jpg", c), "unreadable", /more came/],
      [stored("/dying.jpg", d), "missing", /not fetched within 2000 ms/],
      [stored("/bomb.png", pixelBomb(), { contentType: "image/png" }), "unreadable", /too-many-pixels/],
      [
        stored("/row.png", pixelBomb(39_999_999, 1), { contentType: "image/png" }),
        "unreadable",
        /too-many-pixels: expected sides of at most 16384 pixels, got 39999999 x 1/,
      ],
      [
        stored("/scans.jpg", withScans(await progressive(), 3_000, 64 * 64)),
        "unreadable",
        /too-many-scans: .* at most 100 scans/,
      ],
      [stored("/head.jpg", head), "unreadable", /corrupt/],
      [stored("/text.jpg", Buffer.from("a text file, named .jpg")), "unreadable", /expected image\/jpeg/],
    ];
    world.host.misbehave("/slow.jpg", slow);
    world.host.misbehave("/redirecting.jpg", redirecting);
    world.host.misbehave("/lying.jpg", lying);
    world.host.misbehave("/dying.jpg", dying);

    const job = await world.send(makeJob([...good, ...cases.map(([moment]) => moment)]));
    start({ preload: { deadlineMs: [2_000, 2_000, 2_000, 2_000] } });
    const { moments } = await world.digestOf(job);

    assert.deepEqual(
      moments.slice(0, 3).map(({ outcome }) => outcome),
      ["reviewed", "reviewed", "reviewed"],
    );
    for (const [index, [, outcome, reason]] of cases.entries()) {
      const finding = moments[index + 3];
      assert.equal(finding?.outcome, outcome, `${reason}: ${finding?.reason}`);
      assert.match(finding?.reason ?? "", reason);
    }
  });

  it("leaves no URL and no key in anything that is reported or logged", async () => {
    const lines: string[] = [];
    const { createLog } = await import("../observe/log.ts");
    const log = createLog({ level: "trace", workerId: "test", write: (line) => lines.push(line) });
    const [gone] = await world.moments(1);
    assert.ok(gone);
    world.host.remove(new URL(gone.url).pathname);
    const reset = stored("/reset.jpg", await picture(950));
    world.host.misbehave("/reset.jpg", dying);
    await world.queues.priority.send(`{"v":1,"url":"${gone.url}"}`);
    const job = await world.send(makeJob([gone, reset, ...(await world.moments(1))]));
    start({ change: () => ({ log }), preload: { deadlineMs: [2_000, 2_000, 2_000, 2_000] } });
    const digest = await world.digestOf(job);
    await waitUntil(() => lines.some((line) => line.includes(job.reviewId)), { what: "the log line" });
    const everything = lines.join("\n") + JSON.stringify(digest);
    assert.doesNotMatch(everything, /expires=|vgl_wrk_/);
  });
});

/** A scene with sensor noise of its own in every frame. */
async function frame(noiseSeed: number): Promise<Uint8Array> {
  const { data, info } = await sharp(await picture(77, { width: 640, height: 480 }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const random = randomOf(noiseSeed);
  for (let index = 0; index < data.length; index += 1) {
    data[index] = Math.max(0, Math.min(255, (data[index] ?? 0) + Math.round((random() - 0.5) * 4)));
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}

describe("near-identical frames", () => {
  const camera = Id.create("device");

  it("of one camera take their twin's result and say so; those of another camera do not", async () => {
    const frames = await Promise.all([1, 2, 3, 4].map(frame));
    const detector = createScriptedDetector();
    const job = await world.send(
      makeJob(
        frames.map((bytes, index) =>
          stored(`/frame-${index}.jpg`, bytes, { deviceId: index < 3 ? camera : Id.create("device") }),
        ),
      ),
    );
    start({ change: () => ({ detector }) });
    const { moments } = await world.digestOf(job);
    const ofCamera = moments.slice(0, 3);
    const [looked] = ofCamera.filter(({ outcome }) => outcome === "reviewed");
    const twins = ofCamera.filter(({ outcome }) => outcome === "duplicate");
    assert.equal(twins.length, 2);
    for (const twin of twins) {
      assert.equal(twin.duplicateOf, looked?.id);
      assert.deepEqual(twin.detections, looked?.detections);
    }
    assert.equal(moments[3]?.outcome, "reviewed");
    assert.equal(
      detector.batches.reduce((sum, size) => sum + size, 0),
      2,
    );
  });

  it("are looked at themselves when their twin could not be", async () => {
    const frames = await Promise.all([1, 2].map(frame));
    let calls = 0;
    const detector = createScriptedDetector((image) => {
      calls += 1;
      return calls === 1 ? { error: "this image brought 2 lanes down" } : onePerson(image);
    });
    const job = await world.send(
      makeJob(frames.map((bytes, index) => stored(`/pair-${index}.jpg`, bytes, { deviceId: camera }))),
    );
    start({ change: () => ({ detector }) });
    const { moments } = await world.digestOf(job);
    assert.deepEqual(moments.map(({ outcome }) => outcome).toSorted(), ["reviewed", "unreadable"]);
  });
});

describe("what the API says to a report", () => {
  it("a digest that it refuses becomes a failure that is not to be repeated", async () => {
    world.api.intercept = (route) =>
      route === "digest"
        ? { status: 422, body: { code: "invalid-body", detail: "no such moment" } }
        : undefined;
    await world.send(makeJob(await world.moments(1)));
    start();
    await world.waitForEmptyQueues();
    assert.equal(world.api.failures[0]?.retryable, false);
    assert.match(world.api.failures[0]?.reason ?? "", /422 invalid-body/);
  });

  it("a key that it does not take leaves the job to its visibility timeout, for another worker", async () => {
    world.api.intercept = (route) =>
      route === "heartbeats"
        ? undefined
        : { status: 401, body: { code: "unauthenticated", detail: "revoked" } };
    await world.send(makeJob(await world.moments(1)));
    const { metrics } = start();
    await waitUntil(() => world.api.requests.digest > 0, { what: "a refused report" });
    let text = "";
    const read = async () => {
      text = (await metrics.expose()).text;
    };
    await read();
    await waitUntil(
      () => {
        void read();
        return /vigil_worker_reviews_total\{result="unreported"\} 1/.test(text);
      },
      { what: "the end of the job" },
    );
    assert.equal(world.queues.server.inspectQueue("priority")?.messages.inflight.length, 1);
    assert.equal(world.api.failures.length, 0);
  });

  it("an overloaded system lengthens the batch window", async () => {
    const calm = world.api.heartbeatReply;
    world.api.heartbeatReply = { ...calm, queueDepth: 2_000, overloaded: true, extraBatchWindowMs: 500 };
    const detector = createScriptedDetector();
    const beats = world.api.heartbeats.length;
    start({ change: () => ({ detector }), settings: { batch: { imagesMax: 16, windowMs: 0 } } });
    await waitUntil(() => world.api.heartbeats.length > beats, { what: "a heartbeat" });
    world.host.misbehave("/late.jpg", slow);
    const late = stored("/late.jpg", await picture(990));
    await world.send(makeJob([late, ...(await world.moments(6))], { priority: 1 }));
    await waitUntil(() => detector.batches.length > 0, { what: "a batch" });
    assert.equal(detector.batches[0], 6, "all that came within the longer window");
    world.api.heartbeatReply = calm;
  });
});

describe("the second stage", () => {
  const capabilities = { faces: true, reidentification: false, plates: false };
  const inspect = { faces: true, reidentification: true, plates: true };
  const policy = { k: 40, earlyExitConfidence: 0.2, secondStage: true, inspect };

  it("looks at what is not empty, tells its capabilities, and its failure costs no detection", async () => {
    const detector = createScriptedDetector();
    const inspected: number[] = [];
    const secondStage = {
      capabilities,
      async inspect({ detections }: { detections: unknown[] }) {
        inspected.push(detections.length);
        if (inspected.length === 1) throw new Error("this picture is odd");
        return { faces: { count: 1, qualityMax: 0.5 } };
      },
      close: async () => undefined,
    };
    const job = await world.send(makeJob(await world.moments(2), { policy }));
    start({ change: () => ({ detector, secondStage }) });
    const digest = await world.digestOf(job);
    assert.deepEqual(digest.worker.capabilities, capabilities);
    assert.deepEqual(
      digest.moments.map(({ detections, outcome }) => [outcome, detections.length]),
      [
        ["reviewed", 1],
        ["reviewed", 1],
      ],
    );
    assert.equal(digest.moments.filter(({ faces }) => faces?.count === 1).length, 1);
  });

  it("does not run on an empty frame, nor for a job that does not want it, or allows nothing that it can do", async () => {
    let inspected = 0;
    const secondStage = {
      capabilities,
      async inspect() {
        inspected += 1;
        return {};
      },
      close: async () => undefined,
    };
    const emptyFrame = { detections: [], bestConfidence: 0.1, inferMs: 1, postMs: 0 };
    let calls = 0;
    const detector = createScriptedDetector((image) => {
      calls += 1;
      return calls === 1 ? emptyFrame : onePerson(image);
    });
    const first = await world.send(makeJob(await world.moments(1), { policy }));
    start({ change: () => ({ detector, secondStage }) });
    const digest = await world.digestOf(first);
    assert.equal(digest.moments[0]?.outcome, "early_exit");
    for (const unwanted of [
      undefined,
      { ...policy, secondStage: false },
      { ...policy, inspect: { ...inspect, faces: false } },
    ]) {
      const job = await world.send(makeJob(await world.moments(1), unwanted ? { policy: unwanted } : {}));
      assert.equal((await world.digestOf(job)).moments[0]?.outcome, "reviewed");
    }
    assert.equal(inspected, 0);
  });
});
