import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import * as limits from "@vigil/core/limits";
import { cacheDir } from "../../../testing/cache-dir.ts";
import { boxIou } from "../../../testing/match-detections.ts";
import { samplePhotographs } from "../../../testing/sample-photographs.ts";
import { load, obtain } from "../../model/index.ts";
import { type DecodedImage, decode } from "../decode/index.ts";
import { type Detected, type Lane, startLane } from "./lane.ts";
import type { LaneSettings } from "./messages.ts";

const entry = new URL("./lane-worker.ts", import.meta.url);
const times = { startMsMax: 60_000, hangMsMax: 60_000, hangMsPerImage: 0 };

function detectionsOf(detected: Detected) {
  return detected.results.map((result) => {
    assert.ok(!("error" in result), JSON.stringify(result));
    return result.detections;
  });
}

describe("a lane with a model of dynamic batch, YOLO11n", () => {
  let settings: LaneSettings;
  let lane: Lane;
  let images: DecodedImage[];
  before(async () => {
    const model = await load("yolo11n", { cacheDir });
    settings = { model, provider: "cpu", threads: 1, batchMax: 2, detectionConfidence: 0.25, nmsIou: 0.5 };
    lane = await startLane({ settings, entry, ...times });
    const { manInLane, carPark, dogOnLawn } = samplePhotographs;
    images = await Promise.all(
      [manInLane, carPark, dogOnLawn].map(async ({ file }) =>
        decode(await readFile(await obtain(file, { cacheDir })), {
          inputSize: model.inputSize,
          layout: model.layout,
          rectangular: false,
          contentType: "image/jpeg",
          pixelsMax: limits.evidence.pixelsMax,
        }),
      ),
    );
  });
  after(() => lane.close());

  it("runs what fits at once, splits the rest, and finds in each image what it finds alone", async () => {
    const together = await lane.detect(images);
    assert.equal(together.runs, 2);
    const inBatch = detectionsOf(together);
    for (const [index, image] of images.entries()) {
      const [alone = []] = detectionsOf(await lane.detect([image]));
      const batched = inBatch[index] ?? [];
      assert.ok(alone.length > 0);
      assert.deepEqual(
        batched.map(({ label }) => label),
        alone.map(({ label }) => label),
      );
      alone.forEach(({ box, confidence }, at) => {
        const other = batched[at];
        assert.ok(other && boxIou(box, other.box) > 0.99 && Math.abs(confidence - other.confidence) < 0.001);
      });
    }
  });

  it("rejects with the runtime's reason when the provider or the model is not to be had", async () => {
    const broken = { ...settings, model: { ...settings.model, path: "/nowhere/model.onnx" } };
    await assert.rejects(startLane({ settings: broken, entry, ...times }), /nowhere/);
  });
});
