/** The families of detectors, and the grids of anchors that they look from. */

/** See `layout.ts`. */
export const layouts = Object.freeze(["yolov8", "yolox", "efficientdet"] as const);
export type Layout = (typeof layouts)[number];

/** Input pixels between neighbouring anchors of `yolov8` and `yolox`, on each of the three scales. */
export const strides = Object.freeze([8, 16, 32] as const);

/** The same of `efficientdet`, which has several anchors in one place. */
const efficientDet = Object.freeze({ strides: [8, 16, 32, 64, 128], anchorsPerCell: 9 });

/** Detectors halve an image five times: the sides of what they look at are multiples of this, in pixels. */
export const cellPixels = 32;

/** Of a square input of `inputSize` pixels a side. */
export function anchorCount(inputSize: number, layout: Layout = "yolov8"): number {
  const isEfficientDet = layout === "efficientdet";
  const cells = (isEfficientDet ? efficientDet.strides : strides).reduce(
    (sum, stride) => sum + Math.ceil(inputSize / stride) ** 2,
    0,
  );
  return isEfficientDet ? cells * efficientDet.anchorsPerCell : cells;
}
