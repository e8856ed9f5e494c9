import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { worker } from "@vigil/core/limits";
import { picture } from "../../../testing/pictures.ts";
import {
  scriptedEnd,
  scriptedHang,
  scriptedPause,
  scriptedPauseMs,
} from "../../../testing/scripted-decode-process.ts";
import { createDecoder, type DecodeOptions, type Decoder, decode, UnreadableImage } from "./index.ts";

const options: DecodeOptions = {
  inputSize: 64,
  layout: "yolov8",
  rectangular: true,
  contentType: "image/jpeg",
  pixelsMax: 40_000_000,
};
const sizes = { inputSize: 64, imagesMax: 8 };
const turn = (accountId = "one", signal = new AbortController().signal) => ({
  accountId,
  priority: 2,
  signal,
});

describe("the decoder", () => {
  let decoder: Decoder;
  before(() => {
    decoder = createDecoder({ ...sizes, processes: 1 });
  });
  after(() => decoder.close());

  it("answers from its process what decoding at once answers", async () => {
    const bytes = await picture(1);
    const wanted = await decode(bytes, options);
    const { image, giveBack } = await decoder.decode(bytes, options, turn());
    assert.deepEqual(image, wanted);
    assert.ok(image.pixels.buffer instanceof SharedArrayBuffer);
    assert.ok(bytes.byteLength > 0, "the asker's bytes stay the asker's");
    giveBack();
  });

  it("says why an image cannot be decoded, and goes on with its neighbours", async () => {
    const bytes = await picture(2);
    const [bad, corrupt, good] = await Promise.allSettled([
      decoder.decode(Buffer.from("no image"), options, turn()),
      decoder.decode(bytes.subarray(0, 60), options, turn()),
      decoder.decode(bytes, options, turn()),
    ]);
    assert.ok(bad.status === "rejected" && bad.reason instanceof UnreadableImage);
    assert.equal(bad.reason.reason, "not-an-image");
    assert.ok(corrupt.status === "rejected" && corrupt.reason instanceof UnreadableImage);
    assert.equal(corrupt.reason.reason, "corrupt");
    assert.equal(good.status, "fulfilled");
    good.value.giveBack();
  });

  it("writes the next image over the pixels that were given back, and over no others", async () => {
    const bytes = await picture(3);
    const lend = async () => decoder.decode(bytes, options, turn());
    const [first, second] = [await lend(), await lend()];
    first.image.pixels.fill(1);
    second.image.pixels.fill(2);
    first.giveBack();
    first.giveBack();
    const [third, fourth] = [await lend(), await lend()];
    assert.equal(third.image.pixels.buffer, first.image.pixels.buffer);
    third.image.pixels.fill(3);
    fourth.image.pixels.fill(4);
    assert.deepEqual(
      [first, second, third, fourth].map(({ image }) => image.pixels[0]),
      [3, 2, 3, 4],
      "what is given back twice is lent once",
    );
    for (const { giveBack } of [second, third, fourth]) giveBack();
  });

  it("lends no more images than it was told, and goes on when one is given back", async () => {
    const bytes = await picture(5);
    const lent = await Promise.all(
      Array.from({ length: sizes.imagesMax }, () => decoder.decode(bytes, options, turn())),
    );
    let came = false;
    const next = decoder.decode(bytes, options, turn("another")).then((one) => {
      came = true;
      return one;
    });
    await assert.rejects(
      decoder.decode(bytes, options, turn("a third", AbortSignal.timeout(200))),
      /timeout/i,
    );
    assert.ok(!came);
    lent[0]?.giveBack();
    for (const { giveBack } of [await next, ...lent]) giveBack();
  });

  it("answers everything that was asked before it closes", async () => {
    const closing = createDecoder({ ...sizes, processes: 2 });
    const bytes = await picture(4);
    const asked = Array.from({ length: 6 }, () => closing.decode(bytes, options, turn()));
    await closing.close();
    assert.equal((await Promise.all(asked)).length, 6);
  });
});

