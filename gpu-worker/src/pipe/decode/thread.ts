/** One decoding thread, seen from the main thread. One that is down is replaced when it is next asked. */
import { launchThread, type Reply, type WorkerThread } from "../worker-thread.ts";
import type { DecodedImage, DecodeOptions } from "./decode-image.ts";
import type { FromDecodeThread, ToDecodeThread } from "./messages.ts";
import { UnreadableImage } from "./unreadable-image.ts";

export type DecodeThread = {
  /** Asked and not answered yet. */
  readonly inHand: number;
  /** Throws `UnreadableImage`, or `ThreadDown` when the thread ended under it. */
  decode(bytes: Uint8Array, options: DecodeOptions, memory: SharedArrayBuffer): Promise<DecodedImage>;
  /** Ends the thread after everything that was asked. */
  close(): Promise<void>;
};

export function createThread(entry: URL): DecodeThread {
  let running: WorkerThread<ToDecodeThread, DecodedImage> | undefined;
  return {
    get inHand() {
      return running?.inHand ?? 0;
    },
    decode(bytes, options, memory) {
      if (!running || running.isDown) running = launchThread({ name: "decoding thread", entry, read });
      return running.ask((id) => ({ kind: "decode", id, bytes, options, memory }));
    },
    async close() {
      await running?.close();
    },
  };
}

function read(message: FromDecodeThread): Reply<DecodedImage> {
  const { id } = message;
  if (message.kind === "decoded") return { kind: "answer", id, answer: message.image };
  const error =
    message.kind === "unreadable"
      ? new UnreadableImage(message.reason, message.detail)
      : new Error(`decoding failed: ${message.reason}`);
  return { kind: "error", id, error };
}
