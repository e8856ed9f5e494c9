/** One decoding thread, seen from the main thread. */
import { Worker } from "node:worker_threads";
import type { DecodedImage, DecodeOptions } from "./decode-image.ts";
import type { FromDecodeThread, ToDecodeThread } from "./messages.ts";
import { UnreadableImage } from "./unreadable-image.ts";

export type DecodeThread = {
  /** Asked and not answered yet. */
  readonly inHand: number;
  /** Throws `UnreadableImage`, or `ThreadDown` when the thread ended under it. A thread that is down is replaced. */
  decode(bytes: Uint8Array, options: DecodeOptions, memory: SharedArrayBuffer): Promise<DecodedImage>;
  /** Ends the thread after everything that was asked. */
  close(): Promise<void>;
};

/** The thread ended; what it had in hand is undone. */
export class ThreadDown extends Error {
  override readonly name = "ThreadDown";
}

export function createThread(entry: URL): DecodeThread {
  let running: Running | undefined;
  return {
    get inHand() {
      return running?.asked.size ?? 0;
    },
    decode(bytes, options, memory) {
      if (!running || running.isDown) running = launch(entry);
      return running.ask({ bytes, options, memory });
    },
    async close() {
      await running?.close();
    },
  };
}

type Question = { bytes: Uint8Array; options: DecodeOptions; memory: SharedArrayBuffer };

type Running = {
  readonly asked: ReadonlyMap<number, PromiseWithResolvers<DecodedImage>>;
  readonly isDown: boolean;
  ask(question: Question): Promise<DecodedImage>;
  close(): Promise<void>;
};

function launch(entry: URL): Running {
  const worker = new Worker(entry, { name: "decode" });
  const asked = new Map<number, PromiseWithResolvers<DecodedImage>>();
  const ended = Promise.withResolvers<void>();
  let isDown = false;
  let last = 0;
  let cause: unknown;
  worker.on("message", (message: FromDecodeThread) => {
    const answer = asked.get(message.id);
    asked.delete(message.id);
    if (message.kind === "decoded") answer?.resolve(message.image);
    else answer?.reject(errorOf(message));
  });
  worker.on("error", (error) => {
    cause = error;
  });
  worker.on("exit", (code) => {
    isDown = true;
    for (const { reject } of asked.values()) {
      reject(new ThreadDown(`the decoding thread ended with code ${code}`, { cause }));
    }
    asked.clear();
    ended.resolve();
  });
  return {
    asked,
    get isDown() {
      return isDown;
    },
    ask(question) {
      const answer = Promise.withResolvers<DecodedImage>();
      last += 1;
      asked.set(last, answer);
      worker.postMessage({ kind: "decode", id: last, ...question } satisfies ToDecodeThread, []);
      return answer.promise;
    },
    async close() {
      worker.postMessage({ kind: "close" } satisfies ToDecodeThread, []);
      await ended.promise;
    },
  };
}

function errorOf(message: Exclude<FromDecodeThread, { kind: "decoded" }>): Error {
  return message.kind === "unreadable"
    ? new UnreadableImage(message.reason, message.detail)
    : new Error(`decoding failed: ${message.reason}`);
}
