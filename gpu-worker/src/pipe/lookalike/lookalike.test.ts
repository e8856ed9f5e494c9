import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rgb } from "../pixels/index.ts";
import { fingerprint } from "./fingerprint.ts";
import { isLookalike } from "./index.ts";

const width = 640;
const height = 480;

type Bytes = Uint8Array;

/** Deterministic noise, roughly normal, standard deviation 1 (Irwin-Hall over xorshift32). */
function createNoise(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(3) * (uniform() + uniform() + uniform() + uniform() - 2);
}

/** A street of sorts: sky, a wall with windows, a lawn; `x` and `y` may be fractions, so that a camera can shake. */
function brightness(x: number, y: number): number {
  if (y < 120) return 200 - y / 4;
  if (y < 300) {
    const inWindow = x % 80 > 25 && x % 80 < 55 && (y - 120) % 90 > 30 && (y - 120) % 90 < 70;
    return inWindow ? 60 : 150 + 10 * Math.sin(x / 9);
  }
  return 100 + 12 * Math.sin(x / 5) * Math.cos(y / 7);
}

type Change = {
  noise?: number;
  gain?: number;
  shift?: number;
  /** A figure of this height in pixels, a third as wide, so much darker than what is behind it. */
  figure?: { height: number; x: number; y: number; contrast: number };
  seed?: number;
};

function frame({ noise = 0, gain = 1, shift = 0, figure, seed = 1 }: Change = {}): Bytes {
  const random = createNoise(seed * 7_919 + 17);
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let value = brightness(x + shift, y);
      if (
        figure &&
        Math.abs(x - figure.x) < figure.height / 6 &&
        Math.abs(y - figure.y) < figure.height / 2
      ) {
        value -= figure.contrast;
      }
      for (let channel = 0; channel < 3; channel += 1) {
        const noisy = value * gain + noise * random();
        bytes[(y * width + x) * 3 + channel] = Math.max(0, Math.min(255, Math.round(noisy)));
      }
    }
  }
  return bytes;
}

function seen(change: Change = {}) {
  return fingerprint(rgb(frame(change), width, height));
}

describe("isLookalike", () => {
  const still = seen({ noise: 3 });

  it("takes a frame for its twin through sensor noise", () => {
    for (const noise of [0, 3, 6, 9]) {
      assert.ok(isLookalike(still, seen({ noise, seed: 2 })), `noise ${noise}`);
    }
  });

  it("takes a frame for its twin through a slightly different exposure", () => {
    for (const gain of [0.92, 1.05]) {
      assert.ok(isLookalike(still, seen({ gain, noise: 3, seed: 3 })), `gain ${gain}`);
    }
  });

  it("takes a frame for its twin when the camera shook by a pixel or two", () => {
    const shifts = [-2, -1, 1, 2];
    const refused = shifts.filter((shift) => !isLookalike(still, seen({ shift, noise: 3, seed: 4 })));
    assert.deepEqual(refused, []);
  });

  it("sees a distant person: 1.5 % of the height, anywhere, in noise", () => {
    for (const [x, y] of [
      [100, 60],
      [320, 200],
      [321, 201],
      [322, 203],
      [600, 430],
      [4, 470],
    ] as const) {
      const figure = { height: 7.2, x, y, contrast: 45 };
      assert.ok(!isLookalike(still, seen({ figure, noise: 3, seed: 5 })), `at ${x}, ${y}`);
    }
  });

  it("sees that a distant person has gone, or has taken a few steps", () => {
    const here = seen({ figure: { height: 9, x: 300, y: 350, contrast: 45 }, noise: 3 });
    const there = seen({ figure: { height: 9, x: 306, y: 350, contrast: 45 }, noise: 3, seed: 6 });
    assert.ok(!isLookalike(here, still));
    assert.ok(!isLookalike(here, there));
  });

  it("sees a larger figure that hardly differs from what is behind it", () => {
    const figure = { height: 80, x: 420, y: 360, contrast: 5 };
    assert.ok(!isLookalike(still, seen({ figure, noise: 3, seed: 7 })));
  });

  it("sees a person although the camera shook", () => {
    for (const size of [9, 15, 40]) {
      const figure = { height: size, x: 333, y: 380, contrast: 60 };
      assert.ok(!isLookalike(still, seen({ figure, shift: 1, noise: 3, seed: 8 })), `height ${size}`);
    }
  });

  it("looks again when the light has changed, the camera has turned, or the pictures differ in size", () => {
    assert.ok(!isLookalike(still, seen({ gain: 0.7 })));
    assert.ok(!isLookalike(still, seen({ shift: 25 })));
    assert.ok(!isLookalike(still, fingerprint(rgb(frame().subarray(0, width * 400 * 3), width, 400))));
  });

  it("looks again when a picture is too small to compare", () => {
    const sliver = fingerprint(rgb(new Uint8Array(640 * 3 * 3), 640, 3));
    assert.ok(!isLookalike(sliver, sliver));
  });
});
