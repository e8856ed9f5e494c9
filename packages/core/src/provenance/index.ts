/**
 * Where a file says that it comes from: its C2PA manifest and what IPTC fields say, read and verified without a network.
 * A file without a manifest, as nearly all are, costs a search in its bytes; others are read one after the other on a thread
 * of their own, whose memory and time are bounded.
 *
 *     const manifests = createManifestReader();
 *     const { status } = await manifests.read(bytes, "image/jpeg");
 */
import { read } from "node:fs";
import { promisify } from "node:util";
import type { Provenance } from "../authenticity/wire.ts";
import { type Reply, startThread, type WorkerThread } from "../platform/worker-thread.ts";
import { findTraces, findTracesInPieces, type Traces } from "./find-traces.ts";
import { judgeStore } from "./judge-store.ts";
import type { FromManifests, ManifestSettings, OpenFile, ToManifests } from "./messages.ts";

export { findGenerator } from "./find-generator.ts";
export type { OpenFile } from "./messages.ts";

export interface ManifestReader {
  /** Never rejects: what cannot be read is `unreadable`, and says why in a code. `bytes` are lent until it resolves. */
  read(bytes: Uint8Array, contentType: string): Promise<Provenance>;
  /** The same of a file that is too large for memory; it stays open until it resolves. */
  readFile(file: OpenFile, contentType: string): Promise<Provenance>;
  close(): Promise<void>;
}

type Answer = { store: string } | { fault: string; isSpent: boolean };
type Thread = WorkerThread<ToManifests, Answer>;

const startMsMax = 60_000;
/** A picture of 5 MiB takes a fraction of a second, and 24 MiB. */
const usually = { readMsMax: 10_000, memoryBytesMax: 128 * 1024 * 1024 };

export type ManifestReaderOptions = Partial<typeof usually> & {
  /** Certificates of those whose signatures are trusted, PEM; empty: nobody's. */
  trustAnchors?: string;
  /** Where the thread's file is, where it does not lie beside this one: in a bundle. */
  entry?: URL;
};

export function createManifestReader(options: ManifestReaderOptions = {}): ManifestReader {
  const { readMsMax, memoryBytesMax, trustAnchors = "", entry } = { ...usually, ...options };
  const data: ManifestSettings = { trustAnchors, memoryBytesMax };
  let thread: Promise<Thread> | undefined;
  /** The one that was asked last, and all before it. */
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  /** The thread begins with the first manifest: a process that never meets one has none. */
  async function running(): Promise<Thread> {
    const known = await thread?.catch(() => undefined);
    if (known && !known.isDown) return known;
    thread = startThread<ToManifests, FromManifests, Answer>({
      name: "reader of manifests",
      entry: entry ?? new URL("./manifest-worker.ts", import.meta.url),
      data,
      startMsMax,
      read: replyOf,
      // A clock is set for whatever it is asked: that alone keeps the process.
      holdsProcess: false,
    });
    return thread;
  }
  async function ask(question: ToManifests): Promise<Answer> {
    if (isClosed) throw new Error("the reader of manifests is closed");
    const asked = await running();
    const answer = await asked.ask(() => question, { msMax: readMsMax });
    if ("fault" in answer && answer.isSpent) asked.abandon(new Error(answer.fault));
    return answer;
  }
  async function askInTurn(question: ToManifests): Promise<Provenance> {
    const answer = last.then(() => ask(question));
    last = answer.catch(() => undefined);
    return judged(answer);
  }
  return {
    async read(bytes, contentType) {
      const plain = readUnsigned(bytes);
      if (plain) return plain;
      return withTraces(await askInTurn({ kind: "read", bytes, contentType }), findTraces(bytes));
    },
    async readFile(file, contentType) {
      const traces = await findTracesInPieces(file.bytes, (from, length) => readPiece(file, from, length));
      if (!traces.manifest && !traces.remote) return withTraces({ status: "absent", codes: [] }, traces);
      return withTraces(await askInTurn({ kind: "read-file", file, contentType }), traces);
    },
    async close() {
      isClosed = true;
      await last;
      const started = await thread?.catch(() => undefined);
      await started?.close();
    },
  };
}

/** What a file without a manifest says, for which nobody waits; undefined: it has one, or something that looks like one. */
export function readUnsigned(bytes: Uint8Array): Provenance | undefined {
  const traces = findTraces(bytes);
  return traces.manifest || traces.remote ? undefined : withTraces({ status: "absent", codes: [] }, traces);
}

const readAt = promisify(read);

async function readPiece({ descriptor }: OpenFile, from: number, length: number): Promise<Uint8Array> {
  const piece = Buffer.allocUnsafe(length);
  const { bytesRead } = await readAt(descriptor, piece, 0, length, from);
  return piece.subarray(0, bytesRead);
}

function replyOf(message: FromManifests): Reply<Answer> {
  if (message.kind === "read") return { kind: "answer", answer: { store: message.store } };
  if (message.kind !== "fault") return message;
  return { kind: "answer", answer: { fault: message.reason, isSpent: message.isSpent } };
}

async function judged(asked: Promise<Answer>): Promise<Provenance> {
  try {
    const answer = await asked;
    return "store" in answer ? judgeStore(JSON.parse(answer.store)) : judgeFault(answer.fault);
  } catch {
    // It took too long, or ended the thread.
    return { status: "unreadable", codes: ["reader.gave-up"] };
  }
}

/** What the reader says when there is no manifest that it can verify. */
function judgeFault(reason: string): Provenance {
  const [, kind = "unknown"] = /^C2pa\((\w+)/.exec(reason) ?? [];
  const codes = [`reader.${kind}`];
  if (kind === "JumbfNotFound") return { status: "absent", codes: [] };
  if (kind === "RemoteManifestUrl") return { status: "remote-only", codes };
  // A manifest from before the specification's first version.
  return { status: kind === "PrereleaseError" ? "legacy-or-expired" : "unreadable", codes };
}

/** What a signed manifest says of the source counts; what stands beside it as text, anybody can have written. */
function withTraces(provenance: Provenance, { sourceTypes }: Traces): Provenance {
  const isSilent = provenance.status === "absent" || provenance.status === "remote-only";
  if (!isSilent || sourceTypes.length === 0) return provenance;
  return { ...provenance, sourceTypes, sourceTypesBy: "metadata" };
}
