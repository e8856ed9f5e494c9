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
import sharp from "sharp";
import { freeNow } from "../bounds/free-now.ts";
import { type Fingerprint, fingerprint } from "../lookalike/index.ts";
import { findImageKind, type ImageKind } from "./image-kind.ts";
import { type Canvas, type CanvasOptions, type Letterbox, type Placement, place } from "./letterbox.ts";
import { type ImageHeader, readHeader } from "./read-header.ts";
import { UnreadableImage } from "./unreadable-image.ts";

// Images are decoded side by side, so that threads inside one image only cost; and no image comes twice.
sharp.concurrency(1);
sharp.cache(false);

/** The grey that fills a letterbox, as both layouts were trained with. */
const padding = 114;

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
  const kind = checkKind(bytes, options.contentType);
  const header = await readHeader(bytes, kind);
  const { width, height } = header;
  if (width * height > options.pixelsMax) {
    throw new UnreadableImage(
      "too-many-pixels",
      `expected at most ${options.pixelsMax} pixels, got ${width} x ${height} = ${width * height}`,
    );
  }
  const placement = place(width, height, options);
  const rgb = await resize(bytes, header, placement, options.pixelsMax);
  const { canvas, letterbox } = placement;
  const pixels = new Uint8Array(memory, 0, canvas.width * canvas.height * 3);
  intoCanvas(rgb, placement, pixels);
  const seen = fingerprint(rgb, placement.width, placement.height);
  freeNow(rgb);
  return { pixels, canvas, width, height, letterbox, fingerprint: seen };
}

function checkKind(bytes: Uint8Array, contentType: string): ImageKind {
  const kind = findImageKind(bytes);
  if (kind === undefined) {
    throw new UnreadableImage("not-an-image", "expected the first bytes of a JPEG, PNG or WebP, got others");
  }
  if (kind !== contentType) {
    throw new UnreadableImage("unsupported-type", `expected ${contentType} as announced, got ${kind}`);
  }
  return kind;
}

/**
 * [height, width, 3] RGB of the placement's size. A JPEG much larger than its placement is decoded at a half, a
 * quarter or an eighth of its size at once (libjpeg's DCT scaling), never below the placement itself.
 * The decoder checks the pixels once more, in case it reads another header than we did.
 */
async function resize(
  bytes: Uint8Array,
  { isUpright, isPlainRgb }: ImageHeader,
  { width, height }: Placement,
  pixelsMax: number,
): Promise<Uint8Array> {
  const image = sharp(bytes, { limitInputPixels: pixelsMax, failOn: "error" });
  if (!isUpright) image.autoOrient();
  image.resize(width, height, { fit: "fill", kernel: "linear" });
  if (!isPlainRgb)
    image.flatten({ background: { r: padding, g: padding, b: padding } }).toColourspace("srgb");
  const { data, info } = await image
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UnreadableImage("corrupt", `the image cannot be decoded: ${reason}`, cause);
    });
  if (info.width !== width || info.height !== height || info.channels !== 3) {
    throw new UnreadableImage(
      "corrupt",
      `expected ${width} x ${height} x 3 after decoding, got ${info.width} x ${info.height} x ${info.channels}`,
    );
  }
  return data;
}

/** Fills all of `pixels`. */
function intoCanvas(
  rgb: Uint8Array,
  { width, height, letterbox, canvas }: Placement,
  pixels: Uint8Array,
): void {
  const rowBytes = width * 3;
  const canvasRowBytes = canvas.width * 3;
  const start = letterbox.padY * canvasRowBytes + letterbox.padX * 3;
  if (width === canvas.width) {
    // Whole rows, as nearly every camera has: one copy, and grey above and below alone.
    pixels.set(rgb, start);
    pixels.fill(padding, 0, start).fill(padding, start + rgb.length);
    return;
  }
  pixels.fill(padding);
  for (let row = 0; row < height; row += 1) {
    pixels.set(rgb.subarray(row * rowBytes, (row + 1) * rowBytes), start + row * canvasRowBytes);
  }
}
