/**
 * A decoding thread without a decoder, for tests of what stands before it: bytes that begin with 1 end the thread,
 * others come back as the first of the pixels.
 */
import { parentPort } from "node:worker_threads";
import type { FromDecodeThread, ToDecodeThread } from "../src/pipe/decode/messages.ts";

const port = parentPort;
if (!port) throw new Error("scripted-decode-worker.ts runs in a worker thread");

port.on("message", (message: ToDecodeThread) => {
  if (message.kind === "close") {
    port.close();
    return;
  }
  const { id, bytes, memory } = message;
  if (bytes[0] === 1) process.exit(9);
  const pixels = new Uint8Array(memory, 0, 3);
  pixels[0] = bytes[0] ?? 0;
  const answer: FromDecodeThread = {
    kind: "decoded",
    id,
    image: {
      pixels,
      canvas: { width: 1, height: 1 },
      width: 1,
      height: 1,
      letterbox: { scale: 1, padX: 0, padY: 0 },
      flaws: [],
      fingerprint: {
        columns: 0,
        rows: 0,
        cells: new Uint8Array(0),
        quarters: new Uint8Array(0),
        hash: [0, 0],
      },
    },
  };
  port.postMessage(answer, []);
});
