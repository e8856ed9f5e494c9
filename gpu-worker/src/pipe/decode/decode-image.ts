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
import { freeNow } from "../../bounds/free-now.ts";
import { type Fingerprint, fingerprint } from "../lookalike/index.ts";
import { copyPixels, type Rgb, resample, rgb } from "../pixels/index.ts";
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
  const picture = await unpack(bytes, header, placement, options.pixelsMax);
  const { canvas, letterbox } = placement;
  const pixels = new Uint8Array(memory, 0, canvas.width * canvas.height * 3);
  const drawn = draw(picture, placement, pixels);
  freeNow(picture.bytes);
  return { pixels, canvas, width, height, letterbox, fingerprint: fingerprint(drawn) };
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

/** A picture more than this many times its placement is made smaller while it is decoded. */
const drawnFromMax = 2;

/**
 * The picture in RGB: as it is, or of its placement's size where it is much larger. A large JPEG is decoded at a half, a
 * quarter or an eighth of its size at once (libjpeg's DCT scaling), never below the placement itself.
 * The decoder checks the pixels once more, in case it reads another header than we did.
 */
async function unpack(
  bytes: Uint8Array,
  header: ImageHeader,
  placement: Placement,
  pixelsMax: number,
): Promise<Rgb> {
  const isLarge = Math.max(header.width / placement.width, header.height / placement.height) > drawnFromMax;
  const { width, height } = isLarge ? placement : header;
  // What is kept whole anyway is decoded in one go, instead of line by line.
  const image = sharp(bytes, { limitInputPixels: pixelsMax, failOn: "error", sequentialRead: isLarge });
  if (!header.isUpright) image.autoOrient();
  if (isLarge) image.resize(width, height, { fit: "fill", kernel: "linear" });
  if (!header.isPlainRgb)
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
  return rgb(data, width, height);
}

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
