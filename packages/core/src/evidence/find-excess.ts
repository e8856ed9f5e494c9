/** What a picture would cost to decode, judged by its head and its markers before anything of it is decoded. */
import { evidence } from "../limits.ts";
import { countScans } from "./count-scans.ts";
import type { PictureHead } from "./head.ts";

export type Excess = { of: "pixels" | "scans"; detail: string };

/**
 * Undefined when the picture may be decoded.
 *
 * Pixels bound the memory. A side bounds what a few bytes can make of them: a row of 40 million pixels is one line to a
 * decoder, which it holds many times. Each scan of a progressive JPEG goes over the whole picture once more.
 */
export function findExcess(
  { contentType, width, height }: PictureHead,
  bytes: Uint8Array,
  pixelsMax: number = evidence.pixelsMax,
): Excess | undefined {
  const { sideMax, scansMax } = evidence;
  const size = `${width} x ${height}`;
  if (Math.max(width, height) > sideMax) {
    return { of: "pixels", detail: `expected sides of at most ${sideMax} pixels, got ${size}` };
  }
  if (width * height > pixelsMax) {
    const megapixels = ((width * height) / 1e6).toFixed(1);
    return {
      of: "pixels",
      detail: `expected at most ${pixelsMax / 1e6} megapixels, got ${size} = ${megapixels}`,
    };
  }
  const scans = contentType === "image/jpeg" ? countScans(bytes) : 0;
  if (scans > scansMax) return { of: "scans", detail: `expected at most ${scansMax} scans, got ${scans}` };
  return undefined;
}
