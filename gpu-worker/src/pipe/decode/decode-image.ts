/**
 * From the bytes of a photograph to the pixels that a model takes.
 *
 *     const image = await decode(bytes, {
 *       inputSize: 640, layout: "yolov8", rectangular: true, contentType: "image/jpeg", pixelsMax: 40e6,
 *     });
 *
 * Nothing is decoded before the first bytes and the pixel count in the header have been checked: a few hundred
 * bytes can announce gigabytes of pixels.
 */
import type { Flaw, PictureStatistics } from "@vigil/core/digest/wire";
import { freeNow } from "../../bounds/free-now.ts";
import { type Fingerprint, fingerprint } from "../lookalike/index.ts";
import { copyPixels, type Rgb, resample } from "../pixels/index.ts";
import { compareThumbnail } from "./compare-thumbnail.ts";
import { flawsOf } from "./flaws.ts";
import { type Canvas, type CanvasOptions, type Letterbox, type Placement, place } from "./letterbox.ts";
import { readHeader } from "./read-header.ts";
import { sketchOf } from "./sketch.ts";
import { statisticsOf } from "./statistics.ts";
import { padding, shownSize, unpack } from "./unpack.ts";

/** What a model looks at. */
export type Picture = {
  /** [canvas.height, canvas.width, 3] RGB, letterboxed with grey 114. */
  pixels: Uint8Array;
  canvas: Canvas;
};

/** Its pixels lie in a SharedArrayBuffer. */
export type DecodedImage = Picture & {
  /** Of the original, after its EXIF rotation, in pixels. */
  width: number;
  height: number;
  letterbox: Letterbox;
  fingerprint: Fingerprint;
  /** What limits what can be seen in it; empty when nothing does. */
  flaws: Flaw[];
  statistics: PictureStatistics;
  /** In base64, as the wire has it; absent: the picture is too narrow for one. */
  sketch?: string;
  /** How far the small picture within the file is like it; absent: there is none, or it cannot be told. */
  thumbnailLikeness?: number;
};

export type DecodeOptions = CanvasOptions & {
  /** What the sender says that the bytes are. */
  contentType: string;
  pixelsMax: number;
};

/** Bytes of the largest canvas. */
export function canvasBytesMax(inputSize: number): number {
  return inputSize * inputSize * 3;
}

/**
 * Throws an `UnreadableImage` that says why, for whatever the bytes are. `memory` takes the pixels, from its
 * beginning on; it holds `canvasBytesMax` at least.
 */
export async function decode(
  bytes: Uint8Array,
  options: DecodeOptions,
  memory = new SharedArrayBuffer(canvasBytesMax(options.inputSize)),
): Promise<DecodedImage> {
  const head = readHeader(bytes, options);
  const shown = shownSize(head);
  const planned = place(shown.width, shown.height, options);
  const isLarge = Math.max(shown.width / planned.width, shown.height / planned.height) > drawnFromMax;
  const { pixelsMax } = options;
  const { picture, damage } = await unpack(
    bytes,
    head,
    isLarge ? { pixelsMax, size: planned } : { pixelsMax },
  );
  const { width, height } = isLarge ? shown : picture;
  const placement = isLarge ? planned : place(width, height, options);
  const { canvas, letterbox } = placement;
  const pixels = new Uint8Array(memory, 0, canvas.width * canvas.height * 3);
  const drawn = draw(picture, placement, pixels);
  freeNow(picture.bytes);
  const print = fingerprint(drawn);
  const statistics = statisticsOf(drawn, print);
  const flaws = flawsOf(print, statistics, damage);
  const sketch = sketchOf(print);
  const image = { pixels, canvas, width, height, letterbox, fingerprint: print, flaws, statistics };
  if (sketch === undefined) return image;
  const thumbnailLikeness = await compareThumbnail(bytes, head, sketch);
  return { ...image, sketch, ...(thumbnailLikeness === undefined ? {} : { thumbnailLikeness }) };
}

/** A picture more than this many times its placement is made smaller while it is decoded. */
const drawnFromMax = 2;

/** Fills all of `pixels`; where the picture lies in them. */
function draw(picture: Rgb, { width, height, letterbox, canvas }: Placement, pixels: Uint8Array): Rgb {
  const rowBytes = canvas.width * 3;
  const start = letterbox.padY * rowBytes + letterbox.padX * 3;
  const drawn = { bytes: pixels, start, rowBytes, width, height };
  // Grey around the picture; between its rows too, unless it is as wide as its canvas, as nearly every camera's is.
  if (width < canvas.width) pixels.fill(padding);
  else pixels.fill(padding, 0, start).fill(padding, start + height * rowBytes);
  if (picture.width === width && picture.height === height) copyPixels(picture, drawn);
  else resample(picture, drawn);
  return drawn;
}
