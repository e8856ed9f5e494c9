import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assert as always, array, integer, property } from "fast-check";
import { group, playsAlone } from "../../testing/transport-stream.ts";
import { createSegmentSplitter } from "./split-segments.ts";

type Told = { atMs: number; endMs?: number; bytes: Buffer; dropped?: string };

function listen() {
  const told: Told[] = [];
  const last = () => told.at(-1) as Told;
  const splitter = createSegmentSplitter({
    begin: (atMs) => void told.push({ atMs, bytes: Buffer.alloc(0) }),
    write: (bytes) => {
      last().bytes = Buffer.concat([last().bytes, bytes]);
    },
    end: (endMs) => Object.assign(last(), { endMs }),
    drop: (why) => Object.assign(last(), { dropped: why ?? "" }),
  });
  return { splitter, told };
}

describe("a stream that is cut into segments", () => {
  it("is cut at the first key frame after four seconds, whatever pieces it comes in, and loses nothing", () => {
    always(
      property(array(integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 200 }), (sizes) => {
        const { splitter, told } = listen();
        for (let second = 0; second < 13; second++) {
          const bytes = group(second, 5);
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            splitter.push(bytes.subarray(at, at + size), second * 1_000);
            at += size;
          }
        }
        const whole = told.filter(({ endMs }) => endMs !== undefined);
        assert.deepEqual(
          whole.map(({ atMs, endMs }) => [atMs, endMs]),
          [
            [0, 4_000],
            [4_000, 8_000],
            [8_000, 12_000],
          ],
        );
        for (const { bytes } of told) assert.ok(playsAlone(bytes));
        // The tables of the key frame that ends it came before that was known.
        assert.deepEqual(
          whole.map(({ bytes }) => bytes.length / 188),
          [4 * 8 + 2, 4 * 8 + 2, 4 * 8 + 2],
        );
      }),
      { numRuns: 50 },
    );
  });

  it("is dropped when the camera goes, when it is none, and when no key frame comes for a minute", () => {
    const { splitter, told } = listen();
    splitter.push(group(1, 3), 0);
    splitter.interrupt();
    splitter.push(group(2, 3), 1_000);
    splitter.push(Buffer.alloc(376, 0x41), 1_500);
    splitter.push(group(3, 3), 2_000);
    for (let second = 3; second < 70; second++) splitter.push(group(3, 3).subarray(3 * 188), second * 1_000);
    assert.deepEqual(
      told.map(({ dropped }) => dropped),
      ["", "", "it has no key frames"],
    );
  });
});
