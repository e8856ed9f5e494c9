/** What the pixels of a picture say of the camera: whether it sees colours, and whether it is in focus, blinded or frozen. */
import { type PictureStatistics, pictureBands } from "@vigil/core/digest/wire";
import type { Fingerprint } from "../lookalike/index.ts";
import type { Rgb } from "../pixels/index.ts";

/** A pixel whose channels differ by more has a colour; compression alone makes a few of a grey picture differ by less. */
const colourLevels = 10;
/** A date in yellow over a grey picture covers less than this. */
const colouredShareMin = 0.015;
/** Every so many pixels across and down are looked at. */
const colourStep = 6;
const overexposedFrom = 250;
/** The sharpest hundredth of a picture tells its focus, whatever the rest of it shows. */
const sharpest = 0.01;
/** A band whose cells differ by less has nothing by which it could be known again. */
const bandLevelsMin = 24;

export function statisticsOf(picture: Rgb, print: Fingerprint): PictureStatistics {
  return {
    monochrome: colouredShare(picture) < colouredShareMin,
    ...exposureOf(print.cells),
    sharpness: sharpnessOf(print),
    bands: bandsOf(print),
  };
}

function colouredShare({ bytes, start, rowBytes, width, height }: Rgb): number {
  let [coloured, looked] = [0, 0];
  for (let row = 0; row < height; row += colourStep) {
    const end = start + row * rowBytes + width * 3;
    for (let pixel = start + row * rowBytes; pixel < end; pixel += colourStep * 3) {
      const [red, green, blue] = [at(bytes, pixel), at(bytes, pixel + 1), at(bytes, pixel + 2)];
      coloured += Number(Math.max(red, green, blue) - Math.min(red, green, blue) > colourLevels);
      looked += 1;
    }
  }
  return looked === 0 ? 0 : coloured / looked;
}

function exposureOf(cells: Uint8Array): Pick<PictureStatistics, "brightness" | "overexposed"> {
  let [sum, bright] = [0, 0];
  for (const cell of cells) {
    sum += cell;
    bright += Number(cell >= overexposedFrom);
  }
  const count = Math.max(1, cells.length);
  return { brightness: tenth(sum / count), overexposed: Math.round((1000 * bright) / count) / 1000 };
}

/** The second difference across, |2 b - a - c|, that a hundredth of the picture's quarters exceed. */
function sharpnessOf({ quarters, columns, rows }: Fingerprint): number {
  const counts = new Uint32Array(512);
  const across = columns * 2;
  let looked = 0;
  for (let row = 0; row < rows * 2; row += 2) {
    for (let place = row * across + 1; place < (row + 1) * across - 1; place += 1) {
      const bend = Math.abs(2 * at(quarters, place) - at(quarters, place - 1) - at(quarters, place + 1));
      counts[bend] = (counts[bend] ?? 0) + 1;
      looked += 1;
    }
  }
  let left = Math.floor(sharpest * looked);
  for (let bend = counts.length - 1; bend >= 0; bend -= 1) {
    left -= counts[bend] ?? 0;
    if (left < 0) return Math.min(255, bend / 2);
  }
  return 0;
}

/**
 * A sensor's noise changes some cell of a band in every picture; one that is the same to the last level shows the same
 * picture again. In bands, because a clock may be written over a picture that stands still.
 */
function bandsOf({ cells, columns, rows }: Fingerprint): PictureStatistics["bands"] {
  return Array.from({ length: pictureBands }, (_, band) => {
    const from = Math.floor((band * rows) / pictureBands) * columns;
    const until = Math.floor(((band + 1) * rows) / pictureBands) * columns;
    let [low, high] = [255, 0];
    // FNV-1a, 32 bits (Fowler, Noll, Vo).
    let hash = 0x811c9dc5;
    for (let cell = from; cell < until; cell += 1) {
      const value = at(cells, cell);
      low = Math.min(low, value);
      high = Math.max(high, value);
      hash = Math.imul(hash ^ value, 0x01000193);
    }
    return high - low < bandLevelsMin ? null : (hash >>> 0).toString(16).padStart(8, "0");
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Every index here lies inside by construction. */
function at(values: Uint8Array, index: number): number {
  return values[index] as number;
}
