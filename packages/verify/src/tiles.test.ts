import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { proveConsistency, proveInclusion } from "./prove.ts";
import { appendToTiles, proveContinuation, proveInclusions, type Tile, type TileName } from "./tiles.ts";
import { isContinued, isIncluded, leafHashes, rootOf } from "./verify.ts";

/** Tiles as a database keeps them. */
function createStore() {
  const kept = new Map<string, Tile>();
  return {
    kept,
    read: async (names: readonly TileName[]) =>
      names.flatMap(({ level, no }) => kept.get(`${level}/${no}`) ?? []),
    write(tiles: readonly Tile[]) {
      for (const tile of tiles) kept.set(`${tile.level}/${tile.no}`, tile);
    },
  };
}

const leaves = Array.from({ length: 70_000 }, (_, i) => Buffer.from(`leaf ${i}`));
const empty = { size: 0, root: await rootOf(new Uint8Array()) };

async function grow(sizes: readonly number[]) {
  const all = await leafHashes(leaves);
  const store = createStore();
  const roots = new Map<number, Uint8Array>([[0, empty.root]]);
  let head = empty;
  for (const size of sizes) {
    const grown = await appendToTiles(head, all.subarray(head.size * 32, size * 32), store.read);
    store.write(grown.tiles);
    head = { size: grown.size, root: grown.root };
    roots.set(size, grown.root);
  }
  return { all, store, roots };
}

describe("a tree in tiles", () => {
  it("has the root of the whole tree, however it was appended to", async () => {
    const sizes = [1, 2, 3, 255, 256, 257, 511, 513, 4_096, 65_535, 65_536, 65_537, 70_000];
    const { all, roots, store } = await grow(sizes);
    for (const size of sizes) {
      assert.deepEqual(
        Buffer.from(roots.get(size) ?? []),
        Buffer.from(await rootOf(all.subarray(0, size * 32))),
        `${size} leaves`,
      );
    }
    assert.equal(store.kept.size, Math.ceil(70_000 / 256) + Math.ceil(273 / 256) + 1);
  });

  it("proves what the tree of all leaves proves, at every earlier size too", async () => {
    const sizes = [1, 7, 256, 300, 513, 1_000];
    const { all, roots, store } = await grow(sizes);
    for (const size of sizes) {
      const whole = all.subarray(0, size * 32);
      const indices = [0, 1, 6, 255, 256, 299, 512, 999].filter((index) => index < size);
      const proofs = await proveInclusions(indices, size, store.read);
      for (const [n, index] of indices.entries()) {
        assert.deepEqual(
          proofs[n]?.map((hash) => Buffer.from(hash)),
          (await proveInclusion(whole, index)).map((hash) => Buffer.from(hash)),
        );
        const leafHash = all.subarray(index * 32, index * 32 + 32);
        const root = roots.get(size) ?? new Uint8Array();
        assert.ok(await isIncluded({ leafHash, index, size, proof: proofs[n] ?? [], root }));
      }
      for (const earlier of sizes.filter((one) => one <= size)) {
        const proof = await proveContinuation(earlier, size, store.read);
        assert.deepEqual(
          proof.map((hash) => Buffer.from(hash)),
          (await proveConsistency(whole, earlier)).map((hash) => Buffer.from(hash)),
        );
        const [before, root] = [roots.get(earlier), roots.get(size)];
        assert.ok(before && root);
        assert.ok(await isContinued({ earlier: { size: earlier, root: before }, size, root, proof }));
      }
    }
  });

  it("does not go on from tiles in which a leaf was dropped, changed or put elsewhere", async () => {
    const damages: ((hashes: Uint8Array) => Uint8Array)[] = [
      (hashes) => hashes.subarray(32),
      (hashes) => hashes.subarray(0, -32),
      (hashes) => hashes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      (hashes) => Buffer.concat([hashes.subarray(32, 64), hashes.subarray(0, 32), hashes.subarray(64)]),
    ];
    for (const damage of damages) {
      const { all, roots, store } = await grow([100]);
      const tile = store.kept.get("0/0");
      assert.ok(tile);
      store.write([{ ...tile, hashes: damage(tile.hashes) }]);
      const before = { size: 100, root: roots.get(100) ?? empty.root };
      await assert.rejects(
        appendToTiles(before, all.subarray(3_200, 6_400), store.read),
        /do not make the root|missing or cut short/,
      );
    }
  });

  it("is not asked for a leaf that it does not have", async () => {
    const { store } = await grow([3]);
    await assert.rejects(proveInclusions([3], 3, store.read), RangeError);
    await assert.rejects(proveContinuation(4, 3, store.read), RangeError);
  });
});
