import assert from "node:assert/strict";
import { describe, it } from "node:test";
import sharp, { type Sharp } from "sharp";
import { picture } from "../../../testing/pictures.ts";
import { decode } from "./decode-image.ts";

const options = {
  inputSize: 320,
  layout: "yolov8",
  rectangular: true,
  contentType: "image/jpeg",
  pixelsMax: 1e6,
} as const;

async function seen(change: (image: Sharp) => Sharp = (image) => image, seed = 4) {
  const bytes = await picture(seed, { width: 640, height: 480 });
  return decode(await change(sharp(bytes)).jpeg({ quality: 85 }).toBuffer(), options);
}

describe("the statistics of a picture", () => {
  it("tell a picture without colours, also under a coloured date", async () => {
    assert.equal((await seen()).statistics.monochrome, false);
    assert.equal((await seen((image) => image.grayscale())).statistics.monochrome, true);
    const date = Buffer.from(
      '<svg width="640" height="480"><text x="20" y="40" font-size="24" fill="yellow">2026-06-01 02:10</text></svg>',
    );
    const grey = await sharp(await picture(4, { width: 640, height: 480 }))
      .grayscale()
      .toColourspace("srgb")
      .png()
      .toBuffer();
    const dated = await sharp(grey)
      .composite([{ input: date }])
      .jpeg()
      .toBuffer();
    assert.equal((await decode(dated, options)).statistics.monochrome, true);
  });

  it("tell what is out of focus and what is blinded from what is neither", async () => {
    assert.deepEqual((await seen()).flaws, []);
    assert.deepEqual((await seen((image) => image.blur(20))).flaws, ["blurred"]);
    assert.deepEqual((await seen((image) => image.linear(3, 130))).flaws, ["overexposed"]);
    const black = await seen((image) => image.linear(0.02, 0));
    assert.deepEqual(black.flaws, ["dark"], "what is too dark is nothing else");
  });

  it("have the same bands for the same picture, others where something has changed, and none where nothing is", async () => {
    const first = (await seen()).statistics.bands;
    assert.deepEqual((await seen()).statistics.bands, first);
    const dot = { create: { width: 60, height: 40, channels: 3 as const, background: "white" } };
    const changed = (await seen((image) => image.composite([{ input: dot, left: 20, top: 10 }]))).statistics
      .bands;
    assert.notEqual(changed[0], first[0]);
    assert.deepEqual(changed.slice(2), first.slice(2));
    const flat = await sharp({ create: { width: 640, height: 480, channels: 3, background: "grey" } })
      .jpeg()
      .toBuffer();
    assert.ok((await decode(flat, options)).statistics.bands.every((band) => band === null));
  });
});
