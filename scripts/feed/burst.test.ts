import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, it } from "node:test";
import sharp from "sharp";
import { makeBurst } from "./burst.ts";

const width = 160;
const height = 120;

/** Grey levels of a small version: what a glance sees. */
async function glance(jpeg: Buffer): Promise<Buffer> {
  return sharp(jpeg).greyscale().resize(40, 30).raw().toBuffer();
}

describe("makeBurst", () => {
  let picture: Buffer;
  let frames: Buffer[];
  before(async () => {
    const pixels = Buffer.alloc(width * height * 3);
    // A smooth picture with an edge in it.
    for (let at = 0; at < pixels.length; at += 1) {
      const x = Math.floor(at / 3) % width;
      pixels[at] = x < width / 2 ? 60 + (x >> 1) : 190;
    }
    picture = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer();
    frames = await makeBurst(picture, 5);
  });

  it("begins with the photograph itself and repeats no frame", () => {
    assert.equal(frames[0], picture);
    const hashes = frames.map((frame) => createHash("sha256").update(frame).digest("hex"));
    assert.equal(new Set(hashes).size, 5);
  });

  it("keeps the size, and at a glance the picture", async () => {
    const first = await glance(picture);
    for (const frame of frames) {
      const { width: frameWidth, height: frameHeight, format } = await sharp(frame).metadata();
      assert.deepEqual([frameWidth, frameHeight, format], [width, height, "jpeg"]);
      const seen = await glance(frame);
      const difference =
        seen.reduce((sum, level, at) => sum + Math.abs(level - (first[at] ?? 0)), 0) / seen.length;
      assert.ok(difference < 4, `the mean difference is ${difference} levels`);
    }
  });

  it("makes the same frames each time", async () => {
    assert.deepEqual(await makeBurst(picture, 5), frames);
  });
});
