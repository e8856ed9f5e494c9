import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { asPlate, readText } from "./read-text.ts";
import { findTextRegions } from "./text-regions.ts";

const characters = ["A", "B", "1"];

/** One step per entry: the class that wins there (0 is the blank) with 0.8, the others share the rest. */
function output(...winners: number[]): Float32Array {
  return Float32Array.from(
    winners.flatMap((winner) => [0, 1, 2, 3].map((index) => (index === winner ? 0.8 : 0.05))),
  );
}

describe("readText", () => {
  it("folds repeats, and keeps a doubled character that a blank divides", () => {
    assert.equal(readText(output(1, 1, 0, 1, 2, 2, 3), characters).text, "AAB1");
  });

  it("states the mean over the characters that stay, and 0 for none", () => {
    assert.ok(Math.abs(readText(output(1, 0, 3), characters).confidence - 0.8) < 1e-6);
    assert.deepEqual(readText(output(0, 0), characters), { text: "", confidence: 0 });
  });
});

describe("asPlate", () => {
  it("keeps letters and digits of a plate, and refuses what is none", () => {
    assert.equal(asPlate("ab12 cde"), "AB12CDE");
    assert.equal(asPlate("京A·12345"), "京A12345");
    for (const text of ["TAXI", "12", "A VERY LONG SLOGAN 2026", "", "---"]) {
      assert.equal(asPlate(text), undefined);
    }
  });
});

describe("findTextRegions", () => {
  const [width, height] = [64, 32];

  function mapWith(...rectangles: readonly [number, number, number, number, number][]): Float32Array {
    const map = new Float32Array(width * height);
    for (const [left, top, right, bottom, value] of rectangles) {
      for (let y = top; y < bottom; y += 1) map.fill(value, y * width + left, y * width + right);
    }
    return map;
  }

  it("finds each line once, grown beyond its shrunken map and cut at the edges", () => {
    const regions = findTextRegions(mapWith([10, 10, 40, 16, 0.9], [50, 26, 64, 32, 0.8]), width, height);
    assert.equal(regions.length, 2);
    const [line, corner] = regions;
    assert.ok(
      line && line.left < 10 && line.top < 10 && line.left + line.width > 40 && line.top + line.height > 16,
    );
    assert.ok(corner && corner.left + corner.width === width && corner.top + corner.height === height);
  });

  it("leaves out specks and what is hardly text", () => {
    assert.deepEqual(findTextRegions(mapWith([5, 5, 7, 6, 0.9], [20, 5, 40, 12, 0.4]), width, height), []);
  });
});
