/** Each number by which a scene is learned, from both sides: `npm run levels -- --mutate` halves and doubles them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Box, Detection, PictureStatistics } from "../digest/wire.ts";
import { type CameraLook, learn, type SceneMemory } from "./learn.ts";
import type { Light, SceneObject } from "./object.ts";
import { faultsOf, type Optics, observeOptics } from "./optics.ts";
import { colourOf, isSame, type Kept, lookOf } from "./recognise.ts";

const start = Date.parse("2026-06-01T08:00:00Z");
const nothing: SceneMemory = { learnedUntil: null, learnedIn: null, objects: [] };
const place: Box = [0.1, 0.5, 0.25, 0.2];
const thing = (confidence: number, box = place): Detection => ({ label: "car", confidence, box });

let ids = 0;
const createId = () => {
  ids += 1;
  return `object ${ids}`;
};

function picture(seconds: number, detections: readonly Detection[], light: Light = "day"): CameraLook {
  const at = new Date(start + seconds * 1000);
  return { momentId: `picture ${seconds}`, reviewId: `review ${seconds}`, at, light, detections };
}

function play(looks: readonly CameraLook[], memory = nothing): SceneMemory {
  let learned = memory;
  for (const look of looks) learned = learn(learned, [look], createId);
  return learned;
}

/** One object, as it is after a car was seen `seconds` apart in two pictures. */
function objectSeen(confidence = 0.9, seconds = 600): SceneObject {
  const [object] = play([picture(0, [thing(confidence)]), picture(seconds, [thing(confidence)])]).objects;
  return object ?? assert.fail("expected a car to be learned");
}

type Shown = { seen: number; missed: number; confidence: number; light?: Light; everySeconds?: number };

/** After how many pictures without it a thing is no longer taken to stand there, seen and missed so often before. */
function goneAfter({ seen, missed, confidence, light = "day", everySeconds = 600 }: Shown): number {
  const shows = [
    ...Array.from({ length: seen - missed }, () => true),
    ...Array.from({ length: missed }, () => [false, true]).flat(),
  ];
  const looks = shows.map((shown, index) =>
    picture(index * everySeconds, shown ? [thing(confidence)] : [], light),
  );
  let memory = play(looks);
  for (let misses = 1; misses < 60; misses += 1) {
    memory = play([picture((looks.length + misses) * everySeconds, [], light)], memory);
    if (memory.objects.every(({ goneAt }) => goneAt !== null)) return misses;
  }
  return Number.POSITIVE_INFINITY;
}

describe("a thing has gone", () => {
  it("by day after three pictures when it was hardly ever missed, however long it was seen", () => {
    assert.equal(goneAfter({ seen: 20, missed: 0, confidence: 0.9 }), 3);
    assert.equal(goneAfter({ seen: 150, missed: 0, confidence: 0.9 }), 3);
  });

  it("later when it was missed before, by how sure the detector is and by the light", () => {
    assert.equal(goneAfter({ seen: 20, missed: 10, confidence: 0.9 }), 6);
    assert.equal(goneAfter({ seen: 4, missed: 2, confidence: 0.9, light: "night" }), 11);
    assert.equal(goneAfter({ seen: 4, missed: 2, confidence: 0.6 }), 8);
    assert.equal(goneAfter({ seen: 4, missed: 2, confidence: 0.6, light: "night" }), 14);
  });

  it("is sure from .65", () => {
    assert.equal(goneAfter({ seen: 4, missed: 2, confidence: 0.66 }), 4);
    assert.equal(goneAfter({ seen: 4, missed: 2, confidence: 0.64 }), 8);
  });

  it("when missing it so often by chance is less likely than 1 in 10,000", () => {
    // Missed one time in nine: four times in a row by chance is 1.4 in 10,000.
    assert.equal(goneAfter({ seen: 25, missed: 5, confidence: 0.9 }), 5);
  });

  it("sooner when it had only come by: by a chance of 1 in 100", () => {
    assert.equal(goneAfter({ seen: 1, missed: 0, confidence: 0.6 }), 3);
    assert.equal(goneAfter({ seen: 1, missed: 0, confidence: 0.9, light: "night" }), 6);
  });

  it("without a word when it was seen for less than a minute", () => {
    const left = (seconds: number) => {
      const memory = { ...nothing, objects: [objectSeen(0.9, seconds)] };
      const misses = [1, 2, 3, 4].map((minute) => picture(seconds + minute * 60, []));
      return play(misses, memory).objects.map(({ goneIn }) => goneIn !== null);
    };
    assert.deepEqual(left(60), [true]);
    assert.deepEqual(left(59), []);
  });

  it("is told of things of which the detector is half sure at least", () => {
    const told = (confidence: number) =>
      play(
        Array.from({ length: 30 }, (_, index) => picture(700 + index * 600, [])),
        { ...nothing, objects: [objectSeen(confidence)] },
      ).objects.map(({ goneIn }) => goneIn !== null);
    assert.deepEqual(told(0.52), [true]);
    assert.deepEqual(told(0.48), [false]);
    assert.deepEqual(told(0.3), [false]);
  });

  it("is not believed where somebody hides three tenths of it", () => {
    const beside = (covers: number) => {
      const person: Detection = { label: "person", confidence: 0.9, box: [0.1, 0.4, 0.25 * covers, 0.35] };
      const looks = Array.from({ length: 6 }, (_, index) => picture(700 + index * 600, [person]));
      return play(looks, { ...nothing, objects: [objectSeen()] }).objects[0]?.goneAt === null;
    };
    assert.equal(beside(0.35), true);
    assert.equal(beside(0.25), false);
  });
});

