/** Who is who across pictures, and what is told of comings and goings. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { randomOf } from "../../testing/picture-heads.ts";
import { tell, textsOf } from "../../testing/tell.ts";
import { looksOf, type Moment } from "./describe-look.ts";
import { tracksOf } from "./track.ts";
import type { Box, Detection } from "./wire.ts";

const noon = Date.parse("2026-06-01T12:00:00Z");

type Shown = {
  second: number;
  sees: readonly (Partial<Detection> & { box: Box })[];
  camera?: string;
  zone?: string;
};

function moments(shown: readonly Shown[]): Moment[] {
  return shown.map(({ second, sees, camera = "camera", zone = "driveway" }, index) => ({
    id: `m${index}`,
    eventId: `e${index}`,
    capturedAt: new Date(noon + second * 1000),
    zone,
    deviceId: camera,
    eventType: "motion",
    confidence: null,
    finding: {
      id: `m${index}`,
      outcome: "reviewed",
      detections: sees.map((one) => ({ label: "person", confidence: 0.9, ...one })),
    },
  }));
}

const at = (x: number, height = 0.4): Box => [x, 0.9 - height, 0.12, height];
const countOf = (shown: readonly Shown[]) => tracksOf(looksOf(moments(shown))).length;
const said = (shown: readonly Shown[], reidentification = false) =>
  textsOf(
    tell([], {
      moments: moments(shown),
      timeZone: "UTC",
      capabilities: { faces: false, plates: false, reidentification },
    }),
  );

describe("tracks", () => {
  it("are one for somebody who crosses the picture, however the boxes shake", () => {
    const random = randomOf(3);
    const way = Array.from({ length: 15 }, (_, index) => ({
      second: index * 0.5,
      sees: [{ box: at(0.02 + index * 0.05 + (random() - 0.5) * 0.03, 0.4 + (random() - 0.5) * 0.06) }],
    }));
    assert.equal(countOf(way), 1);
  });

  it("are one for somebody who runs on over seconds without a picture, or shakes within an instant", () => {
    const runs = [0, 1, 2].map((step) => ({ second: step * 2, sees: [{ box: at(0.02 + step * 0.4) }] }));
    assert.equal(countOf(runs), 1);
    const burst = [0, 1, 2].map((step) => ({ second: 0, sees: [{ box: at(0.3 + (step % 2) * 0.06) }] }));
    assert.equal(countOf(burst), 1);
  });

  it("are two for two people who pass each other, and go on through a picture that misses one", () => {
    const way = Array.from({ length: 12 }, (_, index) => ({
      second: index * 0.5,
      sees: [{ box: at(0.1 + index * 0.05) }, { box: at(0.75 - index * 0.05, 0.3) }].filter(
        (_one, person) => !(person === 1 && index === 4),
      ),
    }));
    assert.equal(countOf(way), 2);
  });

  it("are no one's over a gap, over a jump, between kinds, or between cameras", () => {
    assert.equal(
      countOf([
        { second: 0, sees: [{ box: at(0.2) }] },
        { second: 30, sees: [{ box: at(0.2) }] },
      ]),
      2,
    );
    assert.equal(
      countOf([
        { second: 0, sees: [{ box: at(0.02) }] },
        { second: 0.5, sees: [{ box: at(0.8) }] },
      ]),
      2,
    );
    assert.equal(
      countOf([
        { second: 0, sees: [{ box: at(0.2) }] },
        { second: 1, sees: [{ box: at(0.2), label: "dog" }] },
      ]),
      2,
    );
    const cameras = ["a", "b"].map((camera, index) => ({ second: index, sees: [{ box: at(0.2) }], camera }));
    assert.equal(countOf(cameras), 2);
  });

  it("begin with nothing that is hardly seen", () => {
    const hardly = [0, 1].map((second) => ({ second, sees: [{ box: at(0.3), confidence: 0.3 }] }));
    assert.equal(countOf(hardly), 0);
  });

  it("never put two things of one picture into one track, and each thing into one at the most", () => {
    const box = fc
      .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 2, max: 6 }))
      .map(([x, height]) => at(x / 10, height / 10));
    const seen = fc.record({
      box,
      confidence: fc.double({ min: 0.25, max: 1, noNaN: true }),
      label: fc.constantFrom("person", "car", "dog", "chair"),
      trackId: fc.option(fc.constantFrom("person-1", "person-2"), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(seen, { maxLength: 5 }), { maxLength: 12 }), (pictures) => {
        const shown = pictures.map((sees, index) => ({
          second: index,
          sees: sees.map(({ trackId, ...one }) => (trackId ? { ...one, trackId } : one)),
        }));
        const tracks = tracksOf(looksOf(moments(shown)));
        const all = tracks.flatMap(({ sighted }) => sighted.map(({ thing }) => thing));
        assert.equal(new Set(all).size, all.length);
        for (const { sighted, byLooks } of tracks) {
          if (!byLooks) assert.equal(new Set(sighted.map(({ look }) => look)).size, sighted.length);
        }
      }),
    );
  });
});

describe("comings and goings", () => {
  it("are told of somebody who comes in at one side and leaves at the other", () => {
    const way = Array.from({ length: 9 }, (_, index) => ({
      second: index + 1,
      sees: [{ box: at(index * 0.11) }],
    }));
    const whole = [{ second: 0, sees: [] }, ...way, { second: 10, sees: [] }];
    assert.ok(
      said(whole).includes(
        "A person at the driveway came from the left at 12:00:01, was in view for eight seconds and left to the right at 12:00:09.",
      ),
      said(whole).join(" "),
    );
  });

  it("are not told of whoever was there in the first picture, and in the last", () => {
    const stays = Array.from({ length: 5 }, (_, second) => ({ second, sees: [{ box: at(0) }] }));
    assert.ok(said(stays).every((text) => !/came|left/.test(text)));
  });
});

describe("the same person at two doors", () => {
  const doors = (first: string, second: string): Shown[] => [
    {
      second: 0,
      sees: [
        { box: at(0.2), trackId: first },
        { box: at(0.6), trackId: "person-9" },
      ],
      camera: "a",
      zone: "front_door",
    },
    { second: 45, sees: [{ box: at(0.4), trackId: second }], camera: "b", zone: "back_door" },
  ];

  it("is told as one of two people by their looks", () => {
    assert.ok(
      said(doors("person-1", "person-1"), true).includes(
        "By their looks they are two people, one of them at the front door and at the back door.",
      ),
    );
    assert.ok(said(doors("person-1", "person-2"), true).every((text) => !/one of them/.test(text)));
  });

  it("is told of names that go on from an earlier part, and not of names of two parts", () => {
    const [front, back] = doors("person-1@0", "person-1@0");
    assert.ok(front && back);
    const alone = [{ ...front, sees: front.sees.slice(0, 1) }, back];
    assert.ok(
      said(alone, true).includes(
        "By their looks it is one person, who was at the front door and at the back door.",
      ),
    );
    const apart = [alone[0] ?? front, { ...back, sees: [{ box: at(0.4), trackId: "person-1@1" }] }];
    assert.equal(countOf(apart), 2);
    assert.ok(said(apart, true).every((text) => !/by their looks/i.test(text)));
    assert.ok(
      said(apart, true).some((text) => text.startsWith("Whoever was at the back door 45 seconds later may")),
    );
  });

  it("is said to be possible, and never sure, without a model for looks", () => {
    const alone: Shown[] = [
      { second: 0, sees: [{ box: at(0.2) }], camera: "a", zone: "front_door" },
      { second: 45, sees: [{ box: at(0.4) }], camera: "b", zone: "back_door" },
    ];
    assert.ok(
      said(alone).includes(
        "Whoever was at the back door 45 seconds later may be the person at the front door: the pictures alone do not tell.",
      ),
      said(alone).join(" "),
    );
    assert.ok(said(alone).every((text) => !/same person|one person, who/.test(text)));
    const late = alone.map((one) => ({ ...one, second: one.second * 3 }));
    assert.ok(said(late).every((text) => !/may be the person/.test(text)));
  });
});
