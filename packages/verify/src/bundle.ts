/**
 * Checks a bundle offline: a digest with its pictures, as Vigil exports it. Nothing but `verify.ts` and the canonical form of
 * `seal.ts` is needed; it runs in Node and in browsers.
 *
 * `SHA256SUMS` names every file, `SHA256SUMS.sig` is the signature over it, and `custody.json` proves that the log had the
 * hash of each picture, and of what the digest says, at the time that the checkpoint tells.
 */
import { canonical } from "./seal.ts";
import { type TimeStamp, verifyTimeStamp } from "./time-stamp.ts";
import {
  type Checkpoint,
  fromBase64,
  isIncluded,
  leafHashes,
  openNote,
  readCheckpoint,
  sha256,
  toHex,
} from "./verify.ts";

/** What is wrong, and with which part: a file of the bundle, the leaf of a moment or digest, or the checkpoint. */
export type BundleFault = { part: string; what: string };

export type VerifiedBundle = {
  faults: BundleFault[];
  /** The signed state of the log that the proofs lead to; undefined: nothing of the bundle is in the log. */
  checkpoint: Checkpoint | undefined;
  /** When that was signed, as it says itself. */
  signedAt: string | undefined;
  /** An authority's word that it was there by then; undefined: there is none. */
  timeStamp: TimeStamp | undefined;
  title: string | undefined;
  /** Moments and digests whose leaf was proved. */
  logged: string[];
  /** Those of which the bundle itself says that the log had nothing when it was written. */
  notLogged: string[];
};

const nothing = {
  checkpoint: undefined,
  signedAt: undefined,
  timeStamp: undefined,
};

/** The files of a bundle by their names, with `/` between folders. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

const sumsFile = "SHA256SUMS";
const signatureFile = "SHA256SUMS.sig";
const originEnd = "/evidence-log";
const saltBytes = 32;

/** Finds all faults. @param publicKeys of whom you trust, as C2SP signed-note writes a key */
export async function verifyBundle(
  files: BundleFiles,
  publicKeys: readonly string[],
): Promise<VerifiedBundle> {
  const faults = await faultsOfSums(files, publicKeys);
  const digest = readJson(files, "digest.json", faults) as BundledDigest | undefined;
  const custody = readJson(files, "custody.json", faults) as BundledCustody | undefined;
  const found = { ...nothing, faults, logged: [], notLogged: [] };
  const title = typeof digest?.digest?.title === "string" ? digest.digest.title : undefined;
  if (!digest || !custody) return { ...found, title };
  try {
    return { ...found, title, ...(await verifyCustody({ files, digest, custody }, publicKeys, faults)) };
  } catch {
    // Whatever is not there or of another kind than it has to be.
    faults.push({ part: "custody.json", what: "is not what Vigil writes" });
    return { ...found, title };
  }
}

// What a bundle's files hold, as far as it is read here.
type BundledDigest = {
  digest: { id: string; title: string } & Record<string, unknown>;
  pictures: { momentId: string; file: string; sealedSha256: string; missing: string | null }[];
};
type BundledLeaf = { subject: string; leaf: string; position: number; proof: string[] };
type BundledCustody = {
  checkpoint: { note: string; timeStamp?: { token: string } | null } | null;
  leaves: BundledLeaf[];
  notLogged: string[];
};
type Statement = Partial<Record<"kind" | "moment" | "digest" | "sha256" | "told", unknown>>;

async function faultsOfSums(files: BundleFiles, publicKeys: readonly string[]): Promise<BundleFault[]> {
  const [sums, signature] = [files.get(sumsFile), files.get(signatureFile)];
  if (!sums) return [{ part: sumsFile, what: "is missing" }];
  if (!signature) return [{ part: signatureFile, what: "is missing" }];
  const list = new TextDecoder().decode(sums);
  const differing: BundleFault[] = [];
  const listed = new Set([sumsFile, signatureFile]);
  let isList = true;
  for (const line of list.replace(/\n$/, "").split("\n")) {
    const [, sum, name = ""] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    isList &&= sum !== undefined;
    listed.add(name);
    const bytes = files.get(name);
    if (!bytes) differing.push({ part: name || sumsFile, what: "is missing" });
    else if (toHex(await sha256(bytes)) !== sum) differing.push({ part: name, what: "was changed" });
  }
  const added = [...files.keys()]
    .filter((name) => !listed.has(name))
    .map((part) => ({ part, what: "is not of the bundle: somebody has put it there" }));
  const isSigned = await isSignedBy(list, new TextDecoder().decode(signature), publicKeys);
  if (isSigned) return [...differing, ...added];
  // Without a signature the list proves nothing against a file: it is the list that was changed, or what signs it.
  return isList && differing.length === 0 && added.length === 0
    ? [{ part: signatureFile, what: "is of no key that you trust" }]
    : [{ part: sumsFile, what: "is not what was signed by a key that you trust" }];
}

async function isSignedBy(list: string, signature: string, publicKeys: readonly string[]): Promise<boolean> {
  return (await openNote(`${list}\n${signature}`, publicKeys)) === list;
}