describe("a thing that is seen", () => {
  const dayS = 24 * 60 * 60;

  it("again within a week had not left, if it was doubtful; after that it is another", () => {
    const gone = play(
      Array.from({ length: 30 }, (_, index) => picture(700 + index, [])),
      { ...nothing, objects: [objectSeen(0.4)] },
    );
    const back = (days: number) => play([picture(600 + days * dayS, [thing(0.4)])], gone).objects.length;
    assert.equal(back(6), 1);
    assert.equal(back(8), 2);
  });

  it("has arrived where its camera was looked at within the hour before", () => {
    const arrival = (minutes: number) =>
      play([picture(0, []), picture(minutes * 60, [thing(0.9)])]).objects[0]?.arrival;
    assert.equal(arrival(59), "arrived");
    assert.equal(arrival(61), "first-seen");
  });

  it("counts less for how well it is seen, the longer ago that was", () => {
    const [object] = play(
      Array.from({ length: 201 }, (_, index) => picture(index * 600, [thing(0.9)])),
    ).objects;
    assert.equal(object?.tally.day.looked, 101);
  });

  it("keeps eight pictures as evidence, the first among them", () => {
    const [object] = play(
      Array.from({ length: 20 }, (_, index) => picture(index * 600, [thing(0.9)])),
    ).objects;
    assert.equal(object?.evidence.length, 8);
    assert.equal(object?.evidence[0]?.momentId, "picture 0");
  });

  it("is one of 60 at the most, and of 100 that left within 30 days", () => {
    const many = (count: number, more: Partial<SceneObject>) =>
      Array.from(
        { length: count },
        (_, index): SceneObject => ({ ...objectSeen(), id: `many ${index}`, ...more }),
      );
    const kept = (objects: readonly SceneObject[], days: number) =>
      learn({ ...nothing, objects }, [picture(1000 + days * dayS, [])], createId).objects.length;
    const left = { goneAt: new Date(start + 700_000), goneMomentId: "picture 700" };
    assert.equal(kept(many(130, {}), 0), 60);
    assert.equal(kept(many(210, left), 0), 100);
    assert.equal(kept(many(5, left), 29), 5);
    assert.equal(kept(many(5, left), 31), 0);
  });
});

