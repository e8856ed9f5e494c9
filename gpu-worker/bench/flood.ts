/** Chunks of runs for a worker under test: so many, or without end. Every picture in them is new. */
import { createHash } from "node:crypto";
import * as Id from "@vigil/core/id";
import type { ChunkItem } from "@vigil/core/run/wire";
import { signJob } from "../testing/signing.ts";
import type { TestWorld } from "../testing/test-world.ts";
import { waitUntil } from "../testing/wait-until.ts";

export interface Flood {
  /** Sends chunks with as many items, and waits for the last report. Resolves with the seconds that it took. */
  seconds(items: number): Promise<number>;
  /** Resolves when the worker has reported a first chunk; more come until `end`. */
  begin(): Promise<void>;
  /** Resolves when the worker has dropped what is left. */
  end(): Promise<void>;
  readonly findings: { all: number; inspected: number; hashes: number; embeddings: number };
}

const chunkSize = 64;
/** Chunks in the queue of a flood: the worker takes two at a time. */
const chunksQueued = 4;
const urlSeconds = 3_600;
const msMax = 600_000;

export function openFlood({ api, host, queues }: TestWorld, frames: readonly Uint8Array[]): Flood {
  const open = new Map<string, ChunkItem[]>();
  const findings = { all: 0, inspected: 0, hashes: 0, embeddings: 0 };
  let objects = 0;
  let isWanted = true;
  let reported = 0;
  let refill: (() => Promise<void>) | undefined;

  function makeItem(no: number): ChunkItem {
    objects += 1;
    const frame = frames[objects % frames.length] ?? new Uint8Array();
    // Decoders ignore what follows the end of a JPEG; the hash does not: no cache knows these bytes.
    const bytes = Buffer.concat([frame, Buffer.from(`run${String(objects).padStart(12, "0")}`)]);
    const path = `/runs/${objects}.jpg`;
    host.put(path, bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { no, ...host.url(path, urlSeconds), sha256, bytes: bytes.length, contentType: "image/jpeg" };
  }

  async function sendChunk(size: number): Promise<void> {
    const runId = Id.create("run");
    open.set(
      runId,
      Array.from({ length: size }, (_, no) => makeItem(no)),
    );
    const job = {
      v: 1,
      runId,
      chunk: 0,
      step: 0,
      accountId: Id.create("account"),
      model: null,
      embeddings: true,
    } as const;
    const requestedAt = new Date().toISOString();
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await queues.bulk.send(signJob({ ...job, requestedAt, traceparent }));
  }

  function close(runId: string): void {
    for (const { url } of open.get(runId) ?? []) host.remove(new URL(url).pathname);
    open.delete(runId);
  }

  api.itemsOf = (runId) => open.get(runId) ?? [];
  api.intercept = (route, runId) => {
    if (route === "items" && !isWanted) {
      close(runId);
      return { status: 409, body: { code: "chunk-not-wanted", detail: "the flood is over" } };
    }
    return undefined;
  };
  api.onChunk = (runId, report) => {
    for (const { outcome, hash, embedding } of report.findings) {
      findings.all += 1;
      if (outcome === "inspected") findings.inspected += 1;
      if (hash !== null) findings.hashes += 1;
      if (embedding !== undefined) findings.embeddings += 1;
    }
    api.chunks.delete(`${runId}/${report.chunk}`);
    close(runId);
    reported += 1;
    void refill?.();
  };

  return {
    findings,
    async seconds(items) {
      const chunks = Math.ceil(items / chunkSize);
      const last = reported + chunks;
      const startedAt = performance.now();
      for (let left = items; left > 0; left -= chunkSize) await sendChunk(Math.min(left, chunkSize));
      await waitUntil(() => reported >= last, { what: "reports of chunks", msMax });
      return (performance.now() - startedAt) / 1000;
    },
    async begin() {
      const first = reported + 1;
      refill = () => sendChunk(chunkSize);
      for (let sent = 0; sent < chunksQueued; sent += 1) await sendChunk(chunkSize);
      await waitUntil(() => reported >= first, { what: "a report of a chunk", msMax });
    },
    async end() {
      refill = undefined;
      isWanted = false;
      await waitUntil(() => queues.count("bulk") === 0, { what: "an empty queue", msMax });
      isWanted = true;
    },
  };
}
