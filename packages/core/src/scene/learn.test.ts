import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { tellOf } from "../../testing/camera-week.ts";
import { cocoKinds } from "../../testing/coco-kinds.ts";
import type { Box, Detection } from "../digest/wire.ts";
import { type CameraLook, evidenceMax, learn, type SceneMemory } from "./learn.ts";
import { isLearnable, learnable } from "./learnable.ts";
import type { SceneObject } from "./object.ts";
import { recognise } from "./recall.ts";

const nothing: SceneMemory = { learnedUntil: null, learnedIn: null, objects: [] };
const start = Date.parse("2026-06-01T08:00:00Z");
const parked: Box = [0.1, 0.5, 0.25, 0.2];
const car: Detection = { label: "car", confidence: 0.9, box: parked };
const person: Detection = { label: "person", confidence: 0.9, box: [0.15, 0.45, 0.1, 0.3] };

function createIds(prefix = "") {
  let last = 0;
  return () => {
    last += 1;
    return `object ${last} ${prefix}`;
  };
}

/** A picture of a review at a minute. */
function picture(
  minute: number,
  detections: readonly Detection[],
  more: Partial<CameraLook> = {},
): CameraLook {
  const at = new Date(start + minute * 60_000);
  return {
    momentId: `picture ${minute}`,
    reviewId: `review ${Math.floor(minute / 10)}`,
    at,
    light: "day",
    detections,
    ...more,
  };
}

function play(looks: readonly CameraLook[], memory = nothing): SceneMemory {
  const createId = createIds(`after ${looks[0]?.momentId}`);
  let learned = memory;
  for (const look of looks) learned = learn(learned, [look], createId);
  return learned;
}

const standing = ({ objects }: SceneMemory) => objects.filter(({ goneAt }) => goneAt === null);
const minutes = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index * 10);

