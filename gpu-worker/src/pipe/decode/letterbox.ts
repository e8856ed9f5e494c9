/** How an image of any shape lies inside a model's input, its canvas, and how boxes find the way back. */
import type { Box } from "@vigil/core/digest/wire";
import type { Layout } from "../../model/index.ts";
import { cellPixels } from "../../model/onnx/anchors.ts";

/** A point (x, y) of the original lies at (x * scale + padX, y * scale + padY) of the canvas, in pixels. */
export type Letterbox = { scale: number; padX: number; padY: number };

/** What a model looks at in one piece, in pixels. */
export type Canvas = { width: number; height: number };

/** The image inside its canvas: its letterbox, and its width and height there in whole pixels. */
export type Placement = { letterbox: Letterbox; width: number; height: number; canvas: Canvas };

/** How a model wants its canvas. */
export type CanvasOptions = {
  /** The longest side, in pixels. */
  inputSize: number;
  layout: Layout;
  /** Whether the canvas ends where the image does, at the next multiple of 32; a square otherwise. */
  rectangular: boolean;
};

/**
 * The image keeps its proportions. YOLOv8 centres it (Ultralytics `LetterBox`, with `auto` for rectangles), YOLOX
 * and EfficientDet put it at the top left (Megvii `preproc`, google/automl `DetectionInputProcessor`); the rest is filled with
 * grey 114.
 */
export function place(width: number, height: number, options: CanvasOptions): Placement {
  const { inputSize: size, layout, rectangular } = options;
  const scale = Math.min(size / width, size / height);
  const placedWidth = Math.max(1, Math.round(width * scale));
  const placedHeight = Math.max(1, Math.round(height * scale));
  const canvas = rectangular
    ? { width: toWholeCells(placedWidth), height: toWholeCells(placedHeight) }
    : { width: size, height: size };
  const centred = layout === "yolov8";
  return {
    letterbox: {
      scale,
      padX: centred ? Math.floor((canvas.width - placedWidth) / 2) : 0,
      padY: centred ? Math.floor((canvas.height - placedHeight) / 2) : 0,
    },
    width: placedWidth,
    height: placedHeight,
    canvas,
  };
}

/** What the picture of a camera of 4:3 gets. */
export function usualCanvas(options: CanvasOptions): Canvas {
  return place(4 * options.inputSize, 3 * options.inputSize, options).canvas;
}

function toWholeCells(pixels: number): number {
  return Math.ceil(pixels / cellPixels) * cellPixels;
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
