import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { readContainer } from "./read-container.ts";

function box(type: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** A movie header of version 0 that says when it was made, in seconds since 1904. */
function film(seconds: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt32BE(seconds, 4);
  return Buffer.concat([
    box("ftyp", Buffer.from("isom")),
    box("moov", box("mvhd", header)),
    box("mdat", Buffer.alloc(100)),
  ]);
}

describe("what a recording's file says of itself", () => {
  it("is its kind, its length and when it was made", () => {
    const whole = film(3_900_000_000);
    assert.deepEqual(readContainer(whole), {
      contentType: "video/mp4",
      bytesStated: whole.length,
      madeAt: new Date("2027-08-01T21:20:00.000Z"),
    });
    assert.equal(readContainer(whole.subarray(0, -10))?.bytesStated, whole.length);
    assert.equal(readContainer(film(0))?.madeAt, undefined);
    assert.equal(readContainer(Buffer.from("fLaC0000"))?.contentType, "audio/flac");
    assert.equal(readContainer(Buffer.from("ID3\x04"))?.contentType, "audio/mpeg");
    assert.equal(readContainer(Buffer.from("plain words")), undefined);
  });

  it("is read from any bytes without a fault", () => {
    const starts = ["RIFF0000WAVE", "\0\0\0\x10ftypqt  ", "\0\0\0\0moov", "OggS", "\xff\xfb", ""];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, bytes) => {
        readContainer(Buffer.concat([Buffer.from(start, "latin1"), bytes]));
      }),
    );
  });
});