describe("learning a scene", () => {
  it("keeps a car through misses, other names and shifting boxes", () => {
    const memory = play(
      minutes(60).map((minute, index) =>
        picture(
          minute,
          index % 9 === 4
            ? []
            : [
                {
                  ...car,
                  label: index % 7 === 3 ? "truck" : "car",
                  box: [0.1 + (index % 3) * 0.01, 0.5, 0.25, 0.2],
                },
              ],
        ),
      ),
    );
    assert.equal(memory.objects.length, 1);
    assert.equal(memory.objects[0]?.label, "car");
  });

  it("knows that a car has left once missing it is no chance, and which picture showed it", () => {
    const seen = play(minutes(20).map((minute) => picture(minute, [car])));
    const twice = play([picture(200, []), picture(201, [])], seen);
    assert.equal(standing(twice).length, 1);
    const gone = play([picture(202, [])], twice);
    assert.equal(standing(gone).length, 0);
    assert.equal(gone.objects[0]?.goneMomentId, "picture 202");
    assert.equal(gone.objects[0]?.goneIn, "review 20");
  });

  it("takes nothing that somebody stands before for gone", () => {
    const seen = play(minutes(20).map((minute) => picture(minute, [car])));
    const hidden = play(
      minutes(20, 200).map((minute) => picture(minute, [person])),
      seen,
    );
    assert.equal(standing(hidden).length, 1);
  });

  it("does not take a car that is hard to see at night for gone", () => {
    const seen = play(minutes(20).map((minute) => picture(minute, [car])));
    const night = play(
      minutes(12, 200).map((minute) => picture(minute, [], { light: "night" })),
      seen,
    );
    assert.equal(standing(night).length, 1);
  });

  it("takes another car in the same place for another, by its looks", () => {
    const withHash = (hash: string): Detection => ({ ...car, appearance: { hash } });
    const seen = play(minutes(20).map((minute) => picture(minute, [withHash("00ff00ff00ff00ff")])));
    const other = play(
      minutes(6, 200).map((minute) => picture(minute, [withHash("ff00a5f00f5aff00")])),
      seen,
    );
    const [first, second] = other.objects.toSorted((a, b) => a.arrivedAt.getTime() - b.arrivedAt.getTime());
    assert.notEqual(first?.goneAt, null);
    assert.equal(second?.goneAt, null);
    assert.equal(second?.arrivedIn, "review 20");
  });

  it("forgets what only came by", () => {
    const passing = play([
      picture(0, []),
      picture(10, [car]),
      ...minutes(12, 20).map((minute) => picture(minute, [])),
    ]);
    assert.deepEqual(passing.objects, []);
  });

  it("learns the same pictures in any order within a review", () => {
    const looks = minutes(9).map((minute, index) =>
      picture(minute, index < 3 ? [] : [car], { reviewId: "review" }),
    );
    const inOrder = learn(nothing, looks, createIds());
    const reversed = learn(nothing, looks.toReversed(), createIds());
    assert.deepEqual(reversed, inOrder);
  });

  it("is changed by late pictures in no way but that a thing was there sooner", () => {
    const late = fc.record({
      minute: fc.integer({ min: -2_000, max: 189 }),
      sees: fc.subarray([car, person, { ...car, label: "bus", box: [0.6, 0.1, 0.2, 0.2] as Box }]),
    });
    const seen = play(minutes(20).map((minute) => picture(minute, [car])));
    fc.assert(
      fc.property(fc.array(late, { maxLength: 30 }), (pictures) => {
        const after = learn(
          seen,
          pictures.map(({ minute, sees }, index) =>
            picture(minute, sees, { reviewId: "late", momentId: `late ${index}` }),
          ),
          createIds(),
        );
        assert.deepEqual(after.learnedUntil, seen.learnedUntil);
        assert.equal(after.objects.length, 1);
        const [before, now] = [seen.objects[0], after.objects[0]];
        assert.ok(before && now && now.arrivedAt <= before.arrivedAt);
        assert.deepEqual(now.lastSeenAt, before.lastSeenAt);
        assert.equal(now.goneAt, null);
      }),
    );
  });

  const anything = fc.record({
    label: fc.oneof(
      fc.constantFrom(...cocoKinds.everything),
      fc.constantFrom("face", "man", "child", "pedestrian", "Person", "human", "head"),
    ),
    confidence: fc.double({ min: 0.25, max: 1, noNaN: true }),
    box: fc.constantFrom<Box>([0.1, 0.5, 0.25, 0.2], [0.11, 0.5, 0.25, 0.21], [0.6, 0.1, 0.2, 0.2]),
  });
  const looks = fc
    .array(
      fc.record({
        sees: fc.array(anything, { maxLength: 6 }),
        light: fc.constantFrom<CameraLook["light"]>("day", "night"),
      }),
      {
        maxLength: 60,
      },
    )
    .map((all) => all.map(({ sees, light }, index) => picture(index * 7, sees, { light })));

  it("never learns a person or an animal, whatever it is shown, and tells of each of them", () => {
    fc.assert(
      fc.property(looks, (pictures) => {
        const memory = play(pictures);
        for (const { label } of memory.objects) {
          assert.ok(isLearnable(label) && !cocoKinds.living.has(label) && cocoKinds.things.has(label), label);
        }
        for (const look of pictures) {
          for (const [thing] of recognise(look.detections, memory.objects, {
            at: look.at,
            reviewId: "other",
          })) {
            assert.ok(!cocoKinds.living.has(thing.label));
          }
        }
        const last = pictures.at(-1);
        if (!last) return;
        const people = last.detections.filter(({ label }) => label === "person");
        const { counts, title } = tellOf([last], memory, "another review");
        assert.equal(counts.person ?? 0, people.length);
        if (people.length > 0) assert.match(title, /person|people/i);
      }),
      { numRuns: 300 },
    );
  });

  it("names only things in what can be learned", () => {
    for (const label of learnable) assert.ok(!cocoKinds.living.has(label), label);
  });

  it("stays within its bounds, whatever it is shown", () => {
    const crowd = Array.from({ length: 400 }, (_, index): CameraLook => {
      const detections = Array.from({ length: 20 }, (__, thing): Detection => {
        const x = ((index * 37 + thing * 13) % 90) / 100;
        return { label: "car", confidence: 0.8, box: [x, ((index * 11 + thing * 7) % 80) / 100, 0.04, 0.03] };
      });
      return picture(index * 3, detections);
    });
    const memory = learn(nothing, crowd, createIds());
    assert.ok(memory.objects.length <= 160, String(memory.objects.length));
    const bytes = (object: SceneObject) => JSON.stringify(object).length;
    assert.ok(memory.objects.every(({ evidence }) => evidence.length <= evidenceMax));
    assert.ok(Math.max(...memory.objects.map(bytes)) < 2_000);
  });
});
