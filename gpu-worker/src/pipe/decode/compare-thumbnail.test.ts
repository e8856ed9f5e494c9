import assert from "node:assert/strict";
import { describe, it } from "node:test";
import sharp from "sharp";
import { picture } from "../../../testing/pictures.ts";
import { decode } from "./decode-image.ts";

/** A JPEG whose EXIF block has another as its small picture: a TIFF header, an empty IFD 0, and IFD 1 with its place and length. */
async function withThumbnail(bytes: Uint8Array, thumbnail: Uint8Array): Promise<Buffer> {
  const tiff = Buffer.alloc(44);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt32BE(14, 10);
  tiff.writeUInt16BE(2, 14);
  for (const [index, [tag, value]] of [
    [0x0201, tiff.length],
    [0x0202, thumbnail.length],
  ].entries()) {
    const at = 16 + index * 12;
    tiff.writeUInt16BE(tag ?? 0, at);
    tiff.writeUInt16BE(4, at + 2);
    tiff.writeUInt32BE(1, at + 4);
    tiff.writeUInt32BE(value ?? 0, at + 8);
  }
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, thumbnail]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
  return Buffer.concat([bytes.subarray(0, 2), head, body, bytes.subarray(2)]);
}

const small = (bytes: Uint8Array, width = 160, height = 120) =>
  sharp(bytes).resize(width, height, { fit: "contain" }).jpeg({ quality: 60 }).toBuffer();

async function likenessOf(bytes: Uint8Array): Promise<number | undefined> {
  const options = { inputSize: 640, layout: "yolov8", rectangular: true, pixelsMax: 40_000_000 } as const;
  return (await decode(bytes, { ...options, contentType: "image/jpeg" })).thumbnailLikeness;
}

describe("a small picture within a file", () => {
  it("is like its picture, and not like another", async () => {
    const [one, other] = [await picture(1, { width: 640, height: 480 }), await picture(2)];
    const own = await likenessOf(await withThumbnail(one, await small(one)));
    assert.ok(own !== undefined && own > 0.9, `${own}`);
    const foreign = await likenessOf(await withThumbnail(one, await small(other)));
    assert.ok(foreign !== undefined && foreign < 0.4, `${foreign}`);
  });

  it("is like it with bars around it, and says nothing where there is none or it is broken", async () => {
    const wide = await picture(3, { width: 960, height: 540 });
    const barred = await likenessOf(await withThumbnail(wide, await small(wide)));
    assert.ok(barred !== undefined && barred > 0.9, `${barred}`);
    assert.equal(await likenessOf(wide), undefined);
    const cut = (await small(wide)).subarray(0, 300);
    assert.equal(await likenessOf(await withThumbnail(wide, cut)), undefined);
  });
});
