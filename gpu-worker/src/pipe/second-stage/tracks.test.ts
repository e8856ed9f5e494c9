import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { assignTracks, type KnownPerson, type Sighting } from "./tracks.ts";

/** Somebody's looks: a direction of their own, a little different each time. */
function looks(person: number, wobble: number): Float32Array {
  const embedding = new Float32Array(8);
  embedding[person] = 1;
  embedding[(person + 1) % 8] = wobble;
  const length = Math.hypot(...embedding);
  return embedding.map((value) => value / length);
}

function sighting(moment: number, person: number, wobble = 0): Sighting {
  return { momentId: `moment-${moment}`, detection: person, embedding: looks(person, wobble) };
}

function numbersOf(sightings: readonly Sighting[], known?: readonly KnownPerson[]): number[] {
  return assignTracks(sightings, known).tracked.map(({ number }) => number);
}

describe("assignTracks", () => {
  it("sees one person in six moments", () => {
    const { tracked } = assignTracks([0, 1, 2, 3, 4, 5].map((moment) => sighting(moment, 0, moment / 20)));
    assert.deepEqual(new Set(tracked.map(({ number }) => number)), new Set([1]));
  });

  it("keeps different people apart, numbered as they were first seen", () => {
    const seen = [sighting(0, 3), sighting(0, 5), sighting(1, 5, 0.1), sighting(1, 3, 0.1)];
    assert.deepEqual(numbersOf(seen), [1, 2, 2, 1]);
  });

  it("never takes two people of one moment for one, however alike they look", () => {
    const twins = [sighting(0, 1), { ...sighting(0, 1), detection: 9 }, sighting(1, 1), sighting(2, 1)];
    const numbers = numbersOf(twins);
    assert.notEqual(numbers[0], numbers[1]);
    assert.equal(numbers[2], numbers[3]);
  });

  it("puts no two sightings of one moment on one track, whatever the looks", () => {
    const any = fc.record({
      moment: fc.nat(4),
      person: fc.nat(7),
      wobble: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 25 }), (given) => {
        const sightings = given.map(({ moment, person, wobble }) => sighting(moment, person, wobble));
        const { people } = assignTracks(sightings.slice(0, 9));
        const { tracked } = assignTracks(sightings, people);
        const seen = new Set(tracked.map(({ momentId, number }) => `${momentId} ${number}`));
        assert.equal(seen.size, sightings.length);
      }),
    );
  });

  it("has nothing to say about nobody", () => {
    assert.deepEqual(assignTracks([]), { tracked: [], people: [] });
  });

  it("knows again whom it has seen before, and numbers others after them", () => {
    const { people } = assignTracks([sighting(0, 3), sighting(0, 5)]);
    const again = [sighting(1, 5, 0.1), sighting(1, 7), sighting(2, 3, 0.1), sighting(2, 7, 0.1)];
    assert.deepEqual(numbersOf(again, people), [2, 3, 1, 3]);
    const [first] = assignTracks(again, people).people;
    assert.ok(first && (first.sum[3] ?? 0) > 1.9, "what somebody looks like gathers");
  });
});
