/**
 * A tree of which nobody holds all leaves: its hashes lie in tiles of 256 (C2SP tlog-tiles), so that a leaf is appended and a
 * proof is made by reading a few of them. Tile (level, no) holds the hashes of the complete subtrees of 256^level leaves
 * numbered from 256 no. A tile that is full never changes again.
 */
import { rootOf, sameBytes } from "./verify.ts";

export type TileName = { level: number; no: number };
export type Tile = TileName & { hashes: Uint8Array };

/** Reads tiles; what is not there is left out. */
export type ReadTiles = (names: readonly TileName[]) => Promise<readonly Tile[]>;

const hashBytes = 32;
/** Hashes of a tile, and by how many leaves each stands for more than one of the level below. */
export const tileWidth = 256;

/** Complete subtrees of 2^height leaves, numbered from the left. */
type Subtree = { height: number; index: number };
/** Leaves from `start` to before `end`, as RFC 6962 splits a tree: `start` is a multiple of every subtree's size in it. */
type Range = { start: number; end: number };

/**
 * What the tiles become when leaves are appended to the first `size`.
 *
 * @param hashes of the leaves to append, one behind the other
 * @returns the tiles that changed, whole, and the root over all leaves
 * @throws Error when the tiles do not make the root that was signed for what is there
 */
export async function appendToTiles(
  before: { size: number; root: Uint8Array },
  hashes: Uint8Array,
  readTiles: ReadTiles,
): Promise<{ size: number; root: Uint8Array; tiles: Tile[] }> {
  const edges = await readTiles(edgesOf(before.size));
  const known = new Map(edges.map((tile) => [nameOf(tile), tile]));
  if (!sameBytes(await rootOfRange({ start: 0, end: before.size }, known), before.root)) {
    throw new Error(
      `the tiles of the log do not make the root that was signed for its ${before.size} leaves`,
    );
  }
  const size = before.size + hashes.length / hashBytes;
  const tiles: Tile[] = [];
  let added = hashes;
  for (let level = 0; added.length > 0; level += 1) {
    const first = Math.floor(before.size / tileWidth ** level);
    const above: Uint8Array[] = [];
    for (const tile of fill(known, { level, first }, added)) {
      tiles.push(tile);
      known.set(nameOf(tile), tile);
      if (tile.hashes.length === tileWidth * hashBytes) above.push(await rootOf(tile.hashes));
    }
    added = Buffer.concat(above);
  }
  return { size, root: await rootOfRange({ start: 0, end: size }, known), tiles };
}

/** The tiles that a tree of this size would add to. */
function edgesOf(size: number): TileName[] {
  const edges: TileName[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    if (count % tileWidth > 0) edges.push({ level, no: Math.floor(count / tileWidth) });
  }
  return edges;
}

/** The tiles of a level from the one that its subtree `first` belongs to, with those added. */
function* fill(
  known: ReadonlyMap<string, Tile>,
  { level, first }: { level: number; first: number },
  added: Uint8Array,
): Generator<Tile> {
  for (let at = 0; at * hashBytes < added.length; ) {
    const no = Math.floor((first + at) / tileWidth);
    const held = (first + at) % tileWidth;
    const before =
      held === 0 ? new Uint8Array() : hashesOf(known, { level, no }).subarray(0, held * hashBytes);
    const more = added.subarray(at * hashBytes, (at + tileWidth - held) * hashBytes);
    yield { level, no, hashes: Buffer.concat([before, more]) };
    at += more.length / hashBytes;
  }
}

/**
 * The proofs that leaves belong to the tree of the first `size` (RFC 6962 section 2.1.1), the nearest sibling first.
 * @throws RangeError for a leaf that is not there
 */
export async function proveInclusions(
  indices: readonly number[],
  size: number,
  readTiles: ReadTiles,
): Promise<Uint8Array[][]> {
  const paths = indices.map((index) => {
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`there is no leaf ${index} of ${size}`);
    }
    return siblingsOf(index, { start: 0, end: size });
  });
  const known = await readAll(paths.flat(), readTiles);
  return Promise.all(paths.map((path) => Promise.all(path.map((range) => rootOfRange(range, known)))));
}