function readJson(files: BundleFiles, name: string, faults: BundleFault[]): unknown {
  const bytes = files.get(name);
  if (!bytes) {
    if (!faults.some(({ part }) => part === name)) faults.push({ part: name, what: "is missing" });
    return undefined;
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    faults.push({ part: name, what: "is not JSON" });
    return undefined;
  }
}

type Whole = { files: BundleFiles; digest: BundledDigest; custody: BundledCustody };

async function verifyCustody(
  { files, digest, custody }: Whole,
  publicKeys: readonly string[],
  faults: BundleFault[],
): Promise<Omit<VerifiedBundle, "faults" | "title">> {
  const { leaves, notLogged } = custody;
  if (custody.checkpoint === null) return { ...nothing, logged: [], notLogged };
  const text = await openNote(custody.checkpoint.note, publicKeys);
  const checkpoint = text === undefined ? undefined : readCheckpoint(text);
  if (!checkpoint?.origin.endsWith(originEnd)) {
    faults.push({ part: "checkpoint", what: "is not signed by a key that you trust, or of another log" });
    return { ...nothing, logged: [], notLogged };
  }
  const stamp = await stampOf(custody.checkpoint);
  if (stamp && "fault" in stamp) faults.push({ part: "time stamp of the checkpoint", what: stamp.fault });
  const proved: { subject: string; statement: Statement }[] = [];
  for (const one of leaves) {
    const statement = await provedStatement(one, checkpoint);
    if (statement) proved.push({ subject: one.subject, statement });
    else faults.push({ part: `leaf of ${one.subject}`, what: "is not in the log of the checkpoint" });
  }
  faults.push(...(await faultsOfPictures({ files, digest, custody }, proved)));
  faults.push(...(await faultsOfWords({ files, digest, custody }, proved)));
  return {
    checkpoint,
    signedAt: checkpoint.further.find((line) => line.startsWith("time "))?.slice("time ".length),
    timeStamp: stamp && "at" in stamp ? stamp : undefined,
    logged: [...new Set(proved.map(({ subject }) => subject))],
    notLogged,
  };
}

async function stampOf({
  note,
  timeStamp,
}: NonNullable<BundledCustody["checkpoint"]>): Promise<TimeStamp | { fault: string } | undefined> {
  if (timeStamp === undefined || timeStamp === null) return undefined;
  const token = fromBase64(timeStamp.token);
  return token ? verifyTimeStamp(token, new TextEncoder().encode(note)) : { fault: "is not a time stamp" };
}

/** What a leaf says, if it is in the log and of what it is said to be; undefined otherwise. */
async function provedStatement(
  { subject, leaf, position, proof }: BundledLeaf,
  { size, root }: Checkpoint,
): Promise<Statement | undefined> {
  const bytes = fromBase64(leaf);
  const hashes = proof.map(fromBase64);
  if (!bytes || !hashes.every((hash) => hash !== undefined)) return undefined;
  const claim = { leafHash: await leafHashes([bytes]), index: position, size, proof: hashes, root };
  if (!(await isIncluded(claim))) return undefined;
  const statement = JSON.parse(new TextDecoder().decode(bytes.subarray(saltBytes))) as Statement;
  const isOf = statement.kind === "digest" ? statement.digest : statement.moment;
  return isOf === subject ? statement : undefined;
}

type Proved = readonly { subject: string; statement: Statement }[];

async function faultsOfPictures({ files, digest, custody }: Whole, proved: Proved): Promise<BundleFault[]> {
  const faults: BundleFault[] = [];
  for (const { momentId, file, sealedSha256, missing } of digest.pictures) {
    const leaf = proved.find(({ subject }) => subject === momentId);
    if (!leaf) {
      if (custody.notLogged.includes(momentId)) continue;
      faults.push({ part: file, what: "has no leaf in the log" });
      continue;
    }
    if (leaf.statement.sha256 !== sealedSha256) {
      faults.push({ part: "digest.json", what: `says another hash of ${file} than the log` });
    }
    if (missing !== null) continue;
    const bytes = files.get(file);
    if (bytes && toHex(await sha256(bytes)) !== leaf.statement.sha256) {
      faults.push({ part: file, what: "is not the picture that was logged" });
    }
  }
  return faults;
}

async function faultsOfWords({ digest, custody }: Whole, proved: Proved): Promise<BundleFault[]> {
  const { id, level, title, summary, timeline, counts, reasons, recommendation, occurredAt } = digest.digest;
  if (custody.notLogged.includes(id)) return [];
  const said = proved.filter(({ subject }) => subject === id);
  if (said.length === 0) return [{ part: "digest.json", what: "has no leaf in the log" }];
  const words = { level, title, summary, timeline, counts, reasons, recommendation, occurredAt };
  const told = toHex(await sha256(new TextEncoder().encode(canonical(words))));
  return said.some(({ statement }) => statement.told === told)
    ? []
    : [{ part: "digest.json", what: "does not say what was logged" }];
}

/** Whether these are the files of a bundle. */
export function isBundle(names: Iterable<string>): boolean {
  return new Set(names).has(sumsFile);
}

/** The file that signs a list of sums, out of its signed note. */
export function signatureOf(note: string): string {
  return note.slice(note.lastIndexOf("\n\n") + 2);
}
