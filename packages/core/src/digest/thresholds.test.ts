/** Each number by which pictures are read, from both of its sides: `npm run levels -- --mutate` changes one after the other. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Moment } from "./describe-look.ts";
import { tell } from "./label-rules.ts";
import { oneLabelEach } from "./one-label.ts";
import { seenIn } from "./see.ts";
import { tracksIn } from "./track.ts";
import type { Box, Detection } from "./wire.ts";

const noon = Date.UTC(2026, 6, 2, 12);

type Shot = readonly [seconds: number, ...detections: Detection[]];

/** Pictures of one camera, each so many seconds after noon. */
function pictures(...shots: readonly Shot[]): Moment[] {
  return shots.map(([seconds, ...detections], index) => ({
    id: `m${index}`,
    eventId: "event",
    capturedAt: new Date(noon + seconds * 1000),
    zone: "driveway",
    deviceId: "camera",
    eventType: "motion",
    confidence: null,
    finding: { id: `m${index}`, outcome: "reviewed", detections },
  }));
}

function thing(label: string, box: Box, confidence = 0.9): Detection {
  return { label, confidence, box };
}

/** Somebody whose foot is at `x`, this high. */
function somebody(x: number, height = 0.2, confidence = 0.9): Detection {
  return thing("person", [x - 0.05, 0.9 - height, 0.1, height], confidence);
}

describe("what is told of a thing", () => {
  const sureFrom: readonly (readonly [label: string, confidence: number])[] = [
    ["horse", 0.5],
    ["car", 0.25],
    ["suitcase", 0.4],
    ["bench", 0.25],
    ["cat", 0.3],
    ["dog", 0.3],
    ["elephant", 0.8],
    ["zebra", 0.8],
    ["giraffe", 0.8],
    ["bear", 0.6],
    ["airplane", 0.7],
    ["train", 0.6],
    ["boat", 0.6],
    ["knife", 0.5],
    ["baseball bat", 0.5],
  ];
  for (const [label, confidence] of sureFrom) {
    it(`begins at ${confidence} for a ${label}`, () => {
      const around = { placeKind: "perimeter", eventType: "motion" } as const;
      assert.notEqual(tell({ label, confidence: confidence + 0.01 }, around), "untold");
      assert.equal(tell({ label, confidence: confidence - 0.01 }, around), "untold");
    });
  }
});

describe("two boxes are one vehicle", () => {
  const count = (box: Box) =>
    oneLabelEach([thing("car", [0.1, 0.1, 0.4, 0.4]), thing("truck", box, 0.5)]).length;

  it("where they overlap by more than .6, and are two at .55", () => {
    assert.equal(count([0.185, 0.1, 0.4, 0.4]), 1);
    assert.equal(count([0.216, 0.1, 0.4, 0.4]), 2);
  });

  it("where one of them lies in the other and is at least half of it", () => {
    assert.equal(count([0.1, 0.1, 0.4, 0.22]), 1);
    assert.equal(count([0.1, 0.1, 0.4, 0.16]), 2, "much smaller");
    assert.equal(count([0.18, 0.1, 0.4, 0.22]), 2, "a fifth of it lies beside");
  });
});

describe("what pictures show to the explainer", () => {
  const seen = (...shots: readonly Shot[]) => seenIn(pictures(...shots), []).ofEvent.get("event");
  const dog = (confidence: number): Detection => thing("dog", [0.1, 0.1, 0.2, 0.2], confidence);

  it("is an animal from .4 on", () => {
    assert.ok(seen([0, dog(0.45)])?.animals);
    assert.equal(seen([0, dog(0.35)])?.animals, null);
  });

  it("is one stay while no more than 90 s lie between two pictures", () => {
    assert.equal(seen([0, somebody(0.5)], [85, somebody(0.5)])?.people?.seconds, 85);
    assert.equal(seen([0, somebody(0.5)], [95, somebody(0.5)])?.people?.seconds, 0);
  });

  it("is somebody who comes nearer when three pictures show a box that grows 1.6 times", () => {
    const grown = (growth: number): Detection => thing("person", [0.1, 0.1, 0.1, 0.2 * growth]);
    assert.equal(seen([0, grown(1)], [2, grown(1.3)], [4, grown(1.7)])?.people?.approaching, true);
    assert.equal(seen([0, grown(1)], [2, grown(1.3)], [4, grown(1.5)])?.people?.approaching, false);
    assert.equal(seen([0, grown(1)], [4, grown(1.7)])?.people?.approaching, false);
  });
});

describe("somebody in two pictures is one track", () => {
  const count = (...shots: readonly Shot[]) => tracksIn(pictures(...shots)).length;

  it("up to 8 s apart, and two after that", () => {
    assert.equal(count([0, somebody(0.5)], [7, somebody(0.5)]), 1);
    assert.equal(count([0, somebody(0.5)], [10, somebody(0.5)]), 2);
  });

  it("who goes 1.3 heights in a second, and not two", () => {
    assert.equal(count([0, somebody(0.2)], [1, somebody(0.46)]), 1);
    assert.equal(count([0, somebody(0.2)], [1, somebody(0.6)]), 2);
  });

  it("whose box shifts by .4 heights at once, and not by .6", () => {
    assert.equal(count([0, somebody(0.2)], [0.1, somebody(0.28)]), 1);
    assert.equal(count([0, somebody(0.2)], [0.1, somebody(0.32)]), 2);
  });

  it("who does not become two and a half times as tall at once", () => {
    assert.equal(count([0, somebody(0.5, 0.2)], [1, somebody(0.5, 0.34)]), 1);
    assert.equal(count([0, somebody(0.5, 0.2)], [1, somebody(0.5, 0.5)]), 2);
  });

  it("and begins at .4; what is seen once must be sure", () => {
    assert.equal(count([0, somebody(0.5, 0.2, 0.5)], [1, somebody(0.5, 0.2, 0.5)]), 1);
    assert.equal(count([0, somebody(0.5, 0.2, 0.5)]), 0);
    assert.equal(count([0, somebody(0.5, 0.2, 0.7)]), 1);
  });
});
