import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Detection } from "@vigil/core/digest/wire";
import * as limits from "@vigil/core/limits";
import { systemClock } from "@vigil/core/platform/clock";
import { cacheDir } from "../../../testing/cache-dir.ts";
import { findUnmatched } from "../../../testing/match-detections.ts";
import { createReferenceDetector, type ReferenceDetector } from "../../../testing/reference-detector.ts";
import { samplePhotographs } from "../../../testing/sample-photographs.ts";
import { type LoadedModel, load, obtain } from "../../model/index.ts";
import { prepareOnce } from "../../model/prepare-once.ts";
import { type DecodedImage, decode } from "../decode/index.ts";
import { createDetector, type DetectedImage, type Detector } from "./index.ts";

const strong = 0.4;

async function photograph(name: keyof typeof samplePhotographs): Promise<Uint8Array> {
  return readFile(await obtain(samplePhotographs[name].file, { cacheDir }));
}

function detectionsOf(result: DetectedImage | undefined) {
  assert.ok(result && !("error" in result), `expected detections, got ${JSON.stringify(result)}`);
  return result.detections;
}

describe("the detector on real photographs, YOLOv8n in float32", () => {
  let model: LoadedModel;
  let detector: Detector;
  let reference: ReferenceDetector;

  before(async () => {
    model = await load("yolov8n", { cacheDir });
    detector = await createDetector({ model, provider: "cpu", lanes: 2, threads: 1, ...limits.review });
    reference = await createReferenceDetector(model.path, model.labels);
  });
  after(async () => {
    await detector.close();
    await reference.close();
  });

  function decoded(bytes: Uint8Array, by: LoadedModel = model): Promise<DecodedImage> {
    const { inputSize, layout, rectangular } = by;
    const pixelsMax = limits.evidence.pixelsMax;
    return decode(bytes, { inputSize, layout, rectangular, contentType: "image/jpeg", pixelsMax });
  }

  it("finds what a plain reference finds: the same labels above 0.4, boxes that overlap by 0.85", async () => {
    await findsWhat(reference, (bytes) => lookAt(detector, bytes));
  });

  it("finds the same on rectangles, as an export does that takes them by itself", async () => {
    const exported = await load("yolo11n", { cacheDir });
    const plain = await createReferenceDetector(exported.path, exported.labels, { fitted: true });
    const prepared = await prepareOnce(exported, {
      cacheDir,
      clock: systemClock,
      onLog: () => undefined,
    });
    assert.ok(prepared.rectangular);
    const fitted = await createDetector({ model: prepared, provider: "cpu", lanes: 1, ...limits.review });
    try {
      await findsWhat(plain, (bytes) => lookAt(fitted, bytes));
    } finally {
      await plain.close();
      await fitted.close();
    }
  });

  async function lookAt(by: Detector, bytes: Uint8Array) {
    const [result] = await by.detect([await decoded(bytes, by.profile.model)]);
    return detectionsOf(result);
  }

  async function findsWhat(plain: ReferenceDetector, look: (bytes: Uint8Array) => Promise<Detection[]>) {
    for (const name of Object.keys(samplePhotographs) as (keyof typeof samplePhotographs)[]) {
      const bytes = await photograph(name);
      const got = await look(bytes);
      const wanted = await plain.detect(bytes);
      const missing = findUnmatched(
        wanted.filter(({ confidence }) => confidence >= strong),
        got,
        0.85,
      );
      const invented = findUnmatched(
        got.filter(({ confidence }) => confidence >= strong),
        wanted,
        0.85,
      );
      assert.deepEqual(missing, [], `${name}: seen by the reference alone`);
      assert.deepEqual(invented, [], `${name}: seen by the detector alone`);
    }
  }

  it("sees the man in the lane, the truck and the dog, and nobody in the empty garden", async () => {
    const names = ["manInLane", "truckInLane", "dogOnLawn", "emptyGarden"] as const;
    const images = await Promise.all(names.map(async (name) => decoded(await photograph(name))));
    const results = await detector.detect(images);
    const labels = results.map((result) =>
      detectionsOf(result)
        .filter(({ confidence }) => confidence >= strong)
        .map(({ label }) => label),
    );
    assert.deepEqual(labels, [["person"], ["truck"], ["dog"], []]);
  });

  it("answers an image that the session refuses with an error, and its neighbours with detections", async () => {
    const good = await decoded(await photograph("manInLane"));
    const bad = { ...good, pixels: new Uint8Array(new SharedArrayBuffer(12)) };
    const [first, second, third] = await detector.detect([good, bad, good]);
    assert.equal(detectionsOf(first)[0]?.label, "person");
    assert.ok(second && "error" in second);
    assert.equal(detectionsOf(third)[0]?.label, "person");
  });

  it("gives up what waits when the caller aborts", async () => {
    const image = await decoded(await photograph("emptyGarden"));
    const abort = new AbortController();
    const answer = detector.detect(
      Array.from({ length: 12 }, () => image),
      { signal: abort.signal },
    );
    abort.abort(new Error("enough"));
    await assert.rejects(answer, /enough/);
    const [later] = await detector.detect([image]);
    assert.ok(later && !("error" in later));
  });
});
