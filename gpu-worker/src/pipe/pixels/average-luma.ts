import { createKernels } from "./kernels.ts";
import { copyPixels, type Rgb, rgb } from "./rgb.ts";

const kernels = createKernels();

/** As ./kernels.wat has it: two means a step. */
const meansPerStep = 2;

/**
 * [height / 2, width / 2] means of luma over 2 x 2 pixels, 0..255. Width and height are rounded down to even means: to
 * multiples of 4 pixels across and 2 down. Luma is (R + 2 G + B) / 4, close to BT.601.
 */
export function averageLuma(from: Rgb): Uint8Array<ArrayBuffer> {
  const steps = Math.floor(from.width / 2 / meansPerStep);
  const columns = steps * meansPerStep;
  const rows = Math.floor(from.height / 2);
  const rowBytes = from.width * 3;
  const target = rowBytes * from.height;
  const memory = kernels.reserve(target + columns * rows);
  copyPixels(from, rgb(new Uint8Array(memory), from.width, from.height));
  for (let row = 0; row < rows; row += 1) {
    const upper = row * 2 * rowBytes;
    kernels.averageLuma(upper, upper + rowBytes, target + row * columns, steps);
  }
  return new Uint8Array(memory.slice(target, target + columns * rows));
}
