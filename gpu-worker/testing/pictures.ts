/** For tests: real JPEGs of random blocks, so that two of different seeds are no look-alikes. */
import sharp from "sharp";
import { randomOf } from "../../packages/core/testing/picture-heads.ts";

export { randomOf };

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
