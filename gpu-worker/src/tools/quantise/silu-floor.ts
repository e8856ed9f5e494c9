/**
 * Where the input of a SiLU may be cut off below.
 *
 * silu(x) = x / (1 + e^-x) is nearly 0 for every x below -6, while convolutions answer values down to -40: steps
 * spent there are lost to the values that matter. The floor is the one with the smallest mean squared error of the
 * activation's output over the calibration frames. The upper end stays: large activations carry the detections.
 */
import { toAffine } from "./affine.ts";
import type { Histogram } from "./histogram.ts";

/** How finely floors are tried between the smallest value and zero. */
const steps = 48;

export const silu = (x: number): number => x / (1 + Math.exp(-x));

/** The lower end of the range to quantise, min..0. */
export function siluFloor(histogram: Histogram): number {
  const lowest = Math.min(histogram.min, 0);
  let best = { floor: lowest, error: Number.POSITIVE_INFINITY };
  for (let step = 0; step < steps; step++) {
    const floor = lowest * (1 - step / steps);
    const error = squaredError(histogram, floor);
    if (error < best.error) best = { floor, error };
  }
  return best.floor;
}

function squaredError(histogram: Histogram, floor: number): number {
  const { scale, zeroPoint } = toAffine({ min: floor, max: histogram.max });
  let sum = 0;
  histogram.bins.forEach((count, bin) => {
    if (count === 0) return;
    const value = histogram.centre(bin);
    const stored = Math.max(0, Math.min(255, Math.round(value / scale) + zeroPoint));
    sum += count * (silu((stored - zeroPoint) * scale) - silu(value)) ** 2;
  });
  return sum;
}
