/** A thermal frame as a picture, for the cloud's evidence and for people: cold is dark, hot is bright. */
import { columns, rows } from "../thermal/grid.ts";
import { type Colour, encodePng } from "./png.ts";

/** Pixels a side of one cell. */
const cellSide = 16;

/** Black, blue, red, yellow, white: stops at even distances, as thermal cameras colour them. */
const stops: readonly Colour[] = [
  [0, 0, 20],
  [60, 10, 120],
  [190, 40, 80],
  [250, 150, 20],
  [255, 250, 220],
];

function mix(at: number): Colour {
  const position = at * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(position));
  const share = position - index;
  const [low, high] = [stops[index], stops[index + 1]];
  if (!low || !high) throw new RangeError(`expected a share of 0 to 1, got ${at}`);
  const channel = (which: 0 | 1 | 2) => Math.round(low[which] + (high[which] - low[which]) * share);
  return [channel(0), channel(1), channel(2)];
}

export const heatColours: readonly Colour[] = Array.from({ length: 256 }, (_, index) => mix(index / 255));

/** The range that is coloured: at least 20 degrees wide, so that a calm frame does not look like a storm. */
export function rangeOf(celsius: Float32Array): { least: number; most: number } {
  const finite = celsius.filter((value) => Number.isFinite(value));
  const least = finite.reduce((low, value) => Math.min(low, value), Infinity);
  const most = finite.reduce((high, value) => Math.max(high, value), -Infinity);
  if (least > most) return { least: 0, most: 20 };
  return { least, most: Math.max(most, least + 20) };
}

/**
 * @param celsius `[24, 32]`, row by row; cells that are no number are the coldest colour
 * @returns a PNG of 512 x 384 pixels
 */
export function thermalPicture(celsius: Float32Array): Uint8Array<ArrayBuffer> {
  const { least, most } = rangeOf(celsius);
  const width = columns * cellSide;
  const height = rows * cellSide;
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = celsius[row * columns + column] ?? Number.NaN;
      const share = Number.isFinite(value) ? (value - least) / (most - least) : 0;
      const colour = Math.round(Math.min(1, Math.max(0, share)) * 255);
      for (let y = 0; y < cellSide; y += 1) {
        const start = (row * cellSide + y) * width + column * cellSide;
        pixels.fill(colour, start, start + cellSide);
      }
    }
  }
  return encodePng(pixels, { width, height, palette: heatColours });
}
