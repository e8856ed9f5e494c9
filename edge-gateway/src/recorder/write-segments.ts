/**
 * One camera's stream as it comes, written into the ring segment by segment. Never makes whoever brings the bytes wait: what
 * the disk does not take in time is dropped as a whole segment, counted and told.
 */
import { type FileHandle, open, rm } from "node:fs/promises";
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
  /** What a segment is kept for. */
  kindOf: (fromMs: number, toMs: number) => Kind;
  /** One disk works one thing after another. */
  inTurn: (work: () => Promise<void>) => Promise<void>;
  onDropped: (why: string) => void;
};

type Part = { startMs: number; bytes: number; file?: FileHandle; failure?: string };

const noRoom = "the disk has no room for it";

export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { camera, ring, inTurn } = options;
  let part: Part | undefined;
  let [waitingBytes, written, dropped] = [0, 0, 0];
  let last = Promise.resolve();

  /** Runs in turn unless the segment has failed before; a failure is the segment's. */
  function work(of: Part, task: () => Promise<void>): void {
    last = inTurn(async () => {
      if (of.failure === undefined) await task();
    }).catch((error: unknown) => {
      of.failure = error instanceof Error ? error.message : String(error);
    });
  }

  async function discard({ startMs, file }: Part): Promise<void> {
    await file?.close().catch(() => undefined);
    await rm(ring.partOf(camera, startMs), { force: true });
  }

  /** After everything that was asked for the segment. */
  function finish(of: Part, endMs: number | undefined): void {
    if (endMs !== undefined) {
      work(of, async () => {
        await of.file?.close();
        delete of.file;
        const ms = Math.max(1, Math.round(endMs - of.startMs));
        const kind = options.kindOf(of.startMs, endMs);
        const segment = { camera, startMs: of.startMs, ms, bytes: of.bytes, kind };
        await ring.add(ring.partOf(camera, of.startMs), segment);
        written++;
      });
    }
    last = inTurn(async () => {
      if (endMs !== undefined && of.failure === undefined) return;
      await discard(of);
      if (of.failure === undefined) return;
      dropped++;
      options.onDropped(of.failure);
    }).catch(() => undefined);
  }

  const splitter = createSegmentSplitter({
    begin(atMs) {
      const begun: Part = { startMs: Math.round(atMs), bytes: 0 };
      part = begun;
      work(begun, async () => {
        if (!(await ring.makeRoom(atMs))) throw new Error(noRoom);
        begun.file = await open(ring.partOf(camera, begun.startMs), "w", 0o600);
      });
    },
    write(bytes) {
      if (!part) return;
      const current = part;
      current.bytes += bytes.length;
      if (current.failure !== undefined) return;
      if (waitingBytes + bytes.length > waitingBytesMax) {
        current.failure = "the disk does not keep up";
        return;
      }
      const { length } = bytes;
      waitingBytes += length;
      work(current, async () => {
        await current.file?.writeFile(bytes);
      });
      last = last.finally(() => {
        waitingBytes -= length;
      });
    },
    end(atMs) {
      if (part) finish(part, atMs);
      part = undefined;
    },
    drop() {
      if (part) finish(part, undefined);
      part = undefined;
    },
  });

  return {
    push: (bytes) => splitter.push(bytes, options.wallMs()),
    interrupt: () => splitter.interrupt(),
    get written() {
      return written;
    },
    get dropped() {
      return dropped;
    },
    async stop() {
      splitter.interrupt();
      await last;
    },
  };
}
