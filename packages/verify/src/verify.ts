/**
 * Checks what Vigil has sealed, without Vigil and without a network.
 *
 * One file that imports nothing, so that whoever has to rely on it can read all of it. It runs in Node (20.16 and newer) and
 * in browsers. Sources: RFC 6962 section 2.1 and RFC 9162 section 2.1 (Merkle tree, proofs), C2SP signed-note and
 * tlog-checkpoint (what is signed, and how).
 */

// Hashes. Many hashes lie one behind the other in one array, 32 bytes each.

const hashBytes = 32;
const leafPrefix = 0x00;
const nodePrefix = 0x01;

/** Node's own SHA-256 answers at once, which a million leaves need; browsers have the one that is awaited. */
const nodeCrypto = typeof process === "undefined" ? undefined : process.getBuiltinModule?.("node:crypto");

/** SHA-256, 32 bytes. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  if (nodeCrypto) return nodeCrypto.hash("sha256", bytes, "buffer");
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
}

/** SHA-256 of each of `count` messages, one behind the other. A message may be overwritten once the next is asked for. */
async function sha256Each(count: number, message: (index: number) => Uint8Array): Promise<Uint8Array> {
  const hashes = new Uint8Array(count * hashBytes);
  if (nodeCrypto) {
    for (let i = 0; i < count; i += 1) {
      hashes.set(nodeCrypto.hash("sha256", message(i), "buffer"), i * hashBytes);
    }
    return hashes;
  }
  // A digest takes its own copy of the bytes before it returns its promise.
  const pending = Array.from({ length: count }, (_, i) => sha256(message(i)));
  for (const [i, hash] of (await Promise.all(pending)).entries()) hashes.set(hash, i * hashBytes);
  return hashes;
}

function hashAt(hashes: Uint8Array, index: number): Uint8Array {
  return hashes.subarray(index * hashBytes, (index + 1) * hashBytes);
}

/** The hashes of leaves, `SHA-256(0x00 || leaf)` each, one behind the other. */
export function leafHashes(leaves: readonly Uint8Array[]): Promise<Uint8Array> {
  return sha256Each(leaves.length, (i) => joined(leafPrefix, leaves[i] as Uint8Array));
}

function joined(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 1));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * The root of the tree over nodes of one level, one behind the other: RFC 6962's Merkle tree hash. Its split at the largest
 * power of two is the same as joining neighbours level by level, and taking an odd last one up as it is. So the roots of
 * aligned parts of 2^k leaves stand for their leaves.
 */
