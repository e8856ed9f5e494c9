/**
 * Decoding on threads of its own, into memory that is used again.
 *
 *     const decoder = createDecoder();
 *     const { image, giveBack } = await decoder.decode(bytes, options);
 *     ...
 *     giveBack();
 *
 * An image leaves a megabyte or two of garbage behind. On the main thread each few of them make the engine walk the
 * whole heap of the worker; a thread that holds nothing else has next to nothing to walk.
 */
import { availableParallelism } from "node:os";
import { onlyOnce } from "../../bounds/only-once.ts";
import { ThreadDown } from "../worker-thread.ts";
import { canvasBytesMax, type DecodedImage, type DecodeOptions } from "./decode-image.ts";
import { createThread, type DecodeThread } from "./thread.ts";
import { UnreadableImage } from "./unreadable-image.ts";

export type LentImage = {
  image: DecodedImage;
  /** Nobody reads the pixels after this: another image is written over them. */
  giveBack: () => void;
};

export interface Decoder {
  /** Throws an `UnreadableImage` that says why, for whatever the bytes are. */
  decode(bytes: Uint8Array, options: DecodeOptions): Promise<LentImage>;
  /** After everything that was asked. */
  close(): Promise<void>;
}

export type DecoderOptions = {
  /** One for every four cores when absent: a thread draws some 600 images a second, a core unpacks 200. */
  threads?: number;
  /** The file that the threads run. */
  entry?: URL;
};

const ownEntry = new URL("./decode-worker.ts", import.meta.url);
const coresPerThread = 4;

export function createDecoder(options: DecoderOptions = {}): Decoder {
  const { threads = Math.ceil(availableParallelism() / coresPerThread), entry = ownEntry } = options;
  const pool = Array.from({ length: threads }, () => createThread(entry));
  const memory = createMemory();
  return {
    async decode(bytes, decodeOptions) {
      const piece = memory.take(canvasBytesMax(decodeOptions.inputSize));
      try {
        const image = await idlest(pool)
          .decode(bytes, decodeOptions, piece)
          .catch((error: unknown) => {
            if (!(error instanceof ThreadDown)) throw error;
            return decodeAlone(entry, bytes, decodeOptions, piece);
          });
        return { image, giveBack: onlyOnce(() => memory.giveBack(piece)) };
      } catch (error) {
        memory.giveBack(piece);
        throw error;
      }
    },
    async close() {
      await Promise.all(pool.map((thread) => thread.close()));
    },
  };
}

function idlest(pool: readonly DecodeThread[]): DecodeThread {
  const [first, ...others] = pool;
  if (!first) throw new Error("expected one decoding thread at least, got none");
  return others.reduce((least, other) => (other.inHand < least.inHand ? other : least), first);
}

/** An image under which a thread has ended, or one that was beside it, gets a thread that nobody shares. */
async function decodeAlone(
  entry: URL,
  bytes: Uint8Array,
  options: DecodeOptions,
  memory: SharedArrayBuffer,
): Promise<DecodedImage> {
  const thread = createThread(entry);
  try {
    return await thread.decode(bytes, options, memory);
  } catch (error) {
    if (error instanceof ThreadDown) {
      throw new UnreadableImage("corrupt", "two threads ended while they decoded it");
    }
    throw error;
  } finally {
    await thread.close();
  }
}

/** Pieces of shared memory, used again. There are as many as were ever lent at once: the pipe bounds that. */
function createMemory() {
  const free: SharedArrayBuffer[] = [];
  return {
    take(bytes: number): SharedArrayBuffer {
      const index = free.findLastIndex((piece) => piece.byteLength === bytes);
      const [piece = new SharedArrayBuffer(bytes)] = index < 0 ? [] : free.splice(index, 1);
      return piece;
    },
    giveBack(piece: SharedArrayBuffer): void {
      free.push(piece);
    },
  };
}