describe("what stands in a place is what stood there", () => {
  const settled: Kept = { label: "car", box: place, hashes: [], isSettled: true };
  const fleeting: Kept = { ...settled, isSettled: false };
  /** A box that overlaps the place by `iou`, moved to the side. */
  const moved = (iou: number): Box => [
    place[0] + (place[2] * (1 - iou)) / (1 + iou),
    place[1],
    place[2],
    place[3],
  ];
  const same = (kept: Kept, box: Box, hash?: string) =>
    isSame(kept, { ...thing(0.9, box), ...(hash === undefined ? {} : { appearance: { hash } }) }) > 0;

  it("where boxes overlap by half, and by .7 while it may be passing", () => {
    assert.deepEqual([same(settled, moved(0.55)), same(settled, moved(0.45))], [true, false]);
    assert.deepEqual([same(fleeting, moved(0.75)), same(fleeting, moved(0.65))], [true, false]);
  });

  /** Inside the place, of `share` of its area. */
  const inside = (share: number): Box => [place[0], place[1], place[2], place[3] * share];

  it("where a part of it is left that somebody does not hide, and a third of it at least", () => {
    assert.deepEqual([same(settled, inside(0.4)), same(settled, inside(0.3))], [true, false]);
    assert.equal(same(settled, inside(0.45)), true);
    assert.equal(same(fleeting, inside(0.4)), false);
    // Four fifths of it lie inside, which is not all of it.
    assert.equal(same(settled, [place[0], place[1] - 0.02, place[2], 0.1]), false);
  });

  /** A hash that differs in `bits` of 64. */
  const differing = (bits: number) =>
    BigInt.asUintN(64, 2n ** BigInt(bits) - 1n)
      .toString(16)
      .padStart(16, "0");
  const looks = (kept: Kept, box: Box, bits: number) =>
    same({ ...kept, box, hashes: ["0".repeat(16)] }, box, differing(bits));

  it("where its looks differ in few bits, more of them of a small thing", () => {
    const [large, small]: Box[] = [
      [0.1, 0.5, 0.15, 0.14],
      [0.1, 0.5, 0.15, 0.12667],
    ];
    assert.ok(large && small);
    assert.deepEqual([looks(settled, large, 24), looks(settled, large, 25)], [true, false]);
    assert.deepEqual([looks(settled, small, 28), looks(settled, small, 29)], [true, false]);
    assert.deepEqual([looks(fleeting, large, 22), looks(fleeting, large, 23)], [true, false]);
  });

  it("as one of its last four looks shows it", () => {
    let kept: Pick<SceneObject, "hashes" | "colours"> = { hashes: [], colours: {} };
    for (let at = 0; at < 6; at += 1) {
      const hash = ((0xffn << BigInt(at * 9)) & 0xffffffffffffffffn).toString(16).padStart(16, "0");
      kept = lookOf(kept, { ...thing(0.9), appearance: { hash } });
    }
    assert.equal(kept.hashes.length, 4);
  });

  it("in a colour on which two pictures, and seven of ten, agree", () => {
    assert.deepEqual([colourOf({ red: 1 }), colourOf({ red: 2 })], [null, "red"]);
    assert.deepEqual([colourOf({ red: 7, blue: 3 }), colourOf({ red: 6, blue: 4 })], ["red", null]);
  });
});

describe("a camera sees as usual", () => {
  const bandsOf = (seed: number): PictureStatistics["bands"] =>
    Array.from({ length: 8 }, (_, band) => (seed * 977 + band * 131).toString(16).padStart(8, "0"));

  function watch(minutes: readonly number[], more: (minute: number) => Partial<PictureStatistics>): Optics {
    let optics: Optics | null = null;
    for (const minute of minutes) {
      const usual = {
        monochrome: false,
        brightness: 100,
        overexposed: 0,
        sharpness: 40,
        bands: bandsOf(minute),
      };
      const statistics = { ...usual, ...more(minute) };
      optics = observeOptics(optics, { at: new Date(start + minute * 60_000), statistics, flaws: [] });
    }
    return optics ?? assert.fail("expected pictures");
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, minute) => minute);

  it("by what five pictures show, of the last fifty", () => {
    const blurredAfter = (usual: number) =>
      faultsOf(watch(upTo(usual + 3), (minute) => (minute < usual ? {} : { sharpness: 9 }))).blurred;
    assert.deepEqual([blurredAfter(4), blurredAfter(5)], [false, true]);
    const sharper = watch(upTo(61), (minute) => (minute === 60 ? { sharpness: 90 } : {}));
    assert.equal(sharper.usual.day.sharpness, 41);
  });

  it("unless five parts of a picture stand still, in three pictures, whatever two others do", () => {
    const frozen = (minutes: readonly number[], bands: (minute: number) => PictureStatistics["bands"]) =>
      faultsOf(watch(minutes, (minute) => ({ bands: bands(minute) }))).frozen;
    const still = bandsOf(7);
    const hours = [0, 30, 60, 90];
    assert.equal(
      frozen(hours, () => still.map((band, at) => (at < 3 ? band : null))),
      false,
    );
    assert.equal(
      frozen(hours, (minute) => still.map((band, at) => (at < 2 ? `0000${1000 + minute}` : band))),
      true,
    );
    assert.equal(
      frozen([0, 90], () => still),
      false,
    );
  });
});
