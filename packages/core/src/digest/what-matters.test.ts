import assert from "node:assert/strict";
import { it, describe as suite } from "node:test";
import * as fc from "fast-check";
import { tell } from "../../testing/tell.ts";
import { ruleOf, tell as tellOf } from "./label-rules.ts";
import { oneLabelEach } from "./one-label.ts";
import type { Detection } from "./wire.ts";

const at = "17:02:10";
const told = (shot: Parameters<typeof tell>[0][number], more = {}) => tell([shot], more);
const textsOf = ({ summary }: ReturnType<typeof tell>) => summary.map(({ text }) => text);

suite("what matters first", () => {
  const first: readonly [what: string, shot: Parameters<typeof tell>[0][number], title: RegExp][] = [
    [
      "a dog that the event is about",
      { at, zone: "porch", type: "animal", sees: "bicycle, car, truck, dog, chair" },
      /^A dog, /,
    ],
    [
      "a vehicle that the event is about",
      { at, zone: "driveway", type: "vehicle", sees: "dog, bicycle, truck, backpack" },
      /^A bicycle, a truck/,
    ],
    [
      "people, whatever else there is",
      { at, zone: "driveway", sees: "car, car, dog, person, truck, bus" },
      /^A person, a dog, two cars/,
    ],
    [
      "an animal before the cars that stand there",
      { at, zone: "driveway", sees: "car, car, truck, cat" },
      /^A cat, two cars/,
    ],
    [
      "a parcel that the event is about",
      { at, zone: "porch", type: "package", sees: "suitcase, car, dog" },
      /^A suitcase, a dog/,
    ],
    [
      "a person that the event is about, hardly seen",
      { at, zone: "garden", type: "person", sees: "person 0.3, car, dog" },
      /^Possibly a person/,
    ],
  ];
  for (const [what, shot, title] of first) {
    it(`is ${what}`, () => assert.match(told(shot).title, title));
  }

  it('never hides a person or the event\'s subject behind "and more"', () => {
    const labels = fc.constantFrom(
      "person",
      "car",
      "truck",
      "dog",
      "cat",
      "horse",
      "bus",
      "suitcase",
      "bicycle",
    );
    const zone = fc.constantFrom("front_door", "a very long name for the far end of the meadow", null);
    const type = fc.constantFrom("animal" as const, "vehicle" as const, "motion" as const, "smoke" as const);
    fc.assert(
      fc.property(fc.array(labels, { maxLength: 9 }), zone, type, (sees, place, about) => {
        const { title } = told({ at, zone: place, type: about, sees: sees.join(", ") });
        if (sees.includes("person")) assert.match(title, /person|people/i);
        const animals = (["dog", "cat", "horse"] as const).filter((animal) => sees.includes(animal));
        // Of several that it may be about, one at least.
        if (about === "animal" && animals.length > 0) assert.match(title, new RegExp(animals.join("|"), "i"));
      }),
      { numRuns: 1_000 },
    );
  });

  it("names people where the subject alone would fill the title", () => {
    const { title } = told({
      at,
      zone: "a very long name for the far end of the meadow",
      type: "vehicle",
      sees: "person, person, person, bicycle, truck, car, bus",
    });
    assert.match(title, /three people/i);
    assert.match(title, /bicycle|truck|car|bus/i);
    assert.match(title, /and more/);
  });

  const nonsense: readonly [what: string, zone: string, sees: string, never: RegExp][] = [
    ["an umbrella that may be an aeroplane", "garden", "airplane 0.3", /aeroplane/i],
    ["a bird in the street that is none", "street", "bird 0.3", /bird/i],
    ["a zebra on the porch", "porch", "zebra 0.6", /zebra/i],
    ["a train in the drive", "driveway", "train 0.5", /train/i],
    ["a boat that is a bath", "bathroom", "boat 0.45", /boat/i],
  ];
  for (const [what, zone, sees, never] of nonsense) {
    it(`says nothing of ${what}`, () => {
      const digest = told({ at, zone, sees });
      assert.doesNotMatch(
        JSON.stringify([digest.title, digest.summary, digest.timeline, digest.counts]),
        never,
      );
    });
  }

  const also: readonly [what: string, zone: string, sees: string, title: RegExp, text: RegExp][] = [
    [
      "a car in the living room, which is a picture of one",
      "living_room",
      "person, car 0.6",
      /^A person in/,
      /Also seen in the living room: a car\./,
    ],
    [
      "a handbag",
      "porch",
      "person, handbag 0.6",
      /^A person on the porch$/,
      /Also seen on the porch: a handbag\./,
    ],
    [
      "an aeroplane for sure",
      "garden",
      "airplane 0.9, dog",
      /^A dog in/,
      /Also seen in the garden: an aeroplane\./,
    ],
    [
      "a horse in the kitchen",
      "kitchen",
      "horse 0.9, cat",
      /^A cat in/,
      /Also seen in the kitchen: a horse\./,
    ],
    [
      "a knife in the kitchen",
      "kitchen",
      "knife 0.9, person",
      /^A person in/,
      /Also seen in the kitchen: a knife\./,
    ],
  ];
  for (const [what, zone, sees, title, text] of also) {
    it(`tells of ${what} at the end, and not in the title`, () => {
      const digest = told({ at, zone, sees });
      assert.match(digest.title, title);
      assert.ok(
        textsOf(digest).some((one) => text.test(one)),
        textsOf(digest).join(" "),
      );
    });
  }

  it("does as an account wants it: tells of birds, and not of cars", () => {
    const shot = { at, zone: "garden", sees: "bird 0.3, car 0.9" } as const;
    assert.equal(told(shot).title, "A car in the garden");
    const labels = { bird: { confidenceMin: 0.25 }, car: { interest: "also" as const } };
    assert.equal(told(shot, { labels }).title, "Possibly a bird in the garden");
  });

  it("must be surer of a thing, and of nobody, in a picture without colours", () => {
    const bands = Array.from({ length: 8 }, () => null);
    const statistics = { monochrome: true, brightness: 40, overexposed: 0, sharpness: 20, bands };
    const titled = (sees: string, isNight: boolean) =>
      tell([{ at: "17:02:10", sees, ...(isNight ? { more: { statistics } } : {}) }]).title;
    assert.match(titled("dog 0.35", false), /dog/);
    assert.doesNotMatch(titled("dog 0.35", true), /dog/);
    assert.match(titled("dog 0.45", true), /dog/);
    assert.match(titled("person 0.26", true), /person/);
  });

  it("never leaves a person untold, wherever and however hardly seen", () => {
    for (const placeKind of ["entry", "perimeter", "interior", "public", "unknown"] as const) {
      const as = tellOf({ label: "person", confidence: 0.25 }, { placeKind, eventType: "motion" });
      assert.equal(as, "news");
    }
    assert.equal(ruleOf("person").confidenceMin, 0);
  });
});

