/** The grid of anchors that detectors of both layouts look from. */

/** Input pixels between neighbouring anchors, on each of the three scales. */
export const strides = Object.freeze([8, 16, 32] as const);

/** Detectors halve an image five times: the sides of what they look at are multiples of this, in pixels. */
export const cellPixels = 32;

/** Of a square input of `inputSize` pixels a side. */
export function anchorCount(inputSize: number): number {
  return strides.reduce((sum, stride) => sum + (inputSize / stride) ** 2, 0);
}
