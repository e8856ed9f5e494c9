import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { assignTracks, type Sighting } from "./tracks.ts";

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

describe("assignTracks", () => {
  it("sees one person in six moments", () => {
    const tracked = assignTracks([0, 1, 2, 3, 4, 5].map((moment) => sighting(moment, 0, moment / 20)));
    assert.deepEqual(new Set(tracked.map(({ trackId }) => trackId)), new Set(["person-1"]));
  });

  it("keeps different people apart, numbered as they were first seen", () => {
    const tracked = assignTracks([sighting(0, 3), sighting(0, 5), sighting(1, 5, 0.1), sighting(1, 3, 0.1)]);
    assert.deepEqual(
      tracked.map(({ trackId }) => trackId),
      ["person-1", "person-2", "person-2", "person-1"],
    );
  });

  it("never takes two people of one moment for one, however alike they look", () => {
    const twins = [sighting(0, 1), { ...sighting(0, 1), detection: 9 }, sighting(1, 1), sighting(2, 1)];
    const tracked = assignTracks(twins);
    assert.notEqual(tracked[0]?.trackId, tracked[1]?.trackId);
    assert.equal(tracked[2]?.trackId, tracked[3]?.trackId);
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
        const tracked = assignTracks(sightings);
        const seen = new Set(tracked.map(({ momentId, trackId }) => `${momentId} ${trackId}`));
        assert.equal(seen.size, sightings.length);
      }),
    );
  });

  it("has nothing to say about nobody", () => {
    assert.deepEqual(assignTracks([]), []);
  });
});
