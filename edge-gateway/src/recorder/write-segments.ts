/**
 * One camera's stream as it comes, written into the ring segment by segment. Never makes whoever brings the bytes wait: what
 * the disk does not take in time is dropped as a whole segment, counted and told.
 */
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Ring } from "./ring.ts";
import type { Kind } from "./segment.ts";
import { createSegmentSplitter } from "./split-segments.ts";

/** What waits for the disk at most. */
const waitingBytesMax = 8 * 1024 * 1024;

export type SegmentWriter = {
  push(bytes: Buffer): void;
  /** The camera has gone: the segment that had begun is none. */
  interrupt(): void;
  readonly written: number;
  readonly dropped: number;
  /** Waits for the disk. */
  stop(): Promise<void>;
};

export type SegmentWriterOptions = {
  camera: string;
  ring: Ring;
  wallMs: () => number;
  /** What a segment that began then is kept for. */
  kindOf: (fromMs: number) => Kind;
  /** One disk works one thing after another. */
  inTurn: (work: () => Promise<void>) => Promise<void>;
  onDropped: (why: string) => void;
};

type Part = { startMs: number; bytes: number; file?: FileHandle; failure?: string };

const noRoom = "the disk has no room for it";

/** The disk's side of it: each call returns at once, and is worked in turn. */
function createPartFiles({ camera, ring, inTurn, kindOf, onDropped }: SegmentWriterOptions) {
  const counts = { waitingBytes: 0, written: 0, dropped: 0 };
  let last = Promise.resolve();

  /** Nothing more is done for a segment that has failed. */
  function work(part: Part, task: () => Promise<void>): void {
    last = inTurn(async () => {
      if (part.failure === undefined) await task();
    }).catch((error: unknown) => {
      part.failure = error instanceof Error ? error.message : String(error);
    });
  }

  async function discard(part: Part): Promise<void> {
    await part.file?.close().catch(() => undefined);
    await rm(ring.partOf(camera, part.startMs), { force: true });
    if (part.failure === undefined) return;
    counts.dropped++;
    onDropped(part.failure);
  }

  return {
    counts,
    settled: () => last,
    begin(atMs: number): Part {
      const part: Part = { startMs: Math.round(atMs), bytes: 0 };
      work(part, async () => {
        if (!(await ring.makeRoom(atMs))) throw new Error(noRoom);
        const path = ring.partOf(camera, part.startMs);
        // A camera that was added a moment ago has no folder yet.
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        part.file = await open(path, "w", 0o600);
      });
      return part;
    },
    write(part: Part, bytes: Uint8Array): void {
      const { length } = bytes;
      part.bytes += length;
      if (part.failure !== undefined) return;
      if (counts.waitingBytes + length > waitingBytesMax) {
        part.failure = "the disk does not keep up";
        return;
      }
      counts.waitingBytes += length;
      work(part, async () => {
        await part.file?.writeFile(bytes);
      });
      last = last.finally(() => {
        counts.waitingBytes -= length;
      });
    },
    end(part: Part, endMs: number): void {
      work(part, async () => {
        await part.file?.close();
        delete part.file;
        const { startMs, bytes } = part;
        const ms = Math.max(1, Math.round(endMs - startMs));
        const segment = { camera, startMs, ms, bytes, kind: kindOf(startMs) };
        await ring.add(ring.partOf(camera, startMs), segment);
        counts.written++;
      });
      last = inTurn(async () => {
        if (part.failure !== undefined) await discard(part);
      }).catch(() => undefined);
    },
    drop(part: Part, why: string | undefined): void {
      if (why !== undefined) part.failure ??= why;
      last = inTurn(() => discard(part)).catch(() => undefined);
    },
  };
}

export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const files = createPartFiles(options);
  let part: Part | undefined;
  const splitter = createSegmentSplitter({
    begin(atMs) {
      part = files.begin(atMs);
    },
    write(bytes) {
      if (part) files.write(part, bytes);
    },
    end(atMs) {
      if (part) files.end(part, atMs);
      part = undefined;
    },
    drop(why) {
      if (part) files.drop(part, why);
      part = undefined;
    },
  });
  return {
    push: (bytes) => splitter.push(bytes, options.wallMs()),
    interrupt: () => splitter.interrupt(),
    get written() {
      return files.counts.written;
    },
    get dropped() {
      return files.counts.dropped;
    },
    async stop() {
      splitter.interrupt();
      await files.settled();
    },
  };
}