export async function rootOf(nodes: Uint8Array): Promise<Uint8Array> {
  if (nodes.length === 0) return await sha256(new Uint8Array());
  let level = nodes;
  const pair = new Uint8Array(1 + 2 * hashBytes);
  pair[0] = nodePrefix;
  while (level.length > hashBytes) {
    const below = level;
    const count = below.length / hashBytes;
    const above = await sha256Each(count >> 1, (i) => {
      pair.set(below.subarray(2 * i * hashBytes, (2 * i + 2) * hashBytes), 1);
      return pair;
    });
    level = count % 2 === 0 ? above : concatenated([above, hashAt(below, count - 1)]);
  }
  return level.slice();
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  return joined(0, ...parts).subarray(1);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return sha256(joined(nodePrefix, left, right));
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

// Proofs.

/** Whether a leaf of this hash is leaf `index` of the `size` leaves under this root (RFC 9162 section 2.1.3.2). */
export async function isIncluded(claim: {
  leafHash: Uint8Array;
  index: number;
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}): Promise<boolean> {
  const { leafHash, index, size, proof, root } = claim;
  if (!isCount(index) || !isCount(size) || index >= size || !proof.every(isHash)) return false;
  let [node, last, hash] = [index, size - 1, leafHash];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      [node, last] = whileEven(node, last);
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/**
 * Whether the tree of `size` leaves under `root` begins with the very leaves of the earlier tree: nothing was changed,
 * dropped or put between (RFC 9162 section 2.1.4.2).
 */
export async function isContinued(claim: {
  earlier: { size: number; root: Uint8Array };
  size: number;
  root: Uint8Array;
  proof: readonly Uint8Array[];
}): Promise<boolean> {
  const { earlier, size, root, proof } = claim;
  if (!isCount(earlier.size) || !isCount(size) || earlier.size > size || !proof.every(isHash)) return false;
  if (earlier.size === size) return proof.length === 0 && sameBytes(earlier.root, root);
  if (earlier.size === 0) {
    return proof.length === 0 && sameBytes(earlier.root, await rootOf(new Uint8Array()));
  }

  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (!first) return false;
  let [node, last] = whileOdd(earlier.size - 1, size - 1);
  let [before, after] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = await nodeHash(sibling, before);
      after = await nodeHash(sibling, after);
      [node, last] = whileEven(node, last);
    } else {
      after = await nodeHash(after, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(before, earlier.root) && sameBytes(after, root);
}

// Sizes may be above 2^32, so they are halved by division and not shifted.
const half = (count: number) => Math.floor(count / 2);
const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0;
const isHash = (bytes: Uint8Array) => bytes.length === hashBytes;

function isPowerOfTwo(count: number): boolean {
  return count === 1 || (count > 1 && count % 2 === 0 && isPowerOfTwo(count / 2));
}

function whileEven(node: number, last: number): [number, number] {
  return node % 2 === 0 && node > 0 ? whileEven(half(node), half(last)) : [node, last];
}

function whileOdd(node: number, last: number): [number, number] {
  return node % 2 === 1 ? whileOdd(half(node), half(last)) : [node, last];
}

// Signed notes and checkpoints.

export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** What a checkpoint says: where the tree is kept, its size and root, and further lines as they were signed. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array; further: readonly string[] };

const signatureLine = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;
const ed25519Kind = 1;

/** `name+id+key`, as C2SP signed-note writes a public key of Ed25519. Throws a {@link RangeError} for anything else. */
export async function readPublicKey(written: string): Promise<{ name: string; id: Uint8Array; key: Key }> {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(written.trim());
  const bytes = parts?.[3] === undefined ? undefined : fromBase64(parts[3]);
  if (!parts?.[1] || !bytes || bytes.length !== 33 || bytes[0] !== ed25519Kind) {
    throw new RangeError("a public key is written as name+8 hexadecimal digits+base64, of the kind Ed25519");
  }
  const id = await keyId(parts[1], bytes.subarray(1));
  if (toHex(id) !== parts[2]) {
    throw new RangeError(`the public key of ${parts[1]} is damaged: its digits do not match`);
  }
  const raw = bytes.slice(1);
  return { name: parts[1], id, key: await crypto.subtle.importKey("raw", raw, "Ed25519", true, ["verify"]) };
}

/** The first four bytes of `SHA-256(name, newline, kind, key)`. */
export async function keyId(name: string, publicKey: Uint8Array): Promise<Uint8Array> {
  const named = new TextEncoder().encode(`${name}\n`);
  return (await sha256(concatenated([named, Uint8Array.of(ed25519Kind), publicKey]))).slice(0, 4);
}

/** The text of a note that one of these keys has signed; undefined where none has. The text ends with a newline. */
export async function openNote(note: string, publicKeys: readonly string[]): Promise<string | undefined> {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return undefined;
  const text = note.slice(0, end + 1);
  const signed = new TextEncoder().encode(text);
  const keys = await Promise.all(publicKeys.map(readPublicKey));
  for (const line of note.slice(end + 2, -1).split("\n")) {
    const [, name, base64 = ""] = signatureLine.exec(line) ?? [];
    const bytes = fromBase64(base64);
    if (name === undefined || !bytes) return undefined;
    for (const { key } of keys.filter(
      (one) => one.name === name && sameBytes(one.id, bytes.subarray(0, 4)),
    )) {
      if (await crypto.subtle.verify("Ed25519", key, bytes.slice(4), signed)) return text;
    }
  }
  return undefined;
}

/** Reads the text of a checkpoint: origin, size in decimal, root in base64, further lines. Undefined if it is none. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root, ...further] = text.replace(/\n$/, "").split("\n");
  const rootBytes = root === undefined ? undefined : fromBase64(root);
  if (!origin || !/^(0|[1-9][0-9]{0,15})$/.test(size ?? "") || !rootBytes || !isHash(rootBytes)) {
    return undefined;
  }
  return isCount(Number(size)) ? { origin, size: Number(size), root: rootBytes, further } : undefined;
}

// Manifests.

/** A part of a manifest's leaves, kept as a file that is named by its SHA-256. `root` is that of its leaves, in base64. */
export type Segment = { name: string; leaves: number; root: string };

/** One version of what was sealed. The note signs the root, and so all of it. */
export type Manifest = { format: typeof manifestFormat; segments: readonly Segment[]; note: string };

export const manifestFormat = "vigil-manifest-1";

/** Leaves of each segment but the last: a power of two, so that the roots of segments make the root of all. */
export const segmentLeaves = 4096;

/** What is wrong, and where. Offsets are bytes in the segment's file; the first leaf of a manifest is leaf 0. */
export type Fault =
  | { part: "manifest"; what: string }
  | { part: "note"; what: string }
  | ({ part: "segment"; what: string } & Place)
  | ({ part: "leaf"; leaf: number; from: number; to: number; what: string } & Place);

/** A segment by its number, from 0, and the name of its file. */
type Place = { segment: number; name: string };

/** What was signed; `version` and `parent` (SHA-256 of the parent's signed text, in hexadecimal) stand in its note. */
export type Verified = {
  faults: Fault[];
  checkpoint: Checkpoint | undefined;
  version: number | undefined;
  parent: string | undefined;
};

/** Reads a manifest's JSON. Throws a {@link RangeError} that says what is wrong with it. */
export function readManifest(json: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new RangeError("the manifest is not JSON");
  }
  const manifest = value as Partial<Manifest> | null;
  if (manifest?.format !== manifestFormat) {
    throw new RangeError(`the manifest is not of the format ${manifestFormat}`);
  }
  if (typeof manifest.note !== "string") throw new RangeError("the manifest has no note");
  if (!Array.isArray(manifest.segments) || !manifest.segments.every(isSegment)) {
    throw new RangeError("the manifest's list of segments is damaged");
  }
  return { format: manifestFormat, segments: manifest.segments, note: manifest.note };
}

function isSegment(value: unknown): value is Segment {
  const { name, leaves, root } = (value ?? {}) as Partial<Segment>;
  const rootBytes = typeof root === "string" ? fromBase64(root) : undefined;
  const isNamed = typeof name === "string" && /^[0-9a-f]{64}$/.test(name);
  return isNamed && typeof leaves === "number" && isCount(leaves) && !!rootBytes && isHash(rootBytes);
}

/**
 * Checks a manifest: that one of the keys has signed it, and that every segment is what was signed. Finds all faults, and
 * names the leaf whose bytes were changed.
 *
 * @param read a segment's file by its name, undefined if there is none
 * @param onSegment told after each segment how many are done
 */
export async function verifyManifest(
  manifest: Manifest,
  publicKeys: readonly string[],
  read: (name: string) => Promise<Uint8Array | undefined>,
  onSegment: (done: number) => void = () => undefined,
): Promise<Verified> {
  const faults: Fault[] = [];
  const text = await openNote(manifest.note, publicKeys);
  const checkpoint = text === undefined ? undefined : readCheckpoint(text);
  if (text === undefined) {
    faults.push({ part: "note", what: "no key that you trust has signed this manifest" });
  } else if (!checkpoint) faults.push({ part: "note", what: "what was signed is not a checkpoint" });
  if (checkpoint) faults.push(...(await faultsOfShape(manifest.segments, checkpoint)));

  for (const [index, segment] of manifest.segments.entries()) {
    const bytes = await read(segment.name);
    if (bytes) faults.push(...(await faultsOfSegment(bytes, segment, index)));
    else faults.push({ part: "segment", segment: index, name: segment.name, what: "is missing" });
    onSegment(index + 1);
  }
  const version = signedLine(checkpoint, "version", /^[1-9][0-9]{0,8}$/);
  const parent = signedLine(checkpoint, "parent", /^[0-9a-f]{64}$/);
  return { faults, checkpoint, version: version === undefined ? undefined : Number(version), parent };
}

/** The rest of the one further line that begins with this word and is written so. */
function signedLine(checkpoint: Checkpoint | undefined, word: string, form: RegExp): string | undefined {
  const rest = checkpoint?.further.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  return rest !== undefined && form.test(rest) ? rest : undefined;
}

async function faultsOfShape(segments: readonly Segment[], { size, root }: Checkpoint): Promise<Fault[]> {
  const faults: Fault[] = [];
  const leaves = segments.reduce((sum, segment) => sum + segment.leaves, 0);
  if (leaves !== size) {
    faults.push({ part: "manifest", what: `lists ${leaves} leaves, but ${size} were signed` });
  }
  const isEven = segments.every(({ leaves: count }, i) =>
    i === segments.length - 1 ? count > 0 && count <= segmentLeaves : count === segmentLeaves,
  );
  if (!isEven) {
    faults.push({ part: "manifest", what: `its segments do not hold ${segmentLeaves} leaves each` });
  }
  if (!sameBytes(await rootOfSegments(segments), root)) {
    faults.push({ part: "manifest", what: "the roots of its segments do not make the root that was signed" });
  }
  return faults;
}

/** The root of all leaves, from the roots of the segments that hold them. */
export function rootOfSegments(segments: readonly Segment[]): Promise<Uint8Array> {
  return rootOf(concatenated(segments.map(({ root }) => fromBase64(root) ?? new Uint8Array())));
}

async function faultsOfSegment(bytes: Uint8Array, segment: Segment, index: number): Promise<Fault[]> {
  const { name } = segment;
  const stands = { part: "segment", segment: index, name } as const;
  const lines = linesOf(bytes);
  const hashes = await leafHashes(lines.map(({ leaf }) => leaf));
  const changed: Fault[] = lines.flatMap((line, i) => {
    if (line.hash && sameBytes(line.hash, base64Bytes(hashAt(hashes, i)))) return [];
    const what = line.hash ? "does not match its hash" : "has no hash before it";
    return [
      {
        ...stands,
        part: "leaf",
        leaf: index * segmentLeaves + i,
        from: line.from,
        to: line.to,
        what,
      } as const,
    ];
  });
  if (changed.length > 0) return changed;
  if (lines.length !== segment.leaves) {
    return [{ ...stands, what: `holds ${lines.length} leaves where ${segment.leaves} were listed` }];
  }
  if (!sameBytes(await rootOf(hashes), fromBase64(segment.root) ?? new Uint8Array())) {
    return [{ ...stands, what: "holds other leaves than those that were listed" }];
  }
  return toHex(await sha256(bytes)) === name ? [] : [{ ...stands, what: "is not the file of this name" }];
}

/** `hash` as it stands there, in base64. */
type Line = { hash: Uint8Array | undefined; leaf: Uint8Array; from: number; to: number };

const hashCharacters = 44;
const newline = 0x0a;
const space = 0x20;

/** The lines of a segment: a leaf's hash in base64, a space, the leaf, a newline. */
function linesOf(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(newline, from);
    const to = end < 0 ? bytes.length : end;
    const hasHash = end >= 0 && bytes[from + hashCharacters] === space;
    const hash = hasHash ? bytes.subarray(from, from + hashCharacters) : undefined;
    lines.push({ hash, leaf: bytes.subarray(Math.min(to, from + hashCharacters + 1), to), from, to });
    from = to + 1;
  }
  return lines;
}

// How bytes are written.

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64(bytes: Uint8Array): string {
  return new TextDecoder().decode(base64Bytes(bytes));
}

const base64Alphabet = new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
);
const base64Padding = 0x3d;

/** Base64 as characters: a million hashes are compared as they are written, without a text of each. */
export function base64Bytes(bytes: Uint8Array): Uint8Array {
  const written = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(base64Padding);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const [a = 0, b = 0, c = 0] = [bytes[from], bytes[from + 1], bytes[from + 2]];
    const known = Math.min(3, bytes.length - from);
    const sixes = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    for (let i = 0; i <= known; i += 1) written[to + i] = base64Alphabet[sixes[i] as number] as number;
  }
  return written;
}

/** Strict: undefined for what {@link toBase64} would not have written. */
export function fromBase64(text: string): Uint8Array | undefined {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
  return toBase64(bytes) === text ? bytes : undefined;
}
