import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Box, Detection } from "@vigil/core/digest/wire";
import sharp, { type Sharp } from "sharp";
import { cocoKinds } from "../../../../packages/core/testing/coco-kinds.ts";
import { decode } from "../decode/index.ts";
import { describeThings } from "./index.ts";

type Rgb = { r: number; g: number; b: number };
const box: Box = [0.3, 0.3, 0.4, 0.4];
const ground = { r: 90, g: 110, b: 80 };

/** A thing of one colour, with a dark window in it, on the ground. */
async function pictureOf(colour: Rgb, change: (image: Sharp) => Sharp = (image) => image) {
  const thing = await sharp({ create: { width: 256, height: 192, channels: 3, background: colour } })
    .composite([
      {
        input: { create: { width: 90, height: 40, channels: 3, background: { r: 25, g: 28, b: 30 } } },
        left: 20,
        top: 20,
      },
    ])
    .png()
    .toBuffer();
  const whole = await sharp({ create: { width: 640, height: 480, channels: 3, background: ground } })
    .composite([{ input: thing, left: 192, top: 144 }])
    .png()
    .toBuffer();
  const bytes = await change(sharp(whole)).jpeg({ quality: 80 }).toBuffer();
  return decode(bytes, {
    inputSize: 320,
    layout: "yolov8",
    rectangular: true,
    contentType: "image/jpeg",
    pixelsMax: 1e6,
  });
}

const thing = (label: string): Detection => ({ label, confidence: 0.9, box });

describe("what things look like", () => {
  for (const [name, colour] of Object.entries({
    white: { r: 225, g: 228, b: 230 },
    grey: { r: 128, g: 130, b: 131 },
    black: { r: 28, g: 27, b: 30 },
    red: { r: 180, g: 25, b: 30 },
    yellow: { r: 220, g: 200, b: 30 },
    green: { r: 40, g: 130, b: 60 },
    blue: { r: 30, g: 60, b: 170 },
  })) {
    it(`calls a ${name} car ${name}, and of no colour where the picture has none`, async () => {
      const [described] = describeThings([thing("car")], await pictureOf(colour));
      assert.equal(described?.appearance?.colour, name);
      const grey = await pictureOf(colour, (image) => image.grayscale());
      assert.ok(grey.statistics.monochrome);
      const [atNight] = describeThings([thing("car")], grey);
      assert.match(atNight?.appearance?.hash ?? "", /^[0-9a-f]{16}$/);
      assert.equal(atNight?.appearance?.colour, undefined);
    });
  }

  it("knows the same thing in another light, and another thing from it", async () => {
    const hashOf = async (image: Awaited<ReturnType<typeof pictureOf>>, place = box) =>
      describeThings([{ ...thing("car"), box: place }], image)[0]?.appearance?.hash ?? "";
    const red = { r: 180, g: 25, b: 30 };
    const plain = await hashOf(await pictureOf(red));
    const dim = await hashOf(await pictureOf(red, (image) => image.linear(0.6, 5)));
    const mirrored = await hashOf(await pictureOf(red, (image) => image.flop()));
    const differing = (a: string, b: string) =>
      a.split("").reduce((sum, digit, index) => {
        const bits = Number.parseInt(digit, 16) ^ Number.parseInt(b[index] ?? "0", 16);
        return sum + [1, 2, 4, 8].filter((bit) => bits & bit).length;
      }, 0);
    assert.ok(differing(plain, dim) <= 6, `${plain} ${dim}`);
    assert.ok(differing(plain, mirrored) > differing(plain, dim), `${plain} ${mirrored}`);
  });

  it("makes nothing of the kind of people and animals, or of what it does not know", async () => {
    const image = await pictureOf({ r: 180, g: 25, b: 30 });
    for (const label of [...cocoKinds.living, "face", "child"]) {
      const [described] = describeThings([thing(label)], image);
      assert.equal(described?.appearance, undefined, label);
    }
  });
});
