import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createJpegSplitter } from "./split-jpegs.ts";

const segment = (marker: number, body: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
const thumbnail = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
/** A picture by its structure: a thumbnail in its metadata, stuffed bytes and a restart in its scan. */
const picture = (scan: number[]) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, Buffer.concat([Buffer.from("Exif"), thumbnail])),
    segment(0xda, Buffer.from([1, 2, 3])),
    Buffer.from([...scan.filter((byte) => byte !== 0xff), 0xff, 0x00, 7, 0xff, 0xd0, 9, 0xff, 0xd9]),
  ]);

describe("a row of JPEGs", () => {
  it("gives each picture whole, however it was cut and whatever stands between", () => {
    const scan = fc.array(fc.integer({ min: 0, max: 254 }), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(scan, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        (scans, step) => {
          const pictures = scans.map(picture);
          const row = Buffer.concat(
            pictures.flatMap((one) => [Buffer.from("--edge\r\nContent-Type: image/jpeg\r\n\r\n"), one]),
          );
          const splitter = createJpegSplitter(10_000);
          const found: Buffer[] = [];
          for (let at = 0; at < row.length; at += step) {
            found.push(...splitter.take(row.subarray(at, at + step)));
          }
          assert.deepEqual(found, pictures);
        },
      ),
    );
  });

  it("gives up a picture that is too long, or none at all, and finds the next", () => {
    const splitter = createJpegSplitter(200);
    assert.deepEqual(
      splitter.take(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0x42, 0x42]), picture([1])])),
      [picture([1])],
    );
    const endless = Buffer.concat([picture([1]).subarray(0, -2), Buffer.alloc(400, 1)]);
    assert.deepEqual(splitter.take(endless), []);
    assert.deepEqual(splitter.take(picture([2])), [picture([2])]);
  });
});