describe("a decoding process", () => {
  const entry = new URL("../../../testing/scripted-decode-process.ts", import.meta.url);
  let jpeg: Uint8Array;
  before(async () => {
    jpeg = await picture(6);
  });
  const scripted = (last: number) => Buffer.concat([jpeg, Uint8Array.of(last)]);

  it("that ends costs the neighbours nothing, is replaced, and makes the image that ends two of them unreadable", async () => {
    const decoder = createDecoder({ ...sizes, processes: 1, entry });
    const [poison, neighbour] = await Promise.allSettled([
      decoder.decode(scripted(scriptedEnd), options, turn()),
      decoder.decode(scripted(7), options, turn()),
    ]);
    assert.ok(poison.status === "rejected" && poison.reason instanceof UnreadableImage);
    assert.match(poison.reason.message, /two processes ended/);
    const later = await decoder.decode(scripted(8), options, turn());
    assert.equal(later.image.pixels[0], 8);
    assert.ok(neighbour.status === "fulfilled");
    assert.equal(neighbour.value.image.pixels[0], 7);
    await decoder.close();
  });

  it("that is stuck is ended at the deadline, and neighbours of other accounts go before the next such picture", async () => {
    // On a clock that hardly goes: what a busy machine adds to the deadlines gives the account no time back.
    const now = () => performance.now() / 1000;
    const decoder = createDecoder({ ...sizes, processes: 1, entry, now });
    const ends: string[] = [];
    const hang = (name: string) =>
      decoder.decode(scripted(scriptedHang), options, turn("hostile")).catch((error: unknown) => {
        ends.push(name);
        return error;
      });
    const stuck = [hang("first"), hang("second"), hang("third")];
    const quiet = await decoder.decode(scripted(9), options, turn("quiet"));
    assert.deepEqual(ends, ["first"], "it waited for the one under way, and for no other");
    assert.equal(quiet.image.pixels[0], 9);
    const [first, second, third] = await Promise.all(stuck);
    for (const error of [first, second, third]) {
      assert.ok(error instanceof UnreadableImage && error.reason === "too-slow", String(error));
    }
    // 8 s of 10 s to spare went with the first, the rest with the second: the third gets what everybody gets.
    const ms = [first, second, third].map((error) => Number(/(\d+) ms$/.exec(String(error))?.[1]));
    assert.ok(
      (ms[0] ?? 0) > worker.decodeSpareMsMax && (ms[1] ?? 0) < 4_000 && (ms[2] ?? 0) < 1_000,
      ms.join(),
    );
    await decoder.close();
  });

  it("waits for another one when both pictures have more pixels than may be decoded at once", async () => {
    const decoder = createDecoder({ ...sizes, processes: 2, entry });
    const large = Buffer.concat([jpeg, Uint8Array.of(scriptedPause)]);
    const frame = large.indexOf(Buffer.from([0xff, 0xc0]));
    large.writeUInt16BE(5_000, frame + 5);
    large.writeUInt16BE(8_000, frame + 7);
    const ends = await Promise.all(
      ["one", "two"].map(async (account) => {
        const { image } = await decoder.decode(large, options, turn(account));
        assert.equal(image.pixels[0], scriptedPause);
        return performance.now();
      }),
    );
    const apartMs = Math.abs((ends[0] ?? 0) - (ends[1] ?? 0));
    assert.ok(apartMs > scriptedPauseMs / 2, `${apartMs} ms apart`);
    await decoder.close();
  });

  it("whose worker has died meanwhile ends without a word", async () => {
    const orphan = fork(new URL("decode-process.ts", import.meta.url), {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    orphan.disconnect();
    const [said] = await Promise.all([text(orphan.stderr ?? Readable.from([])), once(orphan, "exit")]);
    assert.equal(said, "");
  });

  it("that cannot be started is no fault of the picture", async () => {
    const decoder = createDecoder({ ...sizes, processes: 1, entry: new URL("file:///nowhere.ts") });
    await assert.rejects(decoder.decode(scripted(1), options, turn()), (error: Error) => {
      return !(error instanceof UnreadableImage) && /does not come up/.test(error.message);
    });
    await decoder.close();
  });
});
