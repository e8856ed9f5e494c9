import { createKernels } from "./kernels.ts";
import { copyPixels, type Rgb, rgb } from "./rgb.ts";

const kernels = createKernels();

/** As ./kernels.wat has it: four pixels a step, with four positions in the line and sixteen weights. */
const pixelsPerStep = 4;
const stepBytes = 48;
const weightsAt = 16;
const one = 256;

/**
 * Draws the whole of `from` over the whole of `to`, by bilinear interpolation between the centres of pixels. OpenCV
 * calls it `INTER_LINEAR`, and Ultralytics and Megvii letterbox with it, so that a model sees here what it was trained
 * on. To less than half the size it passes over pixels.
 */
export function resample(from: Rgb, to: Rgb): void {
  const fromRowBytes = from.width * 3;
  const toRowBytes = to.width * 3;
  const steps = Math.ceil(to.width / pixelsPerStep);
  // The source, one line of it, the positions in that line, the target; 16 bytes that nobody minds after each.
  const line = toWholeSixteen(fromRowBytes * from.height);
  const positions = toWholeSixteen(line + fromRowBytes);
  const target = toWholeSixteen(positions + steps * stepBytes);
  const memory = kernels.reserve(target + toRowBytes * to.height + steps * stepBytes);
  copyPixels(from, rgb(new Uint8Array(memory), from.width, from.height));
  writePositions(new DataView(memory, positions), from.width, to.width);
  for (let row = 0; row < to.height; row += 1) {
    const { first, weight } = between(row, from.height, to.height);
    const upper = first * fromRowBytes;
    kernels.blendRows(upper, upper + fromRowBytes, line, fromRowBytes, weight);
    kernels.blendPixels(line, positions, target + row * toRowBytes, steps);
  }
  copyPixels({ ...rgb(new Uint8Array(memory), to.width, to.height), start: target }, to);
}

function writePositions(positions: DataView, from: number, to: number): void {
  for (let pixel = 0; pixel < to; pixel += 1) {
    const { first, weight } = between(pixel, from, to);
    const step = Math.floor(pixel / pixelsPerStep) * stepBytes;
    const lane = pixel % pixelsPerStep;
    positions.setUint32(step + lane * 4, first * 3, true);
    for (let byte = 0; byte < 4; byte += 1) {
      positions.setUint16(step + weightsAt + lane * 8 + byte * 2, weight, true);
    }
  }
  // The last step may have room for pixels beyond the row: they are drawn from its beginning, and overwritten.
  for (let pixel = to; pixel % pixelsPerStep > 0; pixel += 1) {
    positions.setUint32(Math.floor(pixel / pixelsPerStep) * stepBytes + (pixel % pixelsPerStep) * 4, 0, true);
  }
}

/** The first of the two source pixels between which a target pixel lies, and how much it takes of the second. */
function between(pixel: number, from: number, to: number): { first: number; weight: number } {
  const position = Math.min(Math.max(((pixel + 0.5) * from) / to - 0.5, 0), from - 1);
  const first = Math.max(0, Math.min(Math.floor(position), from - 2));
  return { first, weight: Math.round((position - first) * one) };
}

/** The next multiple of 16 after another 16 bytes. */
function toWholeSixteen(bytes: number): number {
  return (Math.ceil(bytes / 16) + 1) * 16;
}
