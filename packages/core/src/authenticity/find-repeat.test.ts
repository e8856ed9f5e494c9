import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomOf } from "../../testing/picture-heads.ts";
import { findBackdrop, findRepeat, type Known, motionBefore, type Past } from "./find-repeat.ts";
import type { Sketch } from "./sketch.ts";
import { sketch as size } from "./wire.ts";

const random = randomOf(7);
const yard = Uint8Array.from(
  { length: size.cells },
  (_, cell) => 130 + 20 * Math.sin((cell % size.columns) / 9) - (cell / size.cells) * 40,
);
const clamp = (level: number) => Math.max(0, Math.min(255, Math.round(level)));

type Thing = { at: [column: number, row: number]; levels: number; looks?: number };

/** The yard with things in it, each 4 by 7 cells with a pattern of its own. */
function picture(things: readonly Thing[], light: (level: number) => number = (level) => level): Sketch {
  const sketch = Uint8Array.from(yard, (level) => clamp(level + (random() - 0.5) * 4));
  for (const {
    at: [column, row],
    levels,
    looks = 1,
  } of things) {
    for (let y = 0; y < 7; y += 1) {
      for (let x = 0; x < 4; x += 1) {
        const cell = (row + y) * size.columns + column + x;
        sketch[cell] = clamp(levels + (((x * 7 + y * 13) * looks) % 5) * 12);
      }
    }
  }
  return sketch.map((level) => clamp(light(level)));
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** What is kept of bursts of pictures, each looked at together. */
function known(...bursts: { at: number; sketches: readonly Sketch[] }[]): Known {
  const backdrops = new Map<string, Sketch>();
  const past: Past[] = [];
  for (const { at, sketches } of bursts) {
    const backdrop = findBackdrop(sketches);
    if (!backdrop) continue;
    backdrops.set(`${at}`, backdrop);
    for (const [index, sketch] of sketches.entries()) {
      const motion = motionBefore(backdrop, sketch);
      const capturedAt = new Date(at + index * 1000);
      if (motion) past.push({ momentId: `${at} ${index}`, capturedAt, backdropId: `${at}`, motion });
    }
  }
  return { past, backdrops };
}

/** Somebody walks through the yard. */
const walk = (from: number, looks = 1): Sketch[] =>
  Array.from({ length: 8 }, (_, step) => picture([{ at: [from + step * 5, 12], levels: 20, looks }]));
const later = new Date(2 * day);

describe("what repeats an earlier picture", () => {
  it("is the same thing at the same place, encoded anew, brighter, darker or blurred", () => {
    const sketches = walk(4);
    const history = known({ at: 0, sketches });
    assert.equal(history.past.length, 8);
    const third = sketches[3] ?? new Uint8Array();
    const edits: ((level: number, cell: number) => number)[] = [
      (level) => level,
      (level) => level * 1.25,
      (level) => level * 0.6 + 10,
      (level, cell) => (2 * level + (third[cell - 1] ?? level) + (third[cell + 1] ?? level)) / 4,
    ];
    for (const edit of edits) {
      const sketch = third.map((level, cell) => clamp(edit(level, cell)));
      const verdict = findRepeat({ sketch, capturedAt: later }, history);
      assert.ok(verdict.status === "repeat", JSON.stringify(verdict));
      assert.equal(verdict.of.momentId, "0 3");
    }
  });

  it("is not somebody at another place, or another one at the same place", () => {
    const history = known({ at: 0, sketches: walk(4) });
    for (const things of [
      [{ at: [6, 22], levels: 20 }],
      [{ at: [19, 12], levels: 195, looks: 3 }],
      [
        { at: [19, 12], levels: 20 },
        { at: [40, 20], levels: 195 },
      ],
    ] as const) {
      const sketch = picture(things.map(({ at, ...thing }) => ({ at: [at[0], at[1]], ...thing })));
      assert.deepEqual(findRepeat({ sketch, capturedAt: later }, history), { status: "none-found" });
    }
  });

  it("is not a car that stands where it stands every evening", () => {
    const car = { at: [30, 20] as [number, number], levels: 210 };
    const arrival = [10, 16, 22].map((column) => picture([{ ...car, at: [column, 20] }]));
    const parked = Array.from({ length: 2 }, () => picture([car]));
    const evening = [...arrival, ...walk(4).slice(0, 3), ...parked];
    const night = walk(4, 2).map((_, step) =>
      picture([car, { at: [4 + step * 5, 5], levels: 20, looks: 2 }]),
    );
    const sketch = picture([car]);
    const withNight = known({ at: 0, sketches: evening }, { at: 60 * minute, sketches: night });
    assert.notEqual(findRepeat({ sketch, capturedAt: later }, withNight).status, "repeat");
  });

  it("cannot be told of a picture in which nothing moves, nor where nothing is known", () => {
    const history = known({ at: 0, sketches: walk(4) });
    assert.deepEqual(findRepeat({ sketch: picture([]), capturedAt: later }, history), {
      status: "cannot-tell",
      why: "nothing-moves",
    });
    const nothing = { status: "cannot-tell", why: "nothing-before" };
    const sketch = walk(4)[2] ?? new Uint8Array();
    assert.deepEqual(findRepeat({ sketch, capturedAt: later }, known()), nothing);
    assert.deepEqual(
      findRepeat({ sketch, capturedAt: new Date(30_000) }, history),
      nothing,
      "within a minute",
    );
    assert.deepEqual(known({ at: 0, sketches: walk(4).slice(0, 4) }).past, [], "too few for a backdrop");
  });

  it("is never told from the light alone", () => {
    const dusk = (level: number) => level * 0.3;
    const half = (sketch: Sketch) =>
      sketch.map((level, cell) => (cell % size.columns < 32 ? clamp(dusk(level)) : level));
    const history = known({ at: 0, sketches: [...walk(4).slice(0, 5), ...walk(4).slice(5).map(half)] });
    const verdict = findRepeat({ sketch: half(picture([])), capturedAt: later }, history);
    assert.notEqual(verdict.status, "repeat");
  });

  it("withstands whatever is kept of motion: cut short, of cells that are not there, of nothing", () => {
    const { backdrops } = known({ at: 0, sketches: walk(4) });
    for (const motion of [[], [1], [255, 255, 9], [0, 1, 0], [0, 0, 128]]) {
      const one = {
        momentId: "m",
        capturedAt: new Date(0),
        backdropId: "0",
        motion: Uint8Array.from(motion),
      };
      const verdict = findRepeat({ sketch: picture([]), capturedAt: later }, { past: [one], backdrops });
      assert.notEqual(verdict.status, "repeat");
    }
    const flat = new Uint8Array(size.cells);
    const history = known({ at: 0, sketches: walk(4) });
    assert.notEqual(findRepeat({ sketch: flat, capturedAt: later }, history).status, "repeat");
  });
});
