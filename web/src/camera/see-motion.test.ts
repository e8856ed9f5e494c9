import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { eye, greyOf, type Look, openEye } from "./see-motion.ts";

const { width, height } = eye;

/** The same everywhere for everybody: a small generator of noise. */
function noiseOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Room = { light?: number; noise?: number; figureAt?: number; flicker?: boolean };

/** A room with a sensor's noise; a dark figure stands at a column of it; a screen flickers in its corner. */
function roomOf(random: () => number, { light = 120, noise = 6, figureAt, flicker = false }: Room = {}) {
  return Uint8Array.from({ length: width * height }, (_, cell) => {
    const x = cell % width;
    const y = Math.floor(cell / width);
    const isFigure = figureAt !== undefined && Math.abs(x - figureAt) < 3 && y > 20 && y < 40;
    const isScreen = flicker && x > 54 && y < 10;
    const base = isFigure ? 30 : isScreen ? 60 + random() * 150 : light + (x % 7) * 4;
    return Math.min(255, base + (random() - 0.5) * 2 * noise);
  });
}

function watch(count: number, room: (look: number) => Room, see = openEye(), seed = 7): Look[] {
  const random = noiseOf(seed);
  return Array.from({ length: count }, (_, look) => see(roomOf(random, room(look))));
}

const movedIn = (looks: readonly Look[]) => looks.some(({ moving }) => moving);

describe("what moves before a browser's camera", () => {
  it("is nothing in a still room, with whatever noise a cheap sensor has", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      assert.equal(movedIn(watch(400, () => ({ noise: 4 + (seed % 5) }), openEye(), seed)), false, `${seed}`);
    }
  });

  it("is somebody who walks through it, by the third look", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const see = openEye();
      watch(40, () => ({}), see, seed);
      const looks = watch(20, (look) => ({ figureAt: look * 3 }), see, seed + 100);
      const first = looks.findIndex(({ moving }) => moving);
      assert.ok(first >= 0 && first <= 2, `${seed}: look ${first}`);
    }
  });

  it("is not a lamp that is switched on or off, and is somebody who comes after it", () => {
    const see = openEye();
    watch(40, () => ({}), see);
    assert.equal(movedIn(watch(60, () => ({ light: 190 }), see)), false);
    assert.equal(movedIn(watch(20, (look) => ({ light: 190, figureAt: look * 3 }), see)), true);
  });

  it("is not a screen that flickers, once that is known, and is somebody who walks beside it", () => {
    const see = openEye();
    watch(120, () => ({ flicker: true }), see);
    assert.equal(movedIn(watch(200, () => ({ flicker: true }), see, 9)), false);
    assert.equal(movedIn(watch(20, (look) => ({ flicker: true, figureAt: look * 2 }), see)), true);
  });

  it("ends for whoever stands still, and comes back when they go", () => {
    const see = openEye();
    watch(40, () => ({}), see);
    const standing = watch(200, () => ({ figureAt: 30 }), see);
    assert.equal(standing.at(0)?.moving, false, "one look is a flash");
    assert.equal(standing.at(1)?.moving, true);
    assert.equal(standing.at(-1)?.moving, false);
    assert.equal(movedIn(watch(3, () => ({}), see)), true);
  });

  it("begins anew when the picture changes its size", () => {
    const see = openEye();
    watch(40, () => ({}), see);
    assert.deepEqual(see(new Uint8Array(12)), { changed: 0, moving: false });
  });
});

describe("grey", () => {
  it("weighs the colours as an eye does", () => {
    assert.deepEqual([...greyOf(new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255]))], [255, 0]);
    const [red = 0, green = 0, blue = 0] = greyOf(
      new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]),
    );
    assert.ok(green > red && red > blue);
  });
});
