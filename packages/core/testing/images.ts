/** Small real images for tests, made with sharp: different seeds give different bytes. */
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
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

/** A PNG that claims a size and carries next to nothing. */
export function pngOf(width: number, height: number): Uint8Array {
  const chunk = (type: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.write(type, 4, "latin1");
    return Buffer.concat([head, body, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(64))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A small picture that weighs so much: its comments do. */
export async function heavyJpeg(seed: number, bytes: number): Promise<Uint8Array> {
  const picture = Buffer.from(await jpeg(seed));
  const comments: Buffer[] = [];
  for (let left = bytes - picture.length; left > 0; left -= comments.at(-1)?.length ?? left) {
    const text = Buffer.alloc(Math.min(Math.max(left - 4, 0), 65_533), seed);
    const head = Buffer.from([0xff, 0xfe, 0, 0]);
    head.writeUInt16BE(text.length + 2, 2);
    comments.push(Buffer.concat([head, text]));
  }
  return Buffer.concat([picture.subarray(0, 2), ...comments, picture.subarray(2)]);
}
