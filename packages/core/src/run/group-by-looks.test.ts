import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createGrouping, type Hashed, itemsAtOnce } from "./group-by-looks.ts";

/** Hashes that are far from each other. */
const hashes = [
  "0f0f0f0f0f0f0f0f",
  "f0f0f0f0f0f0f0f0",
  "00ff00ff00ff00ff",
  "ff00ff00ff00ff00",
  "0ff00ff00ff00ff0",
  "3333333333333333",
];
const itemsOf = (some: readonly (string | null)[]): Hashed[] =>
  some.map((hash, no) => ({ no, sha256: `${no}`, hash }));

function group(
  items: readonly Hashed[],
  embeddings: readonly (readonly number[] | undefined)[],
  decisions: { one: string; other: string; isSame: boolean }[] = [],
) {
  const grouping = createGrouping(items, {
    distanceMax: 8,
    decisions,
    embeddings: { length: 2, knownMax: 100, cosineMin: 0.97 },
  });
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    const some = embeddings.slice(from, from + itemsAtOnce);
    grouping.take(some.map((one) => one && Uint8Array.from(one)));
  }
  return [...grouping.end()];
}

describe("groups by looks", () => {
  it("join by their embeddings what hashes do not, in one batch of questions and across two", () => {
    const looks = [
      [100, 0],
      [0, 100],
      [100, 5],
      [50, 50],
      [3, 90],
      [90, 4],
    ];
    assert.deepEqual(group(itemsOf(hashes), looks), [
      [0, 0],
      [1, 1],
      [2, 0],
      [4, 1],
      [5, 0],
    ]);
  });

  it("never chain: a member is near to what its group is named after", () => {
    const looks = [
      [100, 0],
      [100, 20],
      [100, 40],
    ];
    assert.deepEqual(group(itemsOf(hashes.slice(0, 3)), looks), [
      [0, 0],
      [1, 0],
    ]);
  });

  it("follow people before looks", () => {
    const looks = hashes.slice(0, 3).map(() => [100, 0]);
    const apart = { one: "0", other: "1", isSame: false };
    assert.deepEqual(group(itemsOf(hashes.slice(0, 3)), looks, [apart]), [
      [0, 0],
      [2, 0],
    ]);
  });

  it("say nothing of pictures without structure, and nothing without embeddings", () => {
    const flat = itemsOf(["0000000000000000", "0000000000000001", null, null]);
    const looks = flat.map(() => [100, 0]);
    assert.deepEqual(group(flat, looks), []);
    assert.deepEqual(
      group(
        itemsOf(hashes),
        hashes.map(() => undefined),
      ),
      [],
    );
  });
});
