/** How an image of any shape lies inside a model's square input, and how boxes find the way back. */
import type { Box } from "@vigil/core/digest/wire";
import type { Layout } from "../model/index.ts";

/** A point (x, y) of the original lies at (x * scale + padX, y * scale + padY) of the square, in pixels. */
export type Letterbox = { scale: number; padX: number; padY: number };

/** The image inside its square: its letterbox, and its width and height there in whole pixels. */
export type Placement = { letterbox: Letterbox; width: number; height: number };

/**
 * The image keeps its proportions. YOLOv8 centres it (Ultralytics `LetterBox`), YOLOX puts it at the top left
 * (Megvii `preproc`); both fill the rest with grey 114.
 */
export function place(width: number, height: number, size: number, layout: Layout): Placement {
  const scale = Math.min(size / width, size / height);
  const placedWidth = Math.max(1, Math.round(width * scale));
  const placedHeight = Math.max(1, Math.round(height * scale));
  const centred = layout === "yolov8";
  return {
    letterbox: {
      scale,
      padX: centred ? Math.floor((size - placedWidth) / 2) : 0,
      padY: centred ? Math.floor((size - placedHeight) / 2) : 0,
    },
    width: placedWidth,
    height: placedHeight,
  };
}

/**
 * From a box in input pixels (centre, width, height) to fractions of the original image, cut at its edges.
 */
export function toOriginal(
  centreX: number,
  centreY: number,
  width: number,
  height: number,
  letterbox: Letterbox,
  original: { width: number; height: number },
): Box {
  const { scale, padX, padY } = letterbox;
  const left = clampUnit((centreX - width / 2 - padX) / scale / original.width);
  const top = clampUnit((centreY - height / 2 - padY) / scale / original.height);
  const right = clampUnit((centreX + width / 2 - padX) / scale / original.width);
  const bottom = clampUnit((centreY + height / 2 - padY) / scale / original.height);
  return [left, top, Math.max(0, right - left), Math.max(0, bottom - top)];
}

function clampUnit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
