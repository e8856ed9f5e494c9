/** How a frame differs from a baseline, as a picture: blue is colder, red is warmer, grey is as always. */
import { type Colour, encodePng } from "../alarm/png.ts";
import { columns, rows } from "../thermal/grid.ts";

const cellSide = 10;
/** Degrees at which the colour is full. */
const fullCelsius = 10;

const palette: readonly Colour[] = Array.from({ length: 255 }, (_, index): Colour => {
  const share = (index - 127) / 127;
  const fade = Math.round(225 * (1 - Math.abs(share)));
  return share < 0 ? [fade, fade, 225] : [225, fade, fade];
});

/** @param now, before `[24, 32]` in degrees; a cell that is no number in either is shown as unchanged */
export function differencePicture(now: Float32Array, before: Float32Array): Uint8Array<ArrayBuffer> {
  const width = columns * cellSide;
  const height = rows * cellSide;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = Math.floor(y / cellSide) * columns + Math.floor(x / cellSide);
      const delta = (now[cell] ?? Number.NaN) - (before[cell] ?? Number.NaN);
      const share = Number.isFinite(delta) ? Math.min(1, Math.max(-1, delta / fullCelsius)) : 0;
      pixels[y * width + x] = 127 + Math.round(share * 127);
    }
  }
  return encodePng(pixels, { width, height, palette });
}
