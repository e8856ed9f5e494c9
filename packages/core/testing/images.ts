/** Small real images for tests, made with sharp: different seeds give different bytes. */
import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Image } from "../src/flow/index.ts";

export async function jpeg(seed: number, { width = 64, height = 48 } = {}): Promise<Uint8Array> {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: { r: seed % 256, g: (seed * 7) % 256, b: (seed * 13) % 256 },
    },
  })
    .jpeg()
    .toBuffer();
}

export async function image(name: string, seed: number): Promise<Image> {
  const bytes = await jpeg(seed);
  return { name, bytes, contentType: "image/jpeg", sha256: createHash("sha256").update(bytes).digest("hex") };
}
