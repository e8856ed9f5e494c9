import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readRange } from "./read-range.ts";

describe("a range of bytes", () => {
  it("is a beginning, an end, or both, within the file", () => {
    assert.deepEqual(readRange("bytes=0-1", 10), { start: 0, end: 1 });
    assert.deepEqual(readRange("bytes=4-", 10), { start: 4, end: 9 });
    assert.deepEqual(readRange("bytes=4-99", 10), { start: 4, end: 9 });
    assert.deepEqual(readRange("bytes=-3", 10), { start: 7, end: 9 });
    assert.deepEqual(readRange("bytes=-99", 10), { start: 0, end: 9 });
  });

  it("is the whole file where nothing or something else is asked for", () => {
    for (const header of [undefined, "", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "items=0-1", "bytes=a-b"]) {
      assert.equal(readRange(header, 10), "whole");
    }
  });

  it("cannot be had beyond the file", () => {
    for (const header of ["bytes=10-", "bytes=-0", `bytes=${"9".repeat(15)}-`]) {
      assert.equal(readRange(header, 10), "unsatisfiable");
    }
    assert.equal(readRange("bytes=0-0", 0), "unsatisfiable");
  });
});
