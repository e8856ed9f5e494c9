import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { proveConsistency, proveInclusion } from "./prove.ts";
import { canonical } from "./seal.ts";
import { isContinued, isIncluded, leafHashes, rootOf, sameBytes, toHex } from "./verify.ts";

const hash = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());

/** RFC 6962 section 2.1, word for word. */
function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash();
  const [only] = leaves;
  if (leaves.length === 1 && only) return hash(Uint8Array.of(0), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hash(Uint8Array.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

/** The leaves of the test vectors that implementations of RFC 6962 share, and the roots of their first n. */
const publishedLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => new Uint8Array(Buffer.from(hex, "hex")));
const publishedRoots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const someLeaves = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 70 });

describe("the Merkle tree", () => {
  for (const [count, root] of publishedRoots.entries()) {
    it(`has the published root over ${count} leaves`, async () => {
      assert.equal(toHex(await rootOf(await leafHashes(publishedLeaves.slice(0, count)))), root);
    });
  }

  it("is that of the RFC for any leaves", async () => {
    await fc.assert(
      fc.asyncProperty(someLeaves, async (leaves) => {
        assert.ok(sameBytes(await rootOf(await leafHashes(leaves)), treeHash(leaves)));
      }),
    );
  });
});

/** Any tree with one of its leaves. */
const leavesAndOne = fc
  .array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 })
  // Equal leaves may stand for each other.
  .map((leaves) => leaves.map((leaf, i) => Uint8Array.of(...leaf, i)))
  .chain((leaves) => fc.tuple(fc.constant(leaves), fc.nat({ max: leaves.length - 1 })));

describe("a proof that a leaf is in the tree", () => {
  it("holds for each leaf at its own place, and nowhere else", async () => {
    await fc.assert(
      fc.asyncProperty(leavesAndOne, fc.nat({ max: 80 }), async ([leaves, index], other) => {
        const hashes = await leafHashes(leaves);
        const claim = {
          leafHash: hashes.slice(index * 32, index * 32 + 32),
          index,
          size: leaves.length,
          proof: await proveInclusion(hashes, index),
          root: await rootOf(hashes),
        };
        assert.ok(await isIncluded(claim));
        assert.equal(await isIncluded({ ...claim, index: other }), other === index);
        const [longer, wrong] = [[...claim.proof, new Uint8Array(32)], hash(claim.leafHash)];
        assert.ok(!(await isIncluded({ ...claim, proof: longer })));
        assert.ok(!(await isIncluded({ ...claim, leafHash: wrong })));
        assert.ok(!(await isIncluded({ ...claim, root: wrong })));
        assert.ok(claim.proof.length === 0 || !(await isIncluded({ ...claim, proof: claim.proof.slice(1) })));
      }),
    );
  });
});

describe("a proof that a tree goes on", () => {
  it("holds from every earlier size", async () => {
    await fc.assert(
      fc.asyncProperty(leavesAndOne, async ([leaves, earlierSize]) => {
        const hashes = await leafHashes(leaves);
        const earlier = { size: earlierSize, root: await rootOf(hashes.subarray(0, earlierSize * 32)) };
        const proof = await proveConsistency(hashes, earlierSize);
        assert.ok(await isContinued({ earlier, size: leaves.length, root: await rootOf(hashes), proof }));
      }),
    );
  });

  it("fails for a log that dropped, changed or exchanged a leaf, whatever proof it makes for it", async () => {
    const forged = leavesAndOne.chain((one) =>
      fc.tuple(fc.constant(one), fc.constantFrom("drop", "change", "exchange")),
    );
    await fc.assert(
      fc.asyncProperty(forged, async ([[leaves, at], how]) => {
        const others = how === "drop" ? leaves.toSpliced(at, 1) : [...leaves];
        if (how === "change") others[at] = Uint8Array.of(...(leaves[at] ?? []), 1);
        if (how === "exchange") {
          [others[0], others[at]] = [leaves[at] ?? Uint8Array.of(), leaves[0] ?? Uint8Array.of()];
        }
        const [honest, lying] = [await leafHashes(leaves), await leafHashes([...others, Uint8Array.of(9)])];
        fc.pre(!sameBytes(honest, lying.subarray(0, honest.length)));
        const earlier = { size: leaves.length, root: await rootOf(honest) };
        const later = { size: lying.length / 32, root: await rootOf(lying) };
        const proof = await proveConsistency(lying, Math.min(earlier.size, later.size));
        assert.ok(!(await isContinued({ earlier, ...later, proof })));
      }),
    );
  });
});

describe("canonical JSON", () => {
  it("is one text for one value, whatever the order of its fields", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        assert.equal(canonical(reversed), canonical(value));
        assert.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("sorts by UTF-16 code units and writes numbers as RFC 8785 shows", () => {
    assert.equal(
      canonical({ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, ö: 7 }),
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
    assert.equal(
      canonical([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0]),
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    );
  });

  it("refuses what JSON cannot say", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, "\ud800"]) {
      assert.throws(() => canonical({ value }), RangeError);
    }
  });
});
