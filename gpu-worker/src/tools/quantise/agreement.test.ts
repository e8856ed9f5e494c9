import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Box, Detection } from "@vigil/core/digest/wire";
import { agreementOf, intersectionOverUnion } from "./agreement.ts";

function detection(label: string, confidence: number, x: number, width = 0.2): Detection {
  return { label, confidence, box: [x, 0.1, width, 0.2] };
}

const person = detection("person", 0.9, 0.1);

function figures(reference: Detection[], candidate: Detection[]) {
  return agreementOf([{ reference, candidate }], { reference: "float32" });
}

describe("agreement", () => {
  it("is whole when both found the same", () => {
    const { recall, precision, meanIou, matched } = figures(
      [person, detection("car", 0.5, 0.6)],
      [detection("car", 0.5, 0.6), person],
    );
    assert.deepEqual([recall, precision, matched], [1, 1, 2]);
    assert.ok(meanIou > 0.999);
  });

  it("loses recall for a missed detection and precision for an invented one", () => {
    assert.deepEqual(pick(figures([person, detection("car", 0.5, 0.6)], [person])), [0.5, 1]);
    assert.deepEqual(pick(figures([person], [person, detection("dog", 0.7, 0.6)])), [1, 0.5]);
  });

  it("does not match another label, another position, or the same detection twice", () => {
    assert.deepEqual(pick(figures([person], [detection("dog", 0.9, 0.1)])), [0, 0]);
    assert.deepEqual(pick(figures([person], [detection("person", 0.9, 0.25)])), [0, 0]);
    assert.deepEqual(pick(figures([person], [person, detection("person", 0.8, 0.11)])), [1, 0.5]);
  });

  it("counts only detections of 0.4 and more, but tells a weaker match apart from none", () => {
    const weak = figures([person, detection("car", 0.39, 0.6)], [detection("person", 0.39, 0.1)]);
    assert.deepEqual(pick(weak), [0, 1]);
    assert.equal(weak.recallAtAnyConfidence, 1);
    assert.equal(weak.referenceDetections, 1);
  });

  it("pairs the best overlaps first", () => {
    const near = detection("person", 0.9, 0.12);
    const both = figures([person, near], [detection("person", 0.9, 0.1), detection("person", 0.9, 0.12)]);
    assert.ok(both.meanIou > 0.999);
  });

  it("measures overlap as intersection over union", () => {
    const unit: Box = [0, 0, 0.5, 0.5];
    assert.equal(intersectionOverUnion(unit, unit), 1);
    assert.ok(Math.abs(intersectionOverUnion(unit, [0.25, 0, 0.5, 0.5]) - 1 / 3) < 1e-12);
    assert.equal(intersectionOverUnion(unit, [0.5, 0.5, 0.5, 0.5]), 0);
  });
});

function pick({ recall, precision }: { recall: number; precision: number }): [number, number] {
  return [recall, precision];
}
