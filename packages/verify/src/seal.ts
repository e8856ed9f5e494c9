/** Writes what `verify.ts` reads: segments, checkpoints, and the note that signs them. */
import {
  type Checkpoint,
  type Key,
  keyId,
  leafHashes,
  type Manifest,
  manifestFormat,
  rootOf,
  rootOfSegments,
  type Segment,
  segmentLeaves,
  sha256,
  toBase64,
  toHex,
} from "./verify.ts";

/** A name without spaces or `+`, and an Ed25519 private key. */
export type Signer = { name: string; privateKey: Key; publicKey: Uint8Array };

/** A signer with a new key pair. */
export async function makeSigner(name: string): Promise<Signer> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("Ed25519 has pairs of keys");
  const { privateKey, publicKey } = pair;
  return { name, privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)) };
}

/** A segment as it is stored: named by its hash, so that storing it twice changes nothing. */
export type StoredSegment = Segment & { bytes: Uint8Array };

/**
 * The leaves of a manifest as files of {@link segmentLeaves} leaves each. Equal leaves in equal order give equal files.
 *
 * @param leaves JSON values; anything that changes from one run to the next (times, machines) has no place in them
 */
export async function* writeSegments(
  leaves: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<StoredSegment> {
  let texts: string[] = [];
  for await (const leaf of leaves) {
    texts.push(canonical(leaf));
    if (texts.length === segmentLeaves) {
      yield await writeSegment(texts);
      texts = [];
    }
  }
  if (texts.length > 0) yield await writeSegment(texts);
}

async function writeSegment(texts: readonly string[]): Promise<StoredSegment> {
  const encoder = new TextEncoder();
  const hashes = await leafHashes(texts.map((text) => encoder.encode(text)));
  const lines = texts.map((text, i) => `${toBase64(hashes.subarray(i * 32, (i + 1) * 32))} ${text}\n`);
  const bytes = encoder.encode(lines.join(""));
  return {
    name: toHex(await sha256(bytes)),
    leaves: texts.length,
    root: toBase64(await rootOf(hashes)),
    bytes,
  };
}

/**
 * A version of a manifest, signed.
 *
 * @param parent the note of the version before, undefined for the first
 */
export async function sealManifest(
  sealed: {
    origin: string;
    version: number;
    parent: string | undefined;
    segments: readonly Segment[];
  },
  signer: Signer,
): Promise<Manifest> {
  const { origin, version, parent } = sealed;
  const segments = sealed.segments.map(({ name, leaves, root: own }) => ({ name, leaves, root: own }));
  const size = segments.reduce((sum, { leaves }) => sum + leaves, 0);
  const root = await rootOfSegments(segments);
  const parentLine = parent === undefined ? [] : [`parent ${await hashOfSigned(parent)}`];
  const further = [`version ${version}`, ...parentLine];
  return {
    format: manifestFormat,
    segments,
    note: await signNote(writeCheckpoint({ origin, size, root, further }), signer),
  };
}

/** By what a later version names the version of this note: SHA-256 of the signed text, whoever signed it. */
export async function hashOfSigned(note: string): Promise<string> {
  return toHex(await sha256(new TextEncoder().encode(note.slice(0, note.lastIndexOf("\n\n") + 1))));
}

/** The text that is signed for a tree: C2SP tlog-checkpoint. */
export function writeCheckpoint({ origin, size, root, further }: Checkpoint): string {
  const lines = [origin, String(size), toBase64(root), ...further];
  if (lines.some((line) => line === "" || line.includes("\n"))) {
    throw new RangeError("a line of a checkpoint is neither empty nor two");
  }
  return `${lines.join("\n")}\n`;
}

/** A text with its signature: C2SP signed-note. */
export async function signNote(text: string, { name, privateKey, publicKey }: Signer): Promise<string> {
  const signature = new Uint8Array(
    await crypto.subtle.sign("Ed25519", privateKey, new TextEncoder().encode(text)),
  );
  const bytes = new Uint8Array([...(await keyId(name, publicKey)), ...signature]);
  return `${text}\n— ${name} ${toBase64(bytes)}\n`;
}

/** The public key as `verify.ts` and other readers of signed notes take it: `name+id+key`. */
export async function writePublicKey({
  name,
  publicKey,
}: Pick<Signer, "name" | "publicKey">): Promise<string> {
  if (!/^[^\s+]+$/.test(name)) throw new RangeError("a signer's name has neither spaces nor +");
  return `${name}+${toHex(await keyId(name, publicKey))}+${toBase64(new Uint8Array([1, ...publicKey]))}`;
}

/** RFC 8785: one way to write a JSON value, so that its hash is one too. Throws a {@link RangeError} for what JSON has not. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    // Sorted by UTF-16 code units, which is what comparing strings does.
    const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, field]) => `${canonical(name)}:${canonical(field)}`).join(",")}}`;
  }
  const isWritable =
    value === null ||
    typeof value === "boolean" ||
    (typeof value === "number" && Number.isFinite(value)) ||
    (typeof value === "string" && value.isWellFormed());
  if (!isWritable) throw new RangeError(`a ${typeof value} such as this has no canonical form`);
  return JSON.stringify(value);
}
