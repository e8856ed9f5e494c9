/** From the bytes of a photograph to its pixels, upright; a damaged one is unpacked as far as it goes. */
import type { PictureHead } from "@vigil/core/evidence/read-head";
import sharp, { type Sharp } from "sharp";
import { type Rgb, rgb } from "../pixels/index.ts";
import { UnreadableImage } from "./unreadable-image.ts";

// Images are decoded side by side, so that threads inside one image only cost; and no image comes twice.
sharp.concurrency(1);
sharp.cache(false);

/** The grey that shows through what is transparent, as around a letterbox. */
export const padding = 114;

export type Unpacked = {
  picture: Rgb;
  /** What is wrong with the bytes; absent when they are whole. */
  damage?: string;
};

type Turn = { degrees: 0 | 90 | 180 | 270; mirrored: boolean };

/** Clockwise, then mirrored left to right. Source: EXIF 2.3, 4.6.4 (Orientation). */
const turns: readonly Turn[] = [
  { degrees: 0, mirrored: false },
  { degrees: 0, mirrored: true },
  { degrees: 180, mirrored: false },
  { degrees: 180, mirrored: true },
  { degrees: 270, mirrored: true },
  { degrees: 90, mirrored: false },
  { degrees: 90, mirrored: true },
  { degrees: 270, mirrored: false },
];

export function turnOf(orientation: number): Turn {
  return turns[orientation - 1] ?? { degrees: 0, mirrored: false };
}

/** As the picture is shown: orientations 5 to 8 lie on their side. */
export function shownSize({ width, height, orientation }: PictureHead): { width: number; height: number } {
  return orientation < 5 ? { width, height } : { width: height, height: width };
}

/**
 * @param size upright, when the picture is to be made smaller while it is unpacked: a large JPEG then comes at a half, a
 *   quarter or an eighth of its size at once (libjpeg's DCT scaling). Absent: as it is.
 * Throws an `UnreadableImage` when nothing of it can be decoded.
 */
export async function unpack(
  bytes: Uint8Array,
  head: PictureHead,
  options: { pixelsMax: number; size?: { width: number; height: number } },
): Promise<Unpacked> {
  const whole = await pixelsOf(bytes, head, { ...options, failOn: "error" }).catch(reasonOf);
  if (typeof whole !== "string") return { picture: whole };
  const rest = await pixelsOf(bytes, head, { ...options, failOn: "none" }).catch(reasonOf);
  if (typeof rest === "string") throw new UnreadableImage("corrupt", `the image cannot be decoded: ${rest}`);
  if (isOneColour(rest)) {
    throw new UnreadableImage("corrupt", `nothing of the image can be decoded: ${whole}`);
  }
  return { picture: rest, damage: whole };
}

type PixelOptions = {
  pixelsMax: number;
  size?: { width: number; height: number };
  failOn: "error" | "none";
};

async function pixelsOf(
  bytes: Uint8Array,
  head: PictureHead,
  { pixelsMax, size, failOn }: PixelOptions,
): Promise<Rgb> {
  // What is kept whole anyway is decoded in one go, instead of line by line.
  const image = sharp(bytes, { limitInputPixels: pixelsMax, failOn, sequentialRead: size !== undefined });
  const turn = turnOf(head.orientation);
  if (size) {
    // Resized before it is turned, so that the decoder can shrink it.
    const [width, height] = head.orientation < 5 ? [size.width, size.height] : [size.height, size.width];
    image.resize(width, height, { fit: "fill", kernel: "linear" });
  }
  turned(image, turn);
  if (!head.isPlainRgb) {
    image.flatten({ background: { r: padding, g: padding, b: padding } }).toColourspace("srgb");
  }
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels after decoding, got ${info.channels}`);
  return rgb(data, info.width, info.height);
}

/** The orientation is ours, so that libvips does not read it once more. */
export function turned(image: Sharp, { degrees, mirrored }: Turn): Sharp {
  if (degrees !== 0) image.rotate(degrees);
  return mirrored ? image.flop() : image;
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split("\n")[0] ?? text;
}

/** A decoder fills what is not there with one colour. */
function isOneColour({ bytes }: Rgb): boolean {
  const [red, green, blue] = bytes;
  for (let at = 0; at < bytes.length; at += 3) {
    if (bytes[at] !== red || bytes[at + 1] !== green || bytes[at + 2] !== blue) return false;
  }
  return true;
}
