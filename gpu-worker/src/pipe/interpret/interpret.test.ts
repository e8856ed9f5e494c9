import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createInterpreter, type Geometry, type Interpretation, type Outputs } from "./index.ts";

const labels = ["person", "car", "dog"];
const thresholds = { detectionConfidence: 0.25, nmsIou: 0.5 };
/** 64 / 8, 16, 32: 8 x 8 + 4 x 4 + 2 x 2 anchors. */
const inputSize = 64;
const anchors = 84;
const image: Geometry = { width: 128, height: 64, letterbox: { scale: 0.5, padX: 0, padY: 16 } };

function tensor(dims: number[]) {
  return { dims, data: new Float32Array(dims.reduce((product, side) => product * side, 1)) };
}

function set(data: Float32Array, values: Readonly<Record<number, number>>): void {
  for (const [index, value] of Object.entries(values)) data[Number(index)] = value;
}

function isOneBox(got: Interpretation, label: string, confidence: number, box: readonly number[]): void {
  assert.equal(got.detections.length, 1, JSON.stringify(got));
  const [detection] = got.detections;
  assert.equal(detection?.label, label);
  assert.ok(
    Math.abs((detection?.confidence ?? 0) - confidence) < 1e-6,
    `confidence ${detection?.confidence}`,
  );
  box.forEach((side, index) => {
    assert.ok(
      Math.abs((detection?.box[index] ?? Number.NaN) - side) < 1e-6,
      `${detection?.box.join()} is not ${box.join()}`,
    );
  });
}

describe("interpreting the yolov8 layout", () => {
  const model = { layout: "yolov8", inputSize, labels, output: "raw" } as const;

  it("reads box and best class of an anchor, and brings the box back to the original", () => {
    const output = tensor([1, 4 + labels.length, anchors]);
    const at = (row: number, anchor: number) => row * anchors + anchor;
    // Centre (32, 32), 16 x 8 in the input: 32 x 16 around (64, 32) in the original.
    set(output.data, { [at(0, 7)]: 32, [at(1, 7)]: 32, [at(2, 7)]: 16, [at(3, 7)]: 8 });
    set(output.data, { [at(4, 7)]: 0.3, [at(5, 7)]: 0.75, [at(6, 7)]: 0.1 });
    const got = createInterpreter(model, thresholds)({ output0: output }, 0, image);
    isOneBox(got, "car", 0.75, [48 / 128, 24 / 64, 32 / 128, 16 / 64]);
    assert.equal(got.bestConfidence, 0.75);
  });

  it("tells the best score of all anchors, also when none is a detection", () => {
    const output = tensor([1, 4 + labels.length, anchors]);
    set(output.data, { [4 * anchors + 3]: 0.15, [6 * anchors + 80]: 0.21 });
    const got = createInterpreter(model, thresholds)({ output0: output }, 0, image);
    assert.deepEqual(got.detections, []);
    assert.ok(Math.abs(got.bestConfidence - 0.21) < 1e-6);
  });

  it("keeps the images of a batch apart, and starts afresh for each", () => {
    const output = tensor([2, 4 + labels.length, anchors]);
    const length = (4 + labels.length) * anchors;
    set(output.data, { 0: 32, [anchors]: 32, [2 * anchors]: 8, [3 * anchors]: 8, [4 * anchors]: 0.9 });
    const interpret = createInterpreter(model, thresholds);
    assert.equal(interpret({ output0: output }, 0, image).detections.length, 1);
    assert.deepEqual(interpret({ output0: output }, 1, image), { detections: [], bestConfidence: 0 });
    set(output.data, { [length + 4 * anchors]: Number.NaN });
    assert.deepEqual(interpret({ output0: output }, 1, image).detections, []);
  });

  it("drops a box that lies in the letterbox's padding alone", () => {
    const output = tensor([1, 4 + labels.length, anchors]);
    set(output.data, { 0: 32, [anchors]: 4, [2 * anchors]: 8, [3 * anchors]: 6, [4 * anchors]: 0.9 });
    assert.deepEqual(createInterpreter(model, thresholds)({ output0: output }, 0, image).detections, []);
  });

  it("refuses a tensor of another shape, and says which was expected", () => {
    const outputs: Outputs = { output0: tensor([1, anchors, 5 + labels.length]) };
    assert.throws(
      () => createInterpreter(model, thresholds)(outputs, 0, image),
      /expected an output float32 \[n, 7, 84\]/,
    );
  });
});

describe("interpreting the yolox layout", () => {
  const model = { layout: "yolox", inputSize, labels, output: "raw" } as const;
  const corner: Geometry = { width: 64, height: 64, letterbox: { scale: 1, padX: 0, padY: 0 } };

  it("decodes an anchor of each stride: cell plus offset, exponential of the size, objectness x class", () => {
    // The first anchor of stride 16 follows the 64 of stride 8; cell (2, 1) is the 7th of a row of 4.
    for (const [anchor, column, line, stride] of [
      [8 * 3 + 5, 5, 3, 8],
      [64 + 4 * 1 + 2, 2, 1, 16],
      [64 + 16 + 2 * 1 + 0, 0, 1, 32],
    ] as const) {
      const output = tensor([1, anchors, 5 + labels.length]);
      const row = anchor * (5 + labels.length);
      set(output.data, {
        [row]: 0.5,
        [row + 1]: 0.25,
        [row + 2]: Math.log(0.5),
        [row + 3]: 0,
        [row + 4]: 0.8,
      });
      set(output.data, { [row + 5]: 0.1, [row + 7]: 0.5 });
      const got = createInterpreter(model, thresholds)({ output }, 0, corner);
      const [x, y, w, h] = [(column + 0.5) * stride, (line + 0.25) * stride, stride / 2, stride];
      isOneBox(got, "dog", 0.4, [(x - w / 2) / 64, (y - h / 2) / 64, w / 64, h / 64]);
      assert.ok(Math.abs(got.bestConfidence - 0.4) < 1e-6);
    }
  });
});

describe("interpreting the reduced output of a prepared model", () => {
  const model = { layout: "yolov8", inputSize, labels, output: "reduced" } as const;

  it("reads rows until the first below the threshold, with 64-bit, 32-bit or float classes", () => {
    for (const classes of [BigInt64Array.of(1n, 2n), Int32Array.of(1, 2), Float32Array.of(1, 2)]) {
      const outputs: Outputs = {
        boxes: { dims: [1, 2, 4], data: Float32Array.of(32, 32, 16, 8, 10, 30, 4, 4) },
        scores: { dims: [1, 2], data: Float32Array.of(0.75, 0.2) },
        classes: { dims: [1, 2], data: classes },
      };
      const got = createInterpreter(model, thresholds)(outputs, 0, image);
      isOneBox(got, "car", 0.75, [48 / 128, 24 / 64, 32 / 128, 16 / 64]);
      assert.equal(got.bestConfidence, 0.75);
    }
  });

  it("refuses outputs of other names", () => {
    const outputs: Outputs = { output0: tensor([1, 7, anchors]) };
    assert.throws(
      () => createInterpreter(model, thresholds)(outputs, 0, image),
      /boxes, scores and classes, got output0/,
    );
  });
});
