import assert from "node:assert/strict";
import { describe, it } from "node:test";
import sharp from "sharp";
import { jpeg, pngOf } from "../../testing/images.ts";
import { randomOf } from "../../testing/picture-heads.ts";
import { readTraits } from "./read-traits.ts";

const noise = (width: number, height: number) => {
  const random = randomOf(width);
  return sharp(Buffer.from(Array.from({ length: width * height * 3 }, () => random() * 256)), {
    raw: { width, height, channels: 3 },
  });
};
const exif = {
  IFD0: { Make: "Door & Co", Model: "D7", Software: "1.2" },
  IFD2: { DateTimeOriginal: "2026:05:01 21:14:06", OffsetTimeOriginal: "+02:00" },
};

describe("what a file tells of the camera that made it", () => {
  it("is the same line for whatever one program encodes, and another for another program", async () => {
    const encoderOf = (bytes: Uint8Array) => readTraits(bytes)?.traits.encoder;
    const usual = await noise(64, 48).jpeg().toBuffer();
    assert.match(
      encoderOf(usual) ?? "",
      /^jpeg 22\/11\/11 fitted /,
      "tables that fit one picture are no sign",
    );
    const fixed = await noise(64, 48).jpeg({ optimiseCoding: false }).toBuffer();
    assert.match(encoderOf(fixed) ?? "", /^jpeg 22\/11\/11 [0-9a-f]{8} /);
    assert.equal(encoderOf(usual), encoderOf(await jpeg(7)), "whatever is shown");
    assert.equal(encoderOf(usual), encoderOf(await noise(320, 240).jpeg({ quality: 30 }).toBuffer()));
    const others = [{ chromaSubsampling: "4:4:4" }, { progressive: true }, { optimiseCoding: false }];
    const lines = await Promise.all(
      others.map(async (options) => encoderOf(await noise(64, 48).jpeg(options).toBuffer())),
    );
    assert.ok(!lines.includes(encoderOf(usual)), lines.join());
    assert.equal(encoderOf(await noise(64, 48).webp().toBuffer()), "webp");
  });

  it("has what EXIF says, within bounds", async () => {
    const bytes = await noise(64, 48).withExif(exif).jpeg().toBuffer();
    const { width, height, exif: said } = readTraits(bytes)?.traits ?? {};
    assert.deepEqual({ width, height }, { width: 64, height: 48 });
    assert.equal(said?.make, "Door & Co");
    assert.equal(said?.model, "D7");
    assert.equal(said?.takenAt, "2026-05-01T21:14:06");
    assert.equal(said?.zone, "+02:00");
    const odd = { ...exif, IFD2: { DateTimeOriginal: "0000:00:00 00:00:00" } };
    const unset = readTraits(await noise(64, 48).withExif(odd).jpeg().toBuffer());
    assert.equal(unset?.traits.exif?.takenAt, undefined, "a clock that was never set says nothing");
  });

  it("is read of damaged files too, and of none that is no picture", async () => {
    assert.equal(readTraits(new Uint8Array()), undefined);
    assert.equal(readTraits(Buffer.from("no picture")), undefined);
    assert.deepEqual(readTraits(pngOf(30, 20))?.traits, { encoder: "png", width: 30, height: 20 });
    const whole = await noise(64, 48).withExif(exif).jpeg().toBuffer();
    const random = randomOf(3);
    for (let round = 0; round < 3_000; round += 1) {
      const bytes = Buffer.from(whole.subarray(0, 20 + Math.floor(random() * whole.length)));
      for (let flip = 0; flip < 4; flip += 1) bytes[2 + Math.floor(random() * 400)] = random() * 256;
      const told = readTraits(bytes);
      assert.ok(!told || told.traits.encoder.length <= 200, `round ${round}`);
    }
  });
});
