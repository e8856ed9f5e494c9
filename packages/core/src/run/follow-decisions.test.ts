import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Pair } from "./decisions.ts";
import { groupByHash } from "./group-by-looks.ts";

const contents = ["a", "b", "c", "d", "e", "f", "g", "h"];
const anyPair: fc.Arbitrary<Pair> = fc
  .tuple(fc.shuffledSubarray(contents, { minLength: 2, maxLength: 2 }), fc.boolean())
  .map(([[one = "", other = ""], isSame]) => ({ one, other, isSame }));
/** What was said last of each pair. */
const decisions = fc.uniqueArray(anyPair, {
  maxLength: 20,
  selector: ({ one, other }) => [one, other].toSorted().join(),
});
/** Each content once, in any order, with hashes of which some are near to each other. */
const anyItems = fc
  .tuple(fc.shuffledSubarray(contents, { minLength: 2 }), fc.array(fc.integer({ min: 0, max: 2 })))
  .map(([some, hashes]) =>
    some.map((sha256, no) => ({
      no,
      sha256,
      hash: ["0f0f0f0f0f0f0f0f", "0f0f0f0f0f0f0f00", "f0f0f0f0f0f0f0f0"][hashes[no] ?? 0] ?? null,
    })),
  );

/** @returns tells whether two contents are in one group */
function together(items: Parameters<typeof groupByHash>[0], pairs: readonly Pair[]) {
  const groups = groupByHash(items, 8, pairs);
  const groupOf = new Map(items.map(({ no, sha256 }) => [sha256, groups.get(no) ?? no]));
  return ({ one, other }: Pair) => groupOf.get(one) === groupOf.get(other);
}

describe("what people said of pairs", () => {
  it("never lets come together what was taken apart, whatever else was said and whatever pictures look like", () => {
    fc.assert(
      fc.property(anyItems, decisions, (items, pairs) => {
        const present = new Set(items.map(({ sha256 }) => sha256));
        const areTogether = together(items, pairs);
        const both = pairs.filter(({ one, other }) => present.has(one) && present.has(other));
        for (const pair of both) assert.ok(pair.isSame || !areTogether(pair), JSON.stringify(pair));
      }),
      { numRuns: 150 },
    );
  });

  it("keeps together what was put together, where nothing was taken apart", () => {
    fc.assert(
      fc.property(anyItems, decisions, (items, pairs) => {
        const present = new Set(items.map(({ sha256 }) => sha256));
        const joined = pairs.map((pair) => ({ ...pair, isSame: true }));
        const areTogether = together(items, joined);
        for (const pair of joined) {
          if (present.has(pair.one) && present.has(pair.other)) assert.ok(areTogether(pair));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("follows what was said last where two say what cannot both be", () => {
    const items = ["a", "b", "c"].map((sha256, no) => ({ no, sha256, hash: null }));
    const same = (one: string, other: string): Pair => ({ one, other, isSame: true });
    const apart: Pair = { one: "a", other: "c", isSame: false };
    const areTogether = together(items, [same("b", "c"), same("a", "b"), apart]);
    assert.deepEqual([same("b", "c"), same("a", "b"), apart].map(areTogether), [true, false, false]);
  });

  it("takes as many pairs as one account can have said, in a chain", () => {
    const names = Array.from({ length: 50_000 }, (_, no) => `${no}`);
    const chain = names.slice(1).map((one, no) => ({ one, other: `${no}`, isSame: true }));
    const items = names.map((sha256, no) => ({ no, sha256, hash: null }));
    assert.equal(new Set(groupByHash(items, 8, chain).values()).size, 1);
  });
});
