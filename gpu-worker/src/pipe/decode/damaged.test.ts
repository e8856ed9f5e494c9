import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import sharp from "sharp";
import {
  afterStart,
  drawn,
  exif,
  headKinds,
  mutate,
  randomOf,
  thermal,
} from "../../../../packages/core/testing/picture-heads.ts";
import { type DecodedImage, type DecodeOptions, decode, UnreadableImage } from "./index.ts";

const cases = new URL("../../../../../shared/cases/", import.meta.url);
const options: DecodeOptions = {
  inputSize: 64,
  layout: "yolov8",
  rectangular: true,
  contentType: "image/jpeg",
  pixelsMax: 40_000_000,
};
const seen = (bytes: Uint8Array, contentType = "image/jpeg") => decode(bytes, { ...options, contentType });

function meanDifference(a: DecodedImage, b: DecodedImage, rows: number): number {
  const bytes = a.canvas.width * rows * 3;
  let sum = 0;
  for (let at = 0; at < bytes; at += 1) sum += Math.abs((a.pixels[at] ?? 0) - (b.pixels[at] ?? 0));
  return sum / bytes;
}

describe("a damaged picture", () => {
  it("is looked at as far as it goes, and said to be damaged", async () => {
    const large = drawn({ width: 640, height: 480 });
    for (const [name, contentType, whole] of [
      ["jpeg", "image/jpeg", await large.clone().jpeg().toBuffer()],
      ["progressive jpeg", "image/jpeg", await large.clone().jpeg({ progressive: true }).toBuffer()],
      ["png", "image/png", await large.clone().png({ compressionLevel: 1 }).toBuffer()],
    ] as const) {
      const upright = await seen(whole, contentType);
      assert.deepEqual(upright.flaws, [], name);
      for (const left of [whole.length - 48, Math.floor(whole.length * 0.7)]) {
        const cut = await seen(whole.subarray(0, left), contentType);
        assert.deepEqual(cut.flaws, ["damaged"], `${name}, ${left} bytes`);
        assert.deepEqual([cut.width, cut.height], [640, 480]);
        // The upper half is there, whatever became of the lower one; a progressive one is less sharp.
        assert.ok(meanDifference(upright, cut, 20) < 12, `${name}, ${left} bytes`);
      }
    }
  });

  it("says nothing of its lens when hardly anything of it is left", async () => {
    const whole = await drawn({ width: 640, height: 480 }).jpeg().toBuffer();
    for (const share of [0.05, 0.1, 0.2, 0.3, 0.5]) {
      const { flaws } = await seen(whole.subarray(0, Math.floor(whole.length * share)));
      assert.ok(flaws.includes("damaged"), `${share}`);
      assert.ok(!flaws.includes("blurred") && !flaws.includes("overexposed"), `${share}: ${flaws.join()}`);
    }
  });

  it("is whole when only its head is untidy", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    for (const bytes of [
      afterStart(jpeg, Buffer.alloc(608)),
      Buffer.concat([jpeg, Buffer.alloc(2_000)]),
      thermal(jpeg, 300_000),
    ]) {
      assert.deepEqual((await seen(bytes)).flaws, []);
    }
  });

  it("of which a tenth is lost in the middle is still looked at", async () => {
    const jpeg = await drawn({ width: 640, height: 480 }).jpeg().toBuffer();
    const from = Math.floor(jpeg.length / 2);
    const holed = Buffer.from(jpeg).fill(0, from, from + Math.floor(jpeg.length / 10));
    const { width, height } = await seen(holed);
    assert.deepEqual([width, height], [640, 480]);
  });
});

describe("orientation", () => {
  it("turns a picture as libvips would, large or small, for each of the eight", async () => {
    for (const size of [
      { width: 96, height: 64 },
      { width: 480, height: 320 },
    ]) {
      const jpeg = await drawn(size).jpeg({ quality: 95 }).toBuffer();
      for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
        const lying = afterStart(jpeg, exif(orientation));
        const turned = await seen(lying);
        const wanted = await seen(await sharp(lying).autoOrient().jpeg({ quality: 95 }).toBuffer());
        assert.deepEqual([turned.width, turned.height], [wanted.width, wanted.height]);
        const difference = meanDifference(turned, wanted, turned.canvas.height);
        assert.ok(difference < 6, `${orientation} of ${size.width}: ${difference}`);
      }
    }
  });
});

