import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { nothingAllowed } from "@vigil/core/consent/wire";
import { createScriptedDetector } from "../../../testing/scripted-detector.ts";
import type { DecodedImage } from "../decode/index.ts";
import type { DetectedImage } from "../infer/index.ts";
import { fingerprint } from "../lookalike/index.ts";
import { rgb } from "../pixels/index.ts";
import { type BatchRecord, createBatcher } from "./index.ts";
import { createResults } from "./results.ts";
import { createBatchSize } from "./size.ts";

const empty: DetectedImage = { detections: [], bestConfidence: 0, inferMs: 1, postMs: 0 };

function image(name: number): DecodedImage {
  return {
    pixels: new Uint8Array(0),
    canvas: { width: name, height: 1 },
    width: 1,
    height: 1,
    letterbox: { scale: 1, padX: 0, padY: 0 },
    flaws: [],
    statistics: {
      monochrome: false,
      brightness: 100,
      overexposed: 0,
      sharpness: 20,
      bands: Array(8).fill(null),
    },
    fingerprint: fingerprint(rgb(new Uint8Array(64 * 64 * 3), 64, 64)),
  };
}

/** A detector that answers when told to, and a batcher in front of it. */
function setUp(options: { windowMs?: number; imagesMax?: number } = {}) {
  const pending: { sizes: number[]; answer: () => void }[] = [];
  const detector = createScriptedDetector();
  const records: BatchRecord[] = [];
  const clock = { ms: 0 };
  const batcher = createBatcher({
    detector: {
      ...detector,
      detect: (images) =>
        new Promise((resolve) => {
          pending.push({
            sizes: images.map(({ canvas }) => canvas.width),
            answer: () => resolve(images.map(() => empty)),
          });
        }),
    },
    imagesMax: options.imagesMax ?? 16,
    windowMs: () => options.windowMs ?? 20,
    onBatchOut: () => undefined,
    onBatch: (record) => records.push(record),
    now: () => clock.ms,
  });
  const tick = (ms: number) => {
    clock.ms += ms;
    mock.timers.tick(ms);
  };
  const add = (name: number, priority = 2) =>
    batcher.expect().take({ image: image(name), reviewId: `review ${name % 2}`, priority });
  return { batcher, add, tick, pending, records };
}

describe("the batcher", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("sends what it has when nothing more is on its way", () => {
    const { add, pending } = setUp({ windowMs: 1_000 });
    void add(1);
    assert.deepEqual(
      pending.map(({ sizes }) => sizes),
      [[1]],
    );
  });

  it("waits for what is on its way, within the window", () => {
    const { batcher, add, tick, pending } = setUp({ windowMs: 20 });
    batcher.expect();
    void add(1);
    tick(19);
    assert.equal(pending.length, 0);
    tick(1);
    assert.deepEqual(pending[0]?.sizes, [1]);
  });

  it("stops waiting when what was on its way will not come", () => {
    const { batcher, add, pending } = setUp({ windowMs: 1_000 });
    const seat = batcher.expect();
    void add(1);
    seat.leave();
    seat.leave();
    assert.equal(pending.length, 1);
    assert.equal(batcher.expected, 0);
  });

  it("does not wait for more than keeps every lane of an idle detector busy", () => {
    const { batcher, add, pending } = setUp({ windowMs: 1_000 });
    for (let more = 0; more < 20; more += 1) batcher.expect();
    for (let name = 1; name <= 8; name += 1) void add(name);
    assert.deepEqual(
      pending.map(({ sizes }) => sizes.length),
      [8],
      "2 lanes of 4 images",
    );
  });

  it("has two batches out at most, and fills the next meanwhile", async () => {
    const { batcher, add, pending, records } = setUp({ windowMs: 0, imagesMax: 4 });
    const answers = Array.from({ length: 11 }, (_, name) => add(name));
    assert.equal(pending.length, 2);
    assert.equal(batcher.waiting, 9);
    while (pending.length > 0) {
      pending.shift()?.answer();
      await new Promise(setImmediate);
    }
    await Promise.all(answers);
    assert.equal(Math.max(...records.map(({ images }) => images)), 4);
    assert.equal(
      records.reduce((sum, { images }) => sum + images, 0),
      11,
    );
  });

  it("takes the urgent first", async () => {
    const { add, pending } = setUp({ imagesMax: 2 });
    void add(1);
    void add(2);
    void add(3, 4);
    void add(4, 1);
    pending.shift()?.answer();
    await new Promise(setImmediate);
    assert.deepEqual(pending.at(-1)?.sizes, [4, 3]);
  });

  it("answers each image with its own result, and tells those of a lost batch", async () => {
    const lost = createBatcher({
      detector: { ...createScriptedDetector(), detect: () => Promise.reject(new Error("closed")) },
      imagesMax: 4,
      windowMs: () => 0,
      onBatchOut: () => undefined,
      onBatch: () => undefined,
    });
    await assert.rejects(lost.expect().take({ image: image(1), reviewId: "review", priority: 1 }), /closed/);
    assert.equal(lost.batchesOut, 0);
  });
});

describe("the size of a batch", () => {
  it("shrinks to what the detector does within the target, but never below what keeps its lanes busy", () => {
    const size = createBatchSize({ least: 2, most: 8, targetMs: 400 });
    assert.equal(size.images, 8);
    size.learn({ images: 8, ms: 640, full: true });
    assert.equal(size.images, 5);
    size.learn({ images: 5, ms: 60_000, full: true });
    assert.equal(size.images, 2);
  });

  it("grows again, step by step, when full batches come back early", () => {
    const size = createBatchSize({ least: 2, most: 8, targetMs: 400 });
    size.learn({ images: 8, ms: 3_200, full: true });
    for (let batch = 0; batch < 10; batch += 1) size.learn({ images: 1, ms: 10, full: false });
    assert.equal(size.images, 2, "small batches that were not full say nothing");
    for (let batch = 0; batch < 10; batch += 1) size.learn({ images: size.images, ms: 100, full: true });
    assert.equal(size.images, 8);
  });
});

describe("kept results", () => {
  const seen = { detections: [], bestConfidence: 0.5 };

  it("serve the same bytes under the same model only", () => {
    const results = createResults({ modelSha256: "a" });
    results.keep("image", { second: nothingAllowed }, seen);
    assert.equal(results.find("image", { second: nothingAllowed }), seen);
    assert.equal(results.find("other", { second: nothingAllowed }), undefined);
  });

  it("do not serve a review that wants, or allows, another second stage", () => {
    const results = createResults({ modelSha256: "a" });
    results.keep("image", { second: nothingAllowed }, seen);
    const plates = { ...nothingAllowed, plates: true };
    assert.equal(results.find("image", { second: plates }), undefined);
    results.keep("image", { second: plates }, { ...seen, second: { plates: [] } });
    assert.equal(results.find("image", { second: { ...plates, faces: true } }), undefined);
    assert.equal(results.find("image", { second: nothingAllowed }), seen);
  });

  it("stay within their bytes", () => {
    const results = createResults({ modelSha256: "a", bytesMax: 1_200 });
    for (let index = 0; index < 100; index += 1) {
      results.keep(`image ${index}`, { second: nothingAllowed }, seen);
    }
    const kept = Array.from({ length: 100 }, (_, index) =>
      results.find(`image ${index}`, { second: nothingAllowed }),
    );
    assert.equal(kept.filter(Boolean).length, 2);
  });
});