suite("one thing has one label", () => {
  const box: Detection["box"] = [0.2, 0.2, 0.4, 0.4];
  const thing = (label: string, confidence: number, where = box): Detection => ({
    label,
    confidence,
    box: where,
  });

  const pairs: readonly [string, string][] = [
    ["car", "truck"],
    ["bus", "train"],
    ["dog", "sheep"],
    ["cat", "dog"],
    ["truck", "bus"],
  ];
  for (const [strong, weak] of pairs) {
    it(`is a ${strong}, and perhaps a ${weak}, where both boxes are one`, () => {
      const near: Detection["box"] = [0.21, 0.2, 0.4, 0.41];
      assert.deepEqual(oneLabelEach([thing(weak, 0.5, near), thing(strong, 0.8)]), [
        { ...thing(strong, 0.8), alternatives: [{ label: weak, confidence: 0.5 }] },
      ]);
    });
  }

  it("leaves apart what stands apart, what is of another kind, and two of one label", () => {
    const apart = [thing("car", 0.8), thing("truck", 0.7, [0.7, 0.2, 0.2, 0.3])];
    assert.equal(oneLabelEach(apart).length, 2);
    assert.equal(oneLabelEach([thing("person", 0.8), thing("dog", 0.7)]).length, 2);
    assert.equal(oneLabelEach([thing("bicycle", 0.8, [0.3, 0.4, 0.1, 0.1]), thing("car", 0.7)]).length, 2);
    assert.equal(oneLabelEach([thing("car", 0.8), thing("car", 0.7)]).length, 2);
    assert.equal(oneLabelEach([thing("person", 0.8), thing("person", 0.7)]).length, 2);
  });

  it("says one vehicle once", () => {
    const detections = [thing("car", 0.6), thing("truck", 0.8)];
    const digest = told({ at, zone: "driveway", more: { detections } });
    assert.equal(digest.title, "A truck at the driveway");
    assert.deepEqual(digest.counts, { truck: 1 });
  });
});
