/** For tests: pictures of a few kilobytes that cost a decoder as much as the limits let them, or more. */
import { evidence } from "@vigil/core/limits";
import sharp, { type Sharp } from "sharp";

export type HostilePicture = { name: string; contentType: "image/jpeg" | "image/png"; bytes: Buffer };

const width = 8_000;
const height = evidence.pixelsMax / width;

/** As large as is taken: up to 40 megapixels in each. */
export async function makeHostilePictures(): Promise<HostilePicture[]> {
  return [await deepInterlacedPng(), await manyScans(), await longestSide()];
}

/** 16 bits and four channels a pixel, and no row is whole before the last pass. */
async function deepInterlacedPng(): Promise<HostilePicture> {
  const picture = flat(width, height, 4).toColourspace("rgb16");
  const bytes = await picture.png({ progressive: true }).toBuffer();
  return { name: "deep, interlaced PNGs of 40 megapixels", contentType: "image/png", bytes };
}

async function manyScans(): Promise<HostilePicture> {
  const jpeg = await flat(width, height, 3).jpeg({ progressive: true }).toBuffer();
  const bytes = withScans(jpeg, evidence.scansMax - 10, Math.ceil(width / 8) * Math.ceil(height / 8));
  return { name: "JPEGs of 40 megapixels and 100 scans", contentType: "image/jpeg", bytes };
}

async function longestSide(): Promise<HostilePicture> {
  const other = Math.floor(evidence.pixelsMax / evidence.sideMax);
  const bytes = await flat(other, evidence.sideMax, 3).png({ progressive: true }).toBuffer();
  return { name: "interlaced PNGs of the longest side", contentType: "image/png", bytes };
}

function flat(wide: number, high: number, channels: 3 | 4): Sharp {
  const background = { r: 90, g: 120, b: 60, alpha: 0.5 };
  return sharp({ create: { width: wide, height: high, channels, background }, limitInputPixels: false });
}

/**
 * Adds scans to a progressive JPEG that are sound and say nothing: the alternating coefficients of the first component
 * (its id is 1), all zero, in some dozens of bytes for each time over the whole picture.
 * Source: ITU-T T.81 B.2.3 (SOS), B.2.4.2 (DHT), G.1.2.2 (runs of ends of block).
 *
 * @param blocks of 8 x 8 pixels of the first component, at most 32,767 x 32,767
 */
export function withScans(jpeg: Buffer, count: number, blocks: number): Buffer {
  // One code, "0": a run of 2^14 and what the next 14 bits say.
  const table = Buffer.from([0xff, 0xc4, 0, 20, 0x10, 1, ...Array.from({ length: 15 }, () => 0), 0xe0]);
  const header = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0]);
  const scan = Buffer.concat([table, header, entropyCoded(runsOf(blocks))]);
  return Buffer.concat([
    jpeg.subarray(0, -2),
    ...Array.from({ length: count }, () => scan),
    jpeg.subarray(-2),
  ]);
}

/** As bits: runs of 16,384 to 32,767 blocks. */
function runsOf(blocks: number): string {
  const runs = Math.ceil(blocks / 32_767);
  return Array.from({ length: runs }, (_, index) => {
    const run = Math.floor(((index + 1) * blocks) / runs) - Math.floor((index * blocks) / runs);
    return `0${(run - 16_384).toString(2).padStart(14, "0")}`;
  }).join("");
}

/** Filled up with ones; a byte FF is followed by 00 (F.1.2.3). */
function entropyCoded(bits: string): Buffer {
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(
    bytes.flatMap((byte) => {
      const value = Number.parseInt(byte.padEnd(8, "1"), 2);
      return value === 0xff ? [0xff, 0] : [value];
    }),
  );
}

/** The same picture with other bytes: decoders ignore what follows the end, hashes do not. */
export function distinct({ bytes, ...rest }: HostilePicture, index: number): HostilePicture {
  return { ...rest, bytes: Buffer.concat([bytes, Buffer.from(String(index).padStart(8, "0"))]) };
}
