import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { groupByHash } from "./group-by-looks.ts";
import { bitCount, createNearHashes, hashesOf, partWidths } from "./near-hashes.ts";

const anyHash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const flips = fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 12 });
const widths = fc.constantFrom(...Object.values(partWidths));
const asText = (hash: bigint) => hash.toString(16).padStart(16, "0");

/** Hashes of which many lie near to each other. */
const nearHashes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), flips), { minLength: 1, maxLength: 60 })
  .chain((choices) =>
    fc
      .array(anyHash, { minLength: 5, maxLength: 5 })
      .map((centres) =>
        choices.map(([centre, bits]) =>
          asText(bits.reduce((hash, bit) => hash ^ (1n << BigInt(bit)), centres[centre] ?? 0n)),
        ),
      ),
  );

describe("near hashes", () => {
  it("are those that a look at every one finds, each once", () => {
    fc.assert(
      fc.property(nearHashes, fc.integer({ min: 0, max: 8 }), widths, (texts, distanceMax, parts) => {
        const { high, low } = hashesOf(texts);
        const near = createNearHashes({ high, low }, distanceMax, parts);
        for (const [index] of texts.entries()) {
          const found: [number, number][] = [];
          near(index, (other, distance) => found.push([other, distance]));
          const expected = texts.flatMap((_, other): [number, number][] => {
            const distance =
              bitCount((high[index] ?? 0) ^ (high[other] ?? 0)) +
              bitCount((low[index] ?? 0) ^ (low[other] ?? 0));
            return distance <= distanceMax ? [[other, distance]] : [];
          });
          assert.deepEqual(
            found.toSorted(([a], [b]) => a - b),
            expected,
          );
        }
      }),
      { numRuns: 16 },
    );
  });

  it("make groups of which every member is near to the first, so that nothing chains", () => {
    fc.assert(
      fc.property(nearHashes, (texts) => {
        const items = texts.map((hash, no) => ({ no, sha256: `${no}`, hash }));
        const { high, low } = hashesOf(texts);
        for (const [no, group] of groupByHash(items, 8)) {
          assert.ok(group <= no);
          assert.ok(
            bitCount((high[no] ?? 0) ^ (high[group] ?? 0)) + bitCount((low[no] ?? 0) ^ (low[group] ?? 0)) <=
              8,
          );
        }
      }),
      { numRuns: 8 },
    );
  });

  it("group equal bytes whatever their hash, and nothing by a hash that says nothing", () => {
    const items = [
      { no: 0, sha256: "a", hash: "0000000000000000" },
      { no: 1, sha256: "b", hash: "0000000000000000" },
      { no: 2, sha256: "a", hash: "0000000000000000" },
      { no: 3, sha256: "c", hash: null },
      { no: 4, sha256: "c", hash: null },
    ];
    assert.deepEqual(
      [...groupByHash(items, 8)],
      [
        [0, 0],
        [2, 0],
        [3, 3],
        [4, 3],
      ],
    );
  });
});
