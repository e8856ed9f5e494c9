/** For tests: what a camera sees, as small grey frames that are made and not recorded, and what disturbs it. */
import { chanceOf } from "../bench/corpus/chance.ts";
import { greyBytes, greyHeight, greyWidth } from "../src/cameras/grey.ts";

export type Frame = Uint8Array;
export type Disturb = (frame: Frame, seconds: number) => Frame;

const bounded = (value: number) => Math.max(0, Math.min(255, value));

/** A yard: a gradient of light, a wall with a door, paving. */
export function yard(): Frame {
  return Uint8Array.from({ length: greyBytes }, (_, pixel) => {
    const [x, y] = [pixel % greyWidth, Math.floor(pixel / greyWidth)];
    const wall = y < 45 ? 150 + (Math.floor(x / 12 + (Math.floor(y / 6) % 2) / 2) % 2) * 18 : 95;
    const door = x > 80 && x < 100 && y > 12 && y < 45 ? -60 : 0;
    const paving = y >= 45 && (x + y) % 16 < 2 ? 35 : 0;
    return bounded(wall + door + paving + x / 10);
  });
}

export function moved(frame: Frame, change: (value: number, x: number, y: number) => number): Frame {
  const after = new Uint8ClampedArray(greyBytes);
  for (let y = 0, pixel = 0; y < greyHeight; y++) {
    for (let x = 0; x < greyWidth; x++, pixel++) after[pixel] = change(frame[pixel] ?? 0, x, y);
  }
  return new Uint8Array(after.buffer);
}

/** The sensor's own noise: a long row of it that each frame begins elsewhere in. */
export function noise(seed: number): Disturb {
  const chance = chanceOf(seed);
  const row = Int8Array.from({ length: 2 * greyBytes }, () => chance.whole(-4, 4));
  return (frame) => {
    const noisy = new Uint8ClampedArray(greyBytes);
    const from = chance.whole(0, greyBytes - 1);
    for (let pixel = 0; pixel < greyBytes; pixel++) {
      noisy[pixel] = (frame[pixel] ?? 0) + (row[from + pixel] ?? 0);
    }
    return new Uint8Array(noisy.buffer);
  };
}

export function rain(seed: number, streaks: number): Disturb {
  const chance = chanceOf(seed);
  return (frame) => {
    const wet = Uint8Array.from(frame);
    for (let count = 0; count < streaks; count++) {
      const [x, y, length] = [
        chance.whole(0, greyWidth - 4),
        chance.whole(0, greyHeight - 1),
        chance.whole(4, 11),
      ];
      for (let drop = 0; drop < length; drop++) {
        const pixel = (y + drop) * greyWidth + x + (drop >> 2);
        if (pixel < greyBytes) wet[pixel] = bounded((wet[pixel] ?? 0) + chance.whole(40, 100));
      }
    }
    return wet;
  };
}

/** Two bright strands before the lens, in a wind that comes and goes. */
export const web: Disturb = (frame, t) => {
  const sway = (Math.sin(1.3 * t) + 0.6 * Math.sin(0.37 * t)) * 5;
  return moved(frame, (value, x, y) => {
    const one = Math.abs((x - 150 - (sway * y) / 60) * 0.8 + (y - 30) * 0.5);
    const other = Math.abs(x - 170 - sway - (y - 20) * 0.3);
    return y < 60 && x > 120 && Math.min(one, other) < 2 ? value + 80 : value;
  });
};

/** The upper left corner is foliage that waves. */
export const tree: Disturb = (frame, t) => {
  const gust = 1.5 + 1.5 * Math.sin(0.11 * t);
  const waving = Uint8Array.from(frame);
  for (let y = 0; y < 44; y++) {
    for (let x = 0; x < 60; x++) {
      const shift = Math.round(gust * Math.sin(2 * t + 0.3 * y + 0.1 * x));
      waving[y * greyWidth + x] = frame[y * greyWidth + Math.max(0, x + shift)] ?? 0;
    }
  }
  return waving;
};

/** A lamp that somebody switches every 40 s. */
export const lamp: Disturb = (frame, t) =>
  Math.floor(t / 40) % 2 === 1 ? moved(frame, (value) => value * 1.5 + 30) : frame;

/** The infrared filter: other materials are bright then. */
export const infrared: Disturb = (frame, t) =>
  Math.floor(t / 60) % 2 === 1 ? moved(frame, (value) => 255 - (255 - value) ** 2 / 300) : frame;

/** Somebody in dark clothes walks through from the left, beginning at `fromSeconds`, within some 16 s. */
export const walker =
  (fromSeconds: number): Disturb =>
  (frame, t) => {
    const left = (t - fromSeconds) * 12 - 5;
    if (t < fromSeconds) return frame;
    return moved(frame, (value, x, y) => (x >= left && x < left + 6 && y >= 50 && y < 68 ? 30 : value));
  };
