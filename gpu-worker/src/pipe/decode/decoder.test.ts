import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { picture } from "../../../testing/pictures.ts";
import { createDecoder, type DecodeOptions, type Decoder, decode, UnreadableImage } from "./index.ts";

const options: DecodeOptions = {
  inputSize: 64,
  layout: "yolov8",
  rectangular: true,
  contentType: "image/jpeg",
  pixelsMax: 1_000_000,
};

describe("the decoder", () => {
  let decoder: Decoder;
  before(() => {
    decoder = createDecoder({ threads: 1 });
  });
  after(() => decoder.close());

  it("answers from its thread what decoding at once answers", async () => {
    const bytes = await picture(1);
    const wanted = await decode(bytes, options);
    const { image, giveBack } = await decoder.decode(bytes, options);
    assert.deepEqual(image, wanted);
    assert.ok(image.pixels.buffer instanceof SharedArrayBuffer);
    assert.ok(bytes.byteLength > 0, "the asker's bytes stay the asker's");
    giveBack();
  });

  it("says why an image cannot be decoded, and goes on with its neighbours", async () => {
    const bytes = await picture(2);
    const [bad, good] = await Promise.allSettled([
      decoder.decode(Buffer.from("no image"), options),
      decoder.decode(bytes, options),
    ]);
    assert.ok(bad.status === "rejected" && bad.reason instanceof UnreadableImage);
    assert.equal(bad.reason.reason, "not-an-image");
    assert.equal(good.status, "fulfilled");
  });

  it("writes the next image over the pixels that were given back, and over no others", async () => {
    const bytes = await picture(3);
    const lend = async () => decoder.decode(bytes, options);
    const [first, second] = [await lend(), await lend()];
    first.image.pixels.fill(1);
    second.image.pixels.fill(2);
    first.giveBack();
    first.giveBack();
    const [third, fourth] = [await lend(), await lend()];
    // A message brings another view of the same memory: what is written through one is read through the other.
    assert.deepEqual(third.image.pixels, first.image.pixels);
    third.image.pixels.fill(3);
    fourth.image.pixels.fill(4);
    assert.deepEqual(
      [first, second, third, fourth].map(({ image }) => image.pixels[0]),
      [3, 2, 3, 4],
      "what is given back twice is lent once",
    );
  });

  it("answers everything that was asked before it closes", async () => {
    const closing = createDecoder({ threads: 2 });
    const bytes = await picture(4);
    const asked = Array.from({ length: 6 }, () => closing.decode(bytes, options));
    await closing.close();
    assert.equal((await Promise.all(asked)).length, 6);
  });
});

describe("a decoding thread that ends", () => {
  const entry = new URL("../../../testing/scripted-decode-worker.ts", import.meta.url);

  it("costs its neighbours nothing, is replaced, and makes the image that ends two of them unreadable", async () => {
    const decoder = createDecoder({ threads: 1, entry });
    const [poison, neighbour] = await Promise.allSettled([
      decoder.decode(Uint8Array.of(1), options),
      decoder.decode(Uint8Array.of(7), options),
    ]);
    assert.ok(poison.status === "rejected" && poison.reason instanceof UnreadableImage);
    assert.match(poison.reason.message, /two threads ended/);
    const later = await decoder.decode(Uint8Array.of(8), options);
    assert.equal(later.image.pixels[0], 8);
    assert.ok(neighbour.status === "fulfilled");
    assert.equal(neighbour.value.image.pixels[0], 7);
    await decoder.close();
  });
});
