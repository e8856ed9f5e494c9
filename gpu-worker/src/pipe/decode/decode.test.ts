import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { type DecodeOptions, decode, type Picture, UnreadableImage, type UnreadableReason } from "./index.ts";

const options: DecodeOptions = {
  inputSize: 64,
  layout: "yolov8",
  rectangular: false,
  contentType: "image/jpeg",
  pixelsMax: 1_000_000,
};

/** Left half red, right half blue. */
function halves(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data[pixel * 3 + (pixel % width < width / 2 ? 0 : 2)] = 255;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function pixelAt({ pixels, canvas }: Picture, x: number, y: number): number[] {
  const at = (y * canvas.width + x) * 3;
  return [...pixels.subarray(at, at + 3)];
}

function isNear(got: readonly number[], wanted: readonly number[], by = 12): void {
  assert.ok(
    got.every((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN)) <= by),
    `expected ${wanted.join()}, got ${got.join()}`,
  );
}

async function refuses(
  reason: UnreadableReason,
  bytes: Uint8Array,
  given: Partial<DecodeOptions> = {},
): Promise<void> {
  await assert.rejects(decode(bytes, { ...options, ...given }), (error) => {
    assert.ok(error instanceof UnreadableImage, String(error));
    assert.equal(error.reason, reason, error.message);
    return true;
  });
}

function pngChunk(type: string, body: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(body.length, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  return chunk;
}

/** A PNG of `width` x `height` grey zeros whose file is thousands of times smaller than its pixels. */
function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = deflateSync(Buffer.alloc((width + 1) * 64));
  return Buffer.concat([
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", body),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("decode", () => {
  it("letterboxes with grey 114 around the picture, in shared memory", async () => {
    const image = await decode(await halves(200, 100).jpeg({ quality: 95 }).toBuffer(), options);
    assert.ok(image.pixels.buffer instanceof SharedArrayBuffer);
    assert.deepEqual([image.width, image.height, image.pixels.length], [200, 100, 64 * 64 * 3]);
    isNear(pixelAt(image, 8, 32), [254, 0, 0]);
    isNear(pixelAt(image, 56, 32), [0, 0, 254]);
    assert.deepEqual(pixelAt(image, 32, 2), [114, 114, 114]);
    assert.deepEqual(pixelAt(image, 32, 61), [114, 114, 114]);
  });

  it("ends a rectangular canvas where the picture does, at the next multiple of 32", async () => {
    const bytes = await halves(200, 90).jpeg({ quality: 95 }).toBuffer();
    const image = await decode(bytes, { ...options, rectangular: true });
    assert.deepEqual(image.canvas, { width: 64, height: 32 });
    assert.equal(image.pixels.length, 64 * 32 * 3);
    isNear(pixelAt(image, 8, 16), [254, 0, 0]);
    isNear(pixelAt(image, 56, 16), [0, 0, 254]);
    // 29 rows of picture: one of grey above, two below.
    assert.deepEqual(
      [pixelAt(image, 32, 0), pixelAt(image, 32, 31)],
      [
        [114, 114, 114],
        [114, 114, 114],
      ],
    );
  });

  it("keeps to the top left for yolox", async () => {
    const image = await decode(await halves(200, 100).jpeg().toBuffer(), { ...options, layout: "yolox" });
    isNear(pixelAt(image, 8, 2), [254, 0, 0]);
    assert.deepEqual(pixelAt(image, 8, 40), [114, 114, 114]);
  });

  it("turns a picture upright as its EXIF orientation says", async () => {
    const lying = await halves(200, 100)
      .withExif({})
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const image = await decode(lying, options);
    assert.deepEqual([image.width, image.height], [100, 200]);
    // A quarter turn clockwise brings the left half to the top.
    isNear(pixelAt(image, 32, 8), [254, 0, 0]);
    isNear(pixelAt(image, 32, 56), [0, 0, 254]);
  });

  it("reads grey, transparent, deep and print-coloured pictures as RGB", async () => {
    const source = halves(200, 100);
    const variants = [
      {
        name: "grey jpeg",
        type: "image/jpeg",
        bytes: await source.clone().toColourspace("b-w").jpeg().toBuffer(),
      },
      {
        name: "cmyk jpeg",
        type: "image/jpeg",
        bytes: await source.clone().toColourspace("cmyk").jpeg().toBuffer(),
      },
      {
        name: "16-bit png",
        type: "image/png",
        bytes: await source.clone().toColourspace("rgb16").png().toBuffer(),
      },
      {
        name: "palette png",
        type: "image/png",
        bytes: await source.clone().png({ palette: true }).toBuffer(),
      },
      { name: "webp", type: "image/webp", bytes: await source.clone().webp().toBuffer() },
    ];
    for (const { name, type, bytes } of variants) {
      const image = await decode(bytes, { ...options, contentType: type });
      const [red = 0, , blue = 0] = pixelAt(image, 8, 32);
      assert.ok(
        name === "grey jpeg" ? red === blue : red > 150 && blue < 100,
        `${name}: ${pixelAt(image, 8, 32).join()}`,
      );
    }
  });

  it("shows what is transparent as the grey of the letterbox", async () => {
    const clear = sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    });
    const image = await decode(await clear.png().toBuffer(), { ...options, contentType: "image/png" });
    isNear(pixelAt(image, 32, 32), [114, 114, 114], 1);
  });

  it("refuses a text file, whatever it is called", async () => {
    await refuses("not-an-image", Buffer.from("this is no photograph"));
    await refuses("not-an-image", new Uint8Array(0));
  });

  it("refuses an image of another type than announced", async () => {
    await refuses("unsupported-type", await halves(20, 20).png().toBuffer());
  });

  it("refuses a bomb of 50 megapixels before it decodes one, in memory that does not grow with it", async () => {
    const bomb = pngBomb(10_000, 5_000);
    const before = process.memoryUsage.rss();
    await refuses("too-many-pixels", bomb, { contentType: "image/png", pixelsMax: 40_000_000 });
    assert.ok(process.memoryUsage.rss() - before < 50_000_000);
  });

  it("refuses a JPEG whose header announces more pixels than allowed", async () => {
    const bytes = await halves(200, 100).jpeg().toBuffer();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(60_000, frame + 5);
    bytes.writeUInt16BE(60_000, frame + 7);
    await refuses("too-many-pixels", bytes);
  });

  it("refuses a picture of which nothing is left", async () => {
    const bytes = await halves(400, 400).jpeg().toBuffer();
    await refuses("corrupt", bytes.subarray(0, bytes.indexOf(Buffer.from([0xff, 0xda])) + 14));
    await refuses("corrupt", bytes.subarray(0, 20));
  });

  it("ends in pixels or in an UnreadableImage, whatever single byte of the file is damaged", async () => {
    const bytes = await halves(64, 48).withMetadata({ orientation: 3 }).jpeg().toBuffer();
    const places = Array.from({ length: 60 }, (_, index) => Math.floor((index * bytes.length) / 60));
    for (const place of places) {
      const damaged = Buffer.from(bytes);
      damaged[place] = (damaged[place] ?? 0) ^ 0xff;
      const outcome = await decode(damaged, options).catch((error: unknown) => error);
      const isPixels = typeof outcome === "object" && outcome !== null && "pixels" in outcome;
      assert.ok(isPixels || outcome instanceof UnreadableImage, `byte ${place}: ${String(outcome)}`);
    }
  });
});
