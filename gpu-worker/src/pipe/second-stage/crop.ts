/** Cutting pieces out of a decoded picture, sized as a model takes them. */

import type { Box } from "@vigil/core/digest/wire";
import { readHead } from "@vigil/core/evidence/read-head";
import sharp from "sharp";
import { unpack } from "../decode/unpack.ts";

/** A picture as pixels, upright: [height, width, 3] RGB. */
export type Picture = { rgb: Uint8Array; width: number; height: number };

/** In pixels of the picture. */
export type Region = { left: number; top: number; width: number; height: number };

/** The bytes have been decoded before, within the limits: this only brings them to full size again. */
export async function readPicture(bytes: Uint8Array, pixelsMax: number): Promise<Picture> {
  const head = readHead(bytes);
  if ("fault" in head) throw new Error(head.fault);
  const { picture } = await unpack(bytes, head, { pixelsMax });
  return { rgb: picture.bytes, width: picture.width, height: picture.height };
}

/** The whole pixels that a box of fractions covers, cut at the picture's edges; at least one. */
export function regionOf([x, y, width, height]: Box, picture: Picture): Region {
  const left = clamp(Math.floor(x * picture.width), 0, picture.width - 1);
  const top = clamp(Math.floor(y * picture.height), 0, picture.height - 1);
  const right = clamp(Math.ceil((x + width) * picture.width), left + 1, picture.width);
  const bottom = clamp(Math.ceil((y + height) * picture.height), top + 1, picture.height);
  return { left, top, width: right - left, height: bottom - top };
}

export function boxOf(region: Region, picture: Picture): Box {
  const left = clamp(region.left / picture.width, 0, 1);
  const top = clamp(region.top / picture.height, 0, 1);
  const right = clamp((region.left + region.width) / picture.width, 0, 1);
  const bottom = clamp((region.top + region.height) / picture.height, 0, 1);
  return [left, top, Math.max(0, right - left), Math.max(0, bottom - top)];
}

/** [height, width, 3] RGB of the region, stretched to this size. */
export async function cut(
  picture: Picture,
  region: Region,
  width: number,
  height: number,
): Promise<Uint8Array> {
  return sharp(picture.rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .extract(region)
    .resize(width, height, { fit: "fill", kernel: "linear" })
    .raw()
    .toBuffer();
}

/**
 * From [height, width, 3] bytes to [3, height, width] floats: (value - mean) / deviation for each channel, in the
 * order that `order` states.
 */
export function toPlanes(
  rgb: Uint8Array,
  normal: { mean: readonly [number, number, number]; deviation: readonly [number, number, number] },
  order: "rgb" | "bgr" = "rgb",
): Float32Array {
  const plane = rgb.length / 3;
  const planes = new Float32Array(rgb.length);
  for (const channel of [0, 1, 2] as const) {
    const source = order === "rgb" ? channel : 2 - channel;
    const mean = normal.mean[channel];
    const scale = 1 / normal.deviation[channel];
    for (let pixel = 0; pixel < plane; pixel += 1) {
      planes[channel * plane + pixel] = ((rgb[pixel * 3 + source] as number) - mean) * scale;
    }
  }
  return planes;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
