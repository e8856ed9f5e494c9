/**
 * Whether the small picture that a camera puts into a JPEG shows what the picture shows: who changes the one with a simple
 * program leaves the other.
 */
import { sketch as size } from "@vigil/core/authenticity/wire";
import type { PictureHead } from "@vigil/core/evidence/read-head";
import { readTraits } from "@vigil/core/evidence/read-traits";
import sharp, { type Region } from "sharp";
import { turned, turnOf } from "./unpack.ts";

const thumbnailPixelsMax = 1_000_000;
/** Rows of a whole picture's sketch. */
const wholeRows = 48;
const options = { limitInputPixels: thumbnailPixelsMax, failOn: "error" } as const;

/**
 * @param sketch of the picture, in base64
 * @returns the correlation of their grey levels; undefined when there is no thumbnail, or one of them is of one colour
 */
export async function compareThumbnail(
  bytes: Uint8Array,
  head: PictureHead,
  sketch: string,
): Promise<number | undefined> {
  const thumbnail = readTraits(bytes)?.thumbnail;
  if (!thumbnail) return undefined;
  try {
    const { width, height } = await sharp(thumbnail, options).metadata();
    const shapes = [{ left: 0, top: 0, width, height }, withoutBars({ width, height }, head)];
    const picture = Buffer.from(sketch, "base64");
    const likenesses: number[] = [];
    for (const shape of shapes) {
      const likeness = correlation(await cellsOf(thumbnail, shape, head.orientation), picture);
      if (likeness !== undefined) likenesses.push(likeness);
    }
    return likenesses.length === 0 ? undefined : Math.max(...likenesses);
  } catch {
    // A thumbnail that cannot be decoded says nothing.
    return undefined;
  }
}

/** As a sketch has them. */
async function cellsOf(thumbnail: Uint8Array, shape: Region, orientation: number): Promise<Uint8Array> {
  const image = sharp(thumbnail, options).extract(shape);
  const upright = await turned(image, turnOf(orientation)).toColourspace("srgb").png().toBuffer();
  const whole = await sharp(upright)
    .resize(size.columns, wholeRows, { fit: "fill" })
    .greyscale()
    .raw()
    .toBuffer();
  const from = ((wholeRows - size.rows) / 2) * size.columns;
  return whole.subarray(from, from + size.cells);
}

type Size = { width: number; height: number };

/** The middle of a thumbnail, of the picture's shape: some cameras put bars around it, and others squeeze it. */
function withoutBars({ width, height }: Size, picture: Size): Region {
  const shape = picture.width / picture.height;
  const kept =
    width / height > shape
      ? { width: Math.max(1, Math.round(height * shape)), height }
      : { width, height: Math.max(1, Math.round(width / shape)) };
  return { left: (width - kept.width) >> 1, top: (height - kept.height) >> 1, ...kept };
}

/** Pearson's. */
function correlation(one: Uint8Array, other: Uint8Array): number | undefined {
  const [oneMean, otherMean] = [meanOf(one), meanOf(other)];
  let [both, oneSquares, otherSquares] = [0, 0, 0];
  for (const [cell, level] of one.entries()) {
    const [a, b] = [level - oneMean, (other[cell] ?? 0) - otherMean];
    both += a * b;
    oneSquares += a * a;
    otherSquares += b * b;
  }
  const scale = Math.sqrt(oneSquares * otherSquares);
  return scale === 0 ? undefined : Math.max(-1, Math.min(1, both / scale));
}

function meanOf(levels: Uint8Array): number {
  return levels.reduce((sum, level) => sum + level, 0) / levels.length;
}
