import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { recordingFilm as film, recordingBox } from "../../testing/recordings.ts";
import { readContainer as read, sourceOf } from "./read-container.ts";

const readContainer = (bytes: Uint8Array) => read(sourceOf(bytes));

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

  it("is read in bounded steps, however many boxes there are", () => {
    const boxes = Buffer.from("\0\0\0\x08free".repeat(100_000), "latin1");
    const whole = Buffer.concat([
      Buffer.from("\0\0\0\x0cftypisom", "latin1"),
      recordingBox("moov", boxes),
      boxes,
    ]);
    let reads = 0;
    const source = sourceOf(whole);
    const counted = {
      ...source,
      read: (from: number, length: number) => (reads++, source.read(from, length)),
    };
    assert.equal(read(counted)?.contentType, "video/mp4");
    assert.ok(reads < 10_010, `${reads} reads`);
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
