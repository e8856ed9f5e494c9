import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createGathering } from "./gather-uploads.ts";

const picture = (mark: number) => Buffer.from([mark]);

describe("what a camera brings", () => {
  it("is one event with the pictures of its first seconds, and again only after five minutes or a pause", () => {
    const gathering = createGathering();
    gathering.take([picture(1)], 0);
    gathering.take([picture(2)], 1_500);
    assert.equal(gathering.due(2_000), undefined);
    assert.deepEqual(gathering.due(3_000), { firstMs: 0, pictures: [picture(1), picture(2)] });
    for (let now = 4_000; now < 300_000; now += 4_000) {
      gathering.take([picture(3)], now);
      assert.equal(gathering.due(now + 3_500), undefined);
    }
    gathering.take([picture(4)], 300_000);
    assert.deepEqual(gathering.due(303_000)?.pictures, [picture(4)]);
    gathering.take([], 316_000);
    assert.deepEqual(gathering.due(319_000), { firstMs: 316_000, pictures: [] });
  });

  it("has four pictures at most, those of one mail as well as those that come apart, and keeps no flood", () => {
    const gathering = createGathering();
    gathering.take([1, 2, 3, 4, 5, 6].map(picture), 0);
    assert.equal(gathering.due(3_000)?.pictures.length, 4);
    const flooded = createGathering();
    for (let now = 0; now < 3_000; now++) flooded.take([picture(now & 0xff)], now);
    assert.ok((flooded.due(3_000)?.pictures.length ?? 0) <= 4);
  });
});