/** The proof that the tree of the first `size` leaves goes on from its first `earlier` (RFC 6962 section 2.1.2). */
export async function proveContinuation(
  earlier: number,
  size: number,
  readTiles: ReadTiles,
): Promise<Uint8Array[]> {
  if (!Number.isInteger(earlier) || earlier < 0 || earlier > size) {
    throw new RangeError(`a tree of ${size} leaves does not go on from ${earlier}`);
  }
  const path = earlier === 0 ? [] : continuationOf(earlier, { start: 0, end: size }, true);
  const known = await readAll(path, readTiles);
  return Promise.all(path.map((range) => rootOfRange(range, known)));
}

function siblingsOf(index: number, { start, end }: Range): Range[] {
  if (end - start === 1) return [];
  const split = start + largestPowerBelow(end - start);
  return index < split
    ? [...siblingsOf(index, { start, end: split }), { start: split, end }]
    : [...siblingsOf(index, { start: split, end }), { start, end: split }];
}

function continuationOf(earlier: number, { start, end }: Range, isKnown: boolean): Range[] {
  if (earlier === end) return isKnown ? [] : [{ start, end }];
  const split = start + largestPowerBelow(end - start);
  return earlier <= split
    ? [...continuationOf(earlier, { start, end: split }, isKnown), { start: split, end }]
    : [...continuationOf(earlier, { start: split, end }, false), { start, end: split }];
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The subtrees of a range, from the left, each larger than the next. */
function subtreesOf({ start, end }: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = start; at < end; ) {
    // The largest power of two that fits.
    let height = 0;
    while (2 ** (height + 1) <= end - at) height += 1;
    subtrees.push({ height, index: at / 2 ** height });
    at += 2 ** height;
  }
  return subtrees;
}

const levelsOfTile = Math.log2(tileWidth);

/** The tile that a subtree's hash, or the hashes that make it, lie in. */
function placeOf({ height, index }: Subtree): TileName & { from: number; count: number } {
  const level = Math.floor(height / levelsOfTile);
  const count = 2 ** (height % levelsOfTile);
  return { level, no: Math.floor((index * count) / tileWidth), from: (index * count) % tileWidth, count };
}

async function readAll(ranges: readonly Range[], readTiles: ReadTiles): Promise<Map<string, Tile>> {
  const wanted = new Map<string, TileName>();
  for (const subtree of ranges.flatMap(subtreesOf)) {
    const { level, no } = placeOf(subtree);
    wanted.set(nameOf({ level, no }), { level, no });
  }
  const tiles = wanted.size === 0 ? [] : await readTiles([...wanted.values()]);
  return new Map(tiles.map((tile) => [nameOf(tile), tile]));
}

async function rootOfRange(range: Range, known: ReadonlyMap<string, Tile>): Promise<Uint8Array> {
  const hashes = await Promise.all(subtreesOf(range).map((subtree) => hashOf(subtree, known)));
  if (hashes.length === 0) return rootOf(new Uint8Array());
  // A range splits at its first subtree, what is behind that at the next, and so on.
  let root = hashes.pop() as Uint8Array;
  for (const left of hashes.toReversed()) root = await rootOf(Buffer.concat([left, root]));
  return root;
}

async function hashOf(subtree: Subtree, known: ReadonlyMap<string, Tile>): Promise<Uint8Array> {
  const { from, count, ...name } = placeOf(subtree);
  const hashes = hashesOf(known, name).subarray(from * hashBytes, (from + count) * hashBytes);
  if (hashes.length !== count * hashBytes) throw missing(name);
  return rootOf(hashes);
}

function hashesOf(known: ReadonlyMap<string, Tile>, name: TileName): Uint8Array {
  const tile = known.get(nameOf(name));
  if (!tile) throw missing(name);
  return tile.hashes;
}

function missing({ level, no }: TileName): Error {
  return new Error(`tile ${no} of level ${level} of the log is missing or cut short`);
}

function nameOf({ level, no }: TileName): string {
  return `${level}/${no}`;
}
