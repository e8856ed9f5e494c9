/** What people say that something is. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import { calledIn, corrected, withCorrection } from "./correct.ts";
import { DigestReport } from "./wire.ts";

const [example] = z.array(DigestReport).min(1).parse(DigestReport.meta()?.["examples"]);
const seen: DigestReport["moments"][number]["detections"] = [
  { label: "person", confidence: 0.9, box: [0.1, 0.1, 0.2, 0.5] },
  { label: "car", confidence: 0.8, box: [0.5, 0.5, 0.2, 0.2] },
];
assert.ok(example);
const report: DigestReport = {
  ...example,
  moments: example.moments.map((moment) => ({ ...moment, detections: seen })),
};
const labelsOf = (corrections: Record<string, string | null>) =>
  corrected([report], corrections).flatMap(({ moments }) =>
    moments.flatMap(({ detections }) => detections.map(({ label }) => label)),
  );

describe("a correction", () => {
  it("calls what a detector named by another name, or by none, and leaves the rest", () => {
    assert.deepEqual(labelsOf({}), ["person", "car"]);
    assert.deepEqual(labelsOf({ person: "dog" }), ["dog", "car"]);
    assert.deepEqual(labelsOf({ person: null }), ["car"]);
    assert.deepEqual(labelsOf({ person: "car", car: "truck" }), ["car", "truck"], "each once");
    assert.deepEqual(labelsOf({ constructor: null }), ["person", "car"]);
    assert.deepEqual(
      calledIn([report], { person: null, bench: "chair" }),
      [
        { label: "person", is: null },
        { label: "car", is: "car" },
      ],
      "the reports stay as they came",
    );
  });

  it("is the last one of its label, and taken back by the label itself", () => {
    const first = withCorrection({}, { label: "person", is: "dog" });
    assert.deepEqual(withCorrection(first, { label: "person", is: null }), { person: null });
    assert.deepEqual(withCorrection(first, { label: "person", is: "person" }), {});
    assert.deepEqual(withCorrection(first, { label: "car", is: null }), { person: "dog", car: null });
  });
});
