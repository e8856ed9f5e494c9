/**
 * Decoding in processes of its own, into memory that is used again.
 *
 *     const decoder = createDecoder({ inputSize: 640, imagesMax: 24 });
 *     const { image, giveBack } = await decoder.decode(bytes, options, { accountId, priority, signal });
 *     ...
 *     giveBack();
 *
 * Nobody can end a decoder that is stuck but with its process. So each process has one picture at a time, which ends
 * with it at a deadline; accounts take turns by the time that their pictures take; and the pictures that are decoded at
 * once have a bound of pixels together, as a large one can take hundreds of megabytes.
 */
import { availableParallelism } from "node:os";
import { evidence, worker } from "@vigil/core/limits";
import { onlyOnce } from "../../bounds/only-once.ts";
import { canvasBytesMax, type DecodedImage, type DecodeOptions } from "./decode-image.ts";
import { createPatience } from "./patience.ts";
import { createProcess, type Decoded, type DecodeProcess, ProcessDown } from "./process.ts";
import { readHeader } from "./read-header.ts";
import { createTurns, type Turn } from "./turns.ts";
import { UnreadableImage } from "./unreadable-image.ts";

export type LentImage = {
  image: DecodedImage;
  /** Milliseconds from the beginning of its turn. */
  ms: number;
  /** Nobody reads the pixels after this: another image is written over them. */
  giveBack: () => void;
};

export type DecodeTurn = Turn & { signal: AbortSignal };

export interface Decoder {
  /**
   * Throws an `UnreadableImage` that says why, for whatever the bytes are, and the signal's reason when it fires before
   * the turn has come.
   */
  decode(bytes: Uint8Array, options: DecodeOptions, turn: DecodeTurn): Promise<LentImage>;
  /** After everything that was asked. */
  close(): Promise<void>;
}

export type DecoderOptions = {
  /** The longest side of a canvas, in pixels. */
  inputSize: number;
  /** Images that are lent at once. */
  imagesMax: number;
  /** One for every core when absent. */
  processes?: number;
  /** The file that the processes run. */
  entry?: URL;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
};

type Waiting = DecodeTurn & {
  bytes: Uint8Array;
  options: DecodeOptions;
  pixels: number;
  answer: PromiseWithResolvers<LentImage>;
};

const ownEntry = new URL("./decode-process.ts", import.meta.url);

export function createDecoder(options: DecoderOptions): Decoder {
  const { inputSize, imagesMax, entry = ownEntry, now = () => performance.now() } = options;
  const count = options.processes ?? availableParallelism();
  const pool = Array.from({ length: count }, () => createProcess({ entry, inputSize }));
  const idle = [...pool];
  const pixelsMax = Math.max(evidence.pixelsMax, count * worker.pixelsDecodedPerProcessMax);
  const turns = createTurns<Waiting>(now);
  const patience = createPatience(now);
  const memory = createMemory(inputSize);
  const underWay = new Set<Promise<void>>();
  let pixels = 0;

  /** The next one is not overtaken by smaller ones while it waits for room. */
  function serve(): void {
    for (let next = turns.next; next; next = turns.next) {
      const process = idle.at(-1);
      if (!process || memory.lent >= imagesMax || pixels + next.pixels > pixelsMax) return;
      idle.pop();
      const work = decodeNow(next, process).finally(() => underWay.delete(work));
      underWay.add(work);
    }
  }

  async function decodeNow(asked: Waiting, process: DecodeProcess): Promise<void> {
    const { accountId, answer } = asked;
    const endTurn = turns.begin(asked);
    const startedAt = now();
    pixels += asked.pixels;
    const piece = memory.take();
    const giveBack = onlyOnce(() => {
      memory.giveBack(piece);
      serve();
    });
    try {
      const msMax = patience.msFor(accountId, asked.pixels);
      const decoded = await decodeTwiceAtMost(process, { ...asked, memory: piece }, msMax);
      patience.spend(accountId, asked.pixels, decoded.cpuMs);
      if ("error" in decoded) throw decoded.error;
      asked.signal.throwIfAborted();
      answer.resolve({ image: decoded.image, ms: now() - startedAt, giveBack });
    } catch (error) {
      answer.reject(error);
      giveBack();
    } finally {
      endTurn();
      pixels -= asked.pixels;
      idle.push(process);
      serve();
    }
  }

  return {
    async decode(bytes, decodeOptions, turn) {
      turn.signal.throwIfAborted();
      const { width, height } = readHeader(bytes, decodeOptions);
      const answer = Promise.withResolvers<LentImage>();
      const waiting: Waiting = { ...turn, bytes, options: decodeOptions, pixels: width * height, answer };
      const leave = () => {
        turns.remove(waiting);
        answer.reject(turn.signal.reason);
      };
      turns.add(waiting);
      turn.signal.addEventListener("abort", leave, { once: true });
      serve();
      try {
        return await answer.promise;
      } finally {
        turn.signal.removeEventListener("abort", leave);
      }
    },
    async close() {
      while (underWay.size > 0) await Promise.all(underWay);
      await Promise.all(pool.map((process) => process.close()));
    },
  };
}

/** A process may end for reasons that are not the picture's, such as a lack of memory: the picture gets another one. */
async function decodeTwiceAtMost(
  process: DecodeProcess,
  asked: Parameters<DecodeProcess["decode"]>[0],
  msMax: number,
): Promise<Decoded> {
  try {
    return await process.decode(asked, msMax);
  } catch (error) {
    if (!(error instanceof ProcessDown)) throw error;
  }
  try {
    return await process.decode(asked, msMax);
  } catch (error) {
    if (!(error instanceof ProcessDown)) throw error;
    const unreadable = new UnreadableImage("corrupt", "two processes ended while they decoded it", error);
    return { cpuMs: msMax, error: unreadable };
  }
}

/** Pieces of shared memory, used again: as many as were ever lent at once. */
function createMemory(inputSize: number) {
  const free: SharedArrayBuffer[] = [];
  let lent = 0;
  return {
    get lent() {
      return lent;
    },
    take(): SharedArrayBuffer {
      lent += 1;
      return free.pop() ?? new SharedArrayBuffer(canvasBytesMax(inputSize));
    },
    giveBack(piece: SharedArrayBuffer): void {
      lent -= 1;
      free.push(piece);
    },
  };
}
