import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { averageLuma, copyPixels, type Rgb, resample, rgb } from "./index.ts";

const side = fc.integer({ min: 1, max: 40 });
const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** Any bytes, the same for the same seed (xorshift). */
function noise(length: number, from: number): Uint8Array {
  let state = from;
  return new Uint8Array(length).map(() => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  });
}

function at({ bytes, start, rowBytes }: Rgb, x: number, y: number, channel: number): number {
  return bytes[start + y * rowBytes + x * 3 + channel] ?? Number.NaN;
}

/** The rectangle of `width` x `height` in the middle of a frame of 5 pixels of 77s. */
function framed(width: number, height: number): Rgb {
  const rowBytes = (width + 10) * 3;
  const bytes = new Uint8Array(rowBytes * (height + 10)).fill(77);
  return { bytes, start: 5 * rowBytes + 15, rowBytes, width, height };
}

/** By the definition, in floating point. */
function interpolated(from: Rgb, to: Rgb, x: number, y: number, channel: number): number {
  const placed = (pixel: number, size: number, target: number) =>
    Math.min(Math.max(((pixel + 0.5) * size) / target - 0.5, 0), size - 1);
  const [px, py] = [placed(x, from.width, to.width), placed(y, from.height, to.height)];
  const [left, top] = [Math.floor(px), Math.floor(py)];
  const [right, bottom] = [Math.min(left + 1, from.width - 1), Math.min(top + 1, from.height - 1)];
  const across = (row: number) =>
    at(from, left, row, channel) * (1 - (px - left)) + at(from, right, row, channel) * (px - left);
  return across(top) * (1 - (py - top)) + across(bottom) * (py - top);
}

function* positions({ width, height }: Rgb) {
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (const channel of [0, 1, 2]) yield { x, y, channel };
    }
  }
}

describe("resample", () => {
  it("interpolates between the centres of pixels, for whatever sizes, and writes nowhere else", () => {
    fc.assert(
      fc.property(side, side, side, side, seed, (fromWidth, fromHeight, toWidth, toHeight, any) => {
        const from = rgb(noise(fromWidth * fromHeight * 3, any), fromWidth, fromHeight);
        const to = framed(toWidth, toHeight);
        resample(from, to);
        for (const { x, y, channel } of positions(to)) {
          const [got, wanted] = [at(to, x, y, channel), interpolated(from, to, x, y, channel)];
          assert.ok(Math.abs(got - wanted) <= 2, `(${x}, ${y}): expected ${wanted}, got ${got}`);
        }
        copyPixels(rgb(new Uint8Array(toWidth * toHeight * 3).fill(77), toWidth, toHeight), to);
        assert.ok(
          to.bytes.every((byte) => byte === 77),
          "the frame stays as it was",
        );
      }),
    );
  });

  it("leaves a picture of the same size as it is, and a flat one flat", () => {
    const from = rgb(noise(33 * 9 * 3, 5), 33, 9);
    const same = rgb(new Uint8Array(33 * 9 * 3), 33, 9);
    resample(from, same);
    assert.deepEqual(same.bytes, from.bytes);
    const white = rgb(new Uint8Array(50 * 30 * 3).fill(255), 50, 30);
    const smaller = rgb(new Uint8Array(40 * 24 * 3), 40, 24);
    resample(white, smaller);
    assert.ok(smaller.bytes.every((byte) => byte === 255));
  });

  it("reads of a larger picture only its rectangle", () => {
    const from = framed(20, 10);
    copyPixels(rgb(new Uint8Array(20 * 10 * 3).fill(9), 20, 10), from);
    const to = rgb(new Uint8Array(13 * 7 * 3), 13, 7);
    resample(from, to);
    assert.ok(to.bytes.every((byte) => byte === 9));
  });
});

describe("averageLuma", () => {
  it("is the mean of (R + 2 G + B) / 4 over 2 x 2 pixels, for whatever sizes", () => {
    fc.assert(
      fc.property(side, side, seed, (width, height, any) => {
        const from = framed(width, height);
        copyPixels(rgb(noise(width * height * 3, any), width, height), from);
        const means = averageLuma(from);
        const [columns, rows] = [Math.floor(width / 4) * 2, Math.floor(height / 2)];
        assert.equal(means.length, columns * rows);
        for (const [index, mean] of means.entries()) {
          const [x, y] = [(index % columns) * 2, Math.floor(index / columns) * 2];
          const sum = [0, 1].flatMap((down) =>
            [0, 1].flatMap((right) => [0, 1, 1, 2].map((channel) => at(from, x + right, y + down, channel))),
          );
          assert.equal(mean, (sum.reduce((total, value) => total + value, 0) + 8) >> 4);
        }
      }),
    );
  });
});