describe("a picture that shows nothing", () => {
  const flat = (level: number) =>
    sharp({ create: { width: 320, height: 240, channels: 3, background: { r: level, g: level, b: level } } });
  const noisy = async (level: number, amount: number) => {
    const random = randomOf(level);
    const pixels = Buffer.from(
      Array.from({ length: 320 * 240 * 3 }, () => Math.max(0, Math.round(level + (random() - 0.5) * amount))),
    );
    return sharp(pixels, { raw: { width: 320, height: 240, channels: 3 } })
      .jpeg()
      .toBuffer();
  };

  it("is said to be dark or blank", async () => {
    for (const [name, bytes, flaw] of [
      ["black", await flat(0).jpeg().toBuffer(), "dark"],
      ["nearly black", await flat(9).jpeg().toBuffer(), "dark"],
      ["the noise of a sensor at night", await noisy(6, 12), "dark"],
      ["grey", await flat(128).jpeg().toBuffer(), "blank"],
      ["white", await flat(255).jpeg().toBuffer(), "blank"],
      ["a covered lens", await noisy(90, 14), "blank"],
    ] as const) {
      assert.deepEqual((await seen(bytes)).flaws, [flaw], name);
    }
  });

  it("is not one where there is something to see", async () => {
    assert.deepEqual((await seen(await drawn().jpeg().toBuffer())).flaws, []);
    const lamp = flat(3).composite([
      { input: await flat(140).resize(80, 60).png().toBuffer(), left: 100, top: 80 },
    ]);
    assert.deepEqual((await seen(await lamp.jpeg().toBuffer())).flaws, []);
    const fog = await noisy(150, 6);
    const shape = await sharp(fog)
      .composite([{ input: await flat(120).resize(90, 200).png().toBuffer(), left: 100, top: 20 }])
      .jpeg()
      .toBuffer();
    assert.deepEqual((await seen(shape)).flaws, []);
  });
});

it("decodes what libvips decodes of 1,500 damaged pictures, and calls the rest unreadable", async () => {
  const kinds = await headKinds();
  const random = randomOf(5);
  for (let round = 0; round < 1_500; round += 1) {
    const kind = kinds[round % kinds.length];
    assert.ok(kind);
    const bytes = mutate(kind.bytes, random);
    const metadata = await sharp(bytes)
      .metadata()
      .catch(() => undefined);
    const contentType = metadata ? `image/${metadata.format}` : "image/jpeg";
    const mine = await seen(bytes, contentType).catch((error: unknown) => error);
    // What costs too much is refused unseen, whether libvips would decode it or not.
    if (mine instanceof UnreadableImage && mine.reason.startsWith("too-many-")) continue;
    const theirs = metadata
      ? await sharp(bytes, { failOn: "none" })
          .autoOrient()
          .raw()
          .toBuffer({ resolveWithObject: true })
          .catch(() => undefined)
      : undefined;
    const what = `${kind.name}, round ${round}: ${String(mine)}`;
    if (mine instanceof UnreadableImage) {
      const [red, green, blue] = theirs?.data ?? [];
      const isFill = theirs?.data.every((byte, at) => byte === [red, green, blue][at % 3]);
      assert.ok(!theirs || theirs.info.channels !== 3 || isFill, what);
    } else {
      assert.ok(theirs && typeof mine === "object" && mine !== null && "width" in mine, what);
      assert.deepEqual(
        [mine.width, "height" in mine && mine.height],
        [theirs.info.width, theirs.info.height],
        what,
      );
    }
  }
});

it("decodes the pictures of public reports", {
  skip: existsSync(cases) ? false : "../shared/cases is not here",
}, async () => {
  for (const [name, flaws] of [
    ["short48.jpg", ["damaged"]],
    ["dahua-small.jpg", []],
    ["two-exif-rev.jpg", []],
    ["black.jpg", ["dark"]],
    ["tiny60.jpg", []],
    ["lane.jpg", []],
    ["room.jpg", []],
  ] as const) {
    const image = await seen(readFileSync(new URL(name, cases)));
    assert.deepEqual(image.flaws, flaws, name);
  }
});
