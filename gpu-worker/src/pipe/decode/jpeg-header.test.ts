import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { findJpegHeader } from "./jpeg-header.ts";

function plain(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: "#456" } });
}

describe("findJpegHeader", () => {
  it("reads what a decoder reads: size, orientation, colours, profile", async () => {
    for (const orientation of [1, 3, 6, 8]) {
      const bytes = await plain(31, 17)
        .withMetadata({ orientation })
        .jpeg({ progressive: orientation > 3 })
        .toBuffer();
      const { width, height } = await sharp(bytes).metadata();
      const header = findJpegHeader(bytes);
      assert.deepEqual([header?.width, header?.height, header?.orientation], [width, height, orientation]);
      assert.equal(header?.components, 3);
    }
    assert.equal(findJpegHeader(await plain(8, 8).toColourspace("b-w").jpeg().toBuffer())?.components, 1);
    assert.equal(findJpegHeader(await plain(8, 8).jpeg().toBuffer())?.hasColourProfile, false);
    assert.equal(
      findJpegHeader(await plain(8, 8).withIccProfile("p3").jpeg().toBuffer())?.hasColourProfile,
      true,
    );
  });

  it("never throws and never loops, whatever follows the first two bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        findJpegHeader(Uint8Array.from([0xff, 0xd8, ...tail]));
      }),
    );
    const exif = [0xff, 0xe1, 0x00, 0x40, ...Buffer.from("Exif\0\0")];
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 56, maxLength: 56 }), (tiff) => {
        findJpegHeader(Uint8Array.from([0xff, 0xd8, ...exif, ...tiff, 0xff, 0xc0]));
      }),
    );
  });
});
