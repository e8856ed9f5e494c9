import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Detection } from "../api/contract.ts";
import { placeName, placeNames } from "./place-names.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const detection = fc.record({
  label: fc.constantFrom("person", "car", "traffic light"),
  confidence: unit,
  box: fc
    .tuple(unit, unit, unit, unit)
    .map(([x, y, w, h]): Detection["box"] => [x, y, w * (1 - x), h * (1 - y)]),
});
const frame = { width: 800, height: 500 };

describe("names of boxes", () => {
  it("never cover each other and never leave the picture to the left or right", () => {
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 40 }), (detections) => {
        const names = placeNames(detections, frame).map((name) => {
          const { width } = placeName(detections[name.index] as Detection, frame);
          return { ...name, width };
        });
        for (const [place, a] of names.entries()) {
          assert.ok(a.left >= 0 && a.left + a.width <= frame.width);
          for (const b of names.slice(place + 1)) {
            const apart =
              a.left + a.width <= b.left ||
              b.left + b.width <= a.left ||
              Math.abs(a.top - b.top) >= 21 - 1e-9;
            assert.ok(apart, `${a.text} covers ${b.text}`);
          }
        }
      }),
    );
  });

  it("names the surest of two that lie on each other", () => {
    const box: Detection["box"] = [0.4, 0.4, 0.2, 0.2];
    const names = placeNames(
      [
        { label: "car", confidence: 0.4, box },
        { label: "truck", confidence: 0.8, box },
      ],
      frame,
    );
    assert.deepEqual(
      names.map(({ index }) => index),
      [1],
    );
  });

  it("names a person rather than a surer thing", () => {
    const box: Detection["box"] = [0.4, 0.4, 0.2, 0.2];
    const names = placeNames(
      [
        { label: "car", confidence: 0.9, box },
        { label: "person", confidence: 0.5, box },
      ],
      frame,
    );
    assert.deepEqual(
      names.map(({ text }) => text),
      ["person 50\u00A0%"],
    );
  });

  it("goes inside a box at the upper edge", () => {
    assert.equal(placeName({ label: "car", confidence: 1, box: [0, 0, 1, 1] }, frame).top, 4);
  });
});
