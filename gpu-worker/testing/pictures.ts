/** For tests: real JPEGs of random blocks, so that two of different seeds are no look-alikes. */
import sharp from "sharp";

/** A small generator (mulberry32), so that pictures are the same in every run. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function picture(
  seed: number,
  options: { width?: number; height?: number; quality?: number } = {},
): Promise<Uint8Array> {
  const { width = 192, height = 144, quality = 85 } = options;
  const random = randomOf(seed);
  const blocks = Buffer.from(Array.from({ length: 8 * 6 * 3 }, () => Math.floor(random() * 256)));
  return sharp(blocks, { raw: { width: 8, height: 6, channels: 3 } })
    .resize(width, height, { kernel: "nearest" })
    .jpeg({ quality })
    .toBuffer();
}
