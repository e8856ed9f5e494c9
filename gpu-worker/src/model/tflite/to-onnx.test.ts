import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { cacheDir } from "../../../testing/cache-dir.ts";
import { boxIou } from "../../../testing/match-detections.ts";
import { samplePhotographs } from "../../../testing/sample-photographs.ts";
import { decode as decodePicture } from "../../pipe/decode/index.ts";
import { createInput } from "../../pipe/infer/input-tensor.ts";
import { createInterpreter } from "../../pipe/interpret/index.ts";
import { load, obtain, readCatalogue } from "../index.ts";
import { InferenceSession } from "../runtime/index.ts";
import { floatsOf, transposed } from "./floats.ts";
import { type TfliteTensor, tensorType } from "./read.ts";
import { toOnnx } from "./to-onnx.ts";

const stored: TfliteTensor = {
  name: "weights",
  shape: [2, 1, 1, 2],
  type: tensorType.int8,
  data: Uint8Array.from([1, 255, 10, 246]),
  scales: [0.5, 2],
  zeroPoints: [0, 1],
  axis: 0,
};

describe("stored values", () => {
  it("stand for what the scale of their channel makes of them", () => {
    assert.deepEqual([...floatsOf(stored)], [0.5, -0.5, 18, -22]);
    assert.deepEqual([...floatsOf({ ...stored, axis: 3 })], [0.5, -4, 5, -22]);
    assert.deepEqual([...floatsOf({ ...stored, scales: [2], zeroPoints: [1] })], [0, -4, 18, -22]);
  });

  it("of no known type, or without a scale, are refused by their name", () => {
    assert.throws(() => floatsOf({ ...stored, type: 1 }), /weights .*got type 1/);
    assert.throws(() => floatsOf({ ...stored, scales: [] }), /weights .*no scale/);
  });

  it("change the order of their axes", () => {
    const values = Float32Array.from({ length: 6 }, (_, index) => index);
    assert.deepEqual([...transposed(values, [2, 3], [1, 0])], [0, 3, 1, 4, 2, 5]);
    assert.deepEqual([...transposed(values, [1, 2, 3], [2, 0, 1])], [0, 3, 1, 4, 2, 5]);
  });
});

describe("EfficientDet-Lite2, converted", () => {
  it("finds a man, a pickup and a dog where they are", async () => {
    const model = await load("efficientdet-lite2", { cacheDir });
    const session = await InferenceSession.create(await readFile(model.path));
    const interpret = createInterpreter(model, { detectionConfidence: 0.5, nmsIou: 0.5 });
    const { manInLane, truckInLane, dogOnLawn } = samplePhotographs;
    const wanted = [
      { photograph: manInLane, label: "person", box: [0.2, 0.15, 0.13, 0.44] as const },
      { photograph: truckInLane, label: "truck", box: [0.42, 0.25, 0.57, 0.72] as const },
      { photograph: dogOnLawn, label: "dog", box: [0.12, 0.06, 0.5, 0.92] as const },
    ];
    for (const { photograph, label, box } of wanted) {
      const bytes = await readFile(await obtain(photograph.file, { cacheDir }));
      const image = await decodePicture(bytes, { ...model, contentType: "image/jpeg", pixelsMax: 40e6 });
      const outputs = await session.run({ images: createInput(model)([image], 1) });
      const [surest] = interpret(outputs, 0, image).detections.toSorted(
        (a, b) => b.confidence - a.confidence,
      );
      assert.equal(surest?.label, label);
      assert.ok(boxIou(surest.box, box) > 0.6, `${label} at ${surest.box.join(", ")}`);
    }
    await session.release();
  });

  it("is refused, saying why, as bytes that are no model, and where it is cut short", async () => {
    assert.throws(() => toOnnx(Buffer.from("a page that says 404")), /expected a TensorFlow Lite model/);
    const entry = (await readCatalogue()).detectors["efficientdet-lite2"];
    assert.ok(entry && "package" in entry.file);
    const whole = await readFile(await obtain({ ...entry.file, licence: entry.licence }, { cacheDir }));
    assert.throws(() => toOnnx(whole.subarray(0, whole.length >> 1)), Error);
  });
});
