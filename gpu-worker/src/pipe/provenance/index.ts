/**
 * Where a picture says that it comes from: its C2PA manifest and what IPTC fields say, read and verified without a network.
 * A file without a manifest, as nearly all are, costs a search in its bytes; others are read on a thread of their own, whose
 * memory and time are bounded, and accounts take turns.
 */
import type { Provenance } from "@vigil/core/authenticity/wire";
import { createTurns, type Turn } from "../decode/turns.ts";
import { type Reply, startThread, type WorkerThread } from "../worker-thread.ts";
import { findTraces, type Traces } from "./find-traces.ts";
import { judgeStore } from "./judge-store.ts";
import type { FromManifests, ManifestSettings, ToManifests } from "./messages.ts";

export interface ProvenanceReader {
  /** Never rejects: what cannot be read is `unreadable`, and says why in a code. `bytes` are lent until it resolves. */
  read(bytes: Uint8Array, contentType: string, turn: Turn): Promise<Provenance>;
  close(): Promise<void>;
}

type Answer = { store: string } | { fault: string; isSpent: boolean };
type Thread = WorkerThread<ToManifests, Answer>;
type Waiting = Turn & { bytes: Uint8Array; contentType: string; answer: PromiseWithResolvers<Answer> };

const entry = new URL("./manifest-worker.ts", import.meta.url);
const startMsMax = 60_000;
/** A picture of 5 MiB takes a fraction of a second, and 24 MiB. */
const usually = { readMsMax: 10_000, memoryBytesMax: 128 * 1024 * 1024 };

export type ProvenanceOptions = Partial<typeof usually> & { trustAnchors?: string };

export function createProvenanceReader(options: ProvenanceOptions = {}): ProvenanceReader {
  const { readMsMax, memoryBytesMax, trustAnchors = "" } = { ...usually, ...options };
  const data: ManifestSettings = { trustAnchors, memoryBytesMax };
  const turns = createTurns<Waiting>(() => performance.now());
  let thread: Promise<Thread> | undefined;
  let serving: Promise<void> | undefined;
  let isClosed = false;

  /** The thread begins with the first manifest: a worker that never meets one has none. */
  async function running(): Promise<Thread> {
    const known = await thread?.catch(() => undefined);
    if (known && !known.isDown) return known;
    thread = startThread<ToManifests, FromManifests, Answer>({
      name: "reader of manifests",
      entry,
      data,
      startMsMax,
      read: replyOf,
    });
    return thread;
  }
  async function readNow({ bytes, contentType }: Waiting): Promise<Answer> {
    if (isClosed) throw new Error("the reader of manifests is closed");
    const asked = await running();
    const answer = await asked.ask(() => ({ kind: "read", bytes, contentType }), { msMax: readMsMax });
    if ("fault" in answer && answer.isSpent) asked.abandon(new Error(answer.fault));
    return answer;
  }
  async function serve(): Promise<void> {
    for (let next = turns.next; next; next = turns.next) {
      const endTurn = turns.begin(next);
      await readNow(next).then(next.answer.resolve, next.answer.reject);
      endTurn();
    }
    serving = undefined;
  }
  return {
    async read(bytes, contentType, { accountId, priority }) {
      const traces = findTraces(bytes);
      if (!traces.manifest && !traces.remote) return withTraces({ status: "absent", codes: [] }, traces);
      const answer = Promise.withResolvers<Answer>();
      turns.add({ accountId, priority, bytes, contentType, answer });
      serving ??= serve();
      return withTraces(await judged(answer.promise), traces);
    },
    async close() {
      isClosed = true;
      await serving;
      const started = await thread?.catch(() => undefined);
      await started?.close();
    },
  };
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
