import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sketch as size } from "@vigil/core/authenticity/wire";
import { sketchOf } from "./sketch.ts";

/** A fingerprint whose cells are as they are told. */
function printOf(columns: number, rows: number, levelAt: (x: number, y: number) => number) {
  const cells = Uint8Array.from({ length: columns * rows }, (_, cell) =>
    levelAt((cell % columns) / columns, Math.floor(cell / columns) / rows),
  );
  return { columns, rows, cells, quarters: new Uint8Array(0), hash: [0, 0] as const };
}

describe("the sketch of a picture", () => {
  it("leaves out the upper and lower eighth, and is the same for other sizes of a picture", () => {
    const levelAt = (x: number, y: number) => (y < 1 / 8 || y >= 7 / 8 ? 255 : 40 + 100 * x + 60 * y);
    const [small, large] = [printOf(96, 72, levelAt), printOf(160, 120, levelAt)].map((print) =>
      Buffer.from(sketchOf(print) ?? "", "base64"),
    );
    assert.equal(small?.length, size.cells);
    for (const [cell, level] of (small ?? []).entries()) {
      assert.ok(level < 202, `cell ${cell}`);
      assert.ok(Math.abs(level - (large?.[cell] ?? 0)) <= 2, `cell ${cell}`);
    }
  });

  it("is not made of a picture that has fewer cells", () => {
    assert.equal(sketchOf(printOf(63, 200, () => 9)), undefined);
    assert.equal(sketchOf(printOf(160, 40, () => 9)), undefined);
  });
});
