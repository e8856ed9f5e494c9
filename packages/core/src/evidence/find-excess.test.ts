import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assert as check, property, uint8Array } from "fast-check";
import sharp from "sharp";
import { evidence } from "../limits.ts";
import { countScans } from "./count-scans.ts";
import { findExcess } from "./find-excess.ts";
import type { PictureHead } from "./head.ts";

const head = (width: number, height: number): PictureHead => ({
  contentType: "image/png",
  width,
  height,
  orientation: 1,
  isPlainRgb: true,
});
const nothing = new Uint8Array(0);
const colours = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 37) % 251));
const picture = sharp(colours, { raw: { width: 64, height: 64, channels: 3 } });

/** Marker, length and body of one segment. */
function segment(code: number, body: readonly number[]): number[] {
  return [0xff, code, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body];
}

describe("what a picture costs", () => {
  it("is too much for a side of more than 16,384 pixels, however few pixels there are", () => {
    assert.equal(findExcess(head(evidence.sideMax, 1), nothing), undefined);
    for (const [width, height] of [
      [evidence.sideMax + 1, 1],
      [1, evidence.sideMax + 1],
      [39_999_999, 1],
    ] as const) {
      assert.match(findExcess(head(width, height), nothing)?.detail ?? "", /sides of at most 16384 pixels/);
    }
  });

  it("is too much for more than 40 megapixels", () => {
    assert.equal(findExcess(head(8_000, 5_000), nothing), undefined);
    assert.match(
      findExcess(head(8_000, 5_001), nothing)?.detail ?? "",
      /at most 40 megapixels, got 8000 x 5001 = 40\.0/,
    );
  });

  it("is what its scans make of it: one for a camera's JPEG, some ten for a progressive one", async () => {
    assert.equal(countScans(await picture.clone().jpeg().toBuffer()), 1);
    assert.equal(countScans(await picture.clone().jpeg({ progressive: true }).toBuffer()), 10);
  });

  it("counts each scan, whatever stands between them, and none in the bodies of other segments or behind the end", () => {
    const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0xff, 0xd3, 0x34];
    const comment = segment(0xfe, [0xff, 0xda, 0, 8, 0xff, 0xda]);
    const thumbnail = segment(0xe1, [0xff, 0xd8, ...scan, 0xff, 0xd9]);
    const file = [0xff, 0xd8, ...thumbnail, ...comment, ...scan, 0xff, ...scan, ...comment, ...scan];
    assert.equal(countScans(Uint8Array.from(file)), 3);
    assert.equal(countScans(Uint8Array.from([...file, 0xff, 0xd9, ...scan])), 3);
  });

  it("counts thousands of scans in a few bytes, and refuses them", async () => {
    const jpeg = await picture.clone().jpeg({ progressive: true }).toBuffer();
    const last = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
    const scans = Array.from({ length: 3_000 }, () => jpeg.subarray(last, -2));
    const bytes = Buffer.concat([jpeg.subarray(0, -2), ...scans, jpeg.subarray(-2)]);
    assert.equal(countScans(bytes), 3_010);
    const excess = findExcess({ ...head(64, 64), contentType: "image/jpeg" }, bytes);
    assert.deepEqual(excess, { of: "scans", detail: "expected at most 100 scans, got 3010" });
  });

  it("ends for any bytes", () => {
    check(property(uint8Array({ maxLength: 2_000 }), (tail) => countScans(tail) <= tail.length));
    assert.equal(countScans(new Uint8Array(100_000).fill(0xff)), 0);
  });
});
