/**
 * A thread that decodes. The decoding itself runs in libvips' own threads; what runs here is the copy into shared
 * memory and the fingerprint, and what is collected here is the garbage of a megabyte an image.
 */
import { parentPort } from "node:worker_threads";
import { freeNow } from "../../bounds/free-now.ts";
import { type DecodedImage, decode } from "./decode-image.ts";
import type { FromDecodeThread, ToDecodeThread } from "./messages.ts";
import { UnreadableImage } from "./unreadable-image.ts";

if (!parentPort) throw new Error("decode-worker.ts runs in a worker thread; createDecoder() starts it");
const port = parentPort;

type Question = Extract<ToDecodeThread, { kind: "decode" }>;

async function answer(asked: Question): Promise<FromDecodeThread> {
  const { id, bytes, options, memory } = asked;
  try {
    return { kind: "decoded", id, image: await decode(bytes, options, memory) };
  } catch (error) {
    if (error instanceof UnreadableImage) {
      return { kind: "unreadable", id, reason: error.reason, detail: error.message };
    }
    return { kind: "failed", id, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    freeNow(bytes);
  }
}

/** Moved, not copied: nothing here reads a fingerprint again. */
function movable({ fingerprint: { cells, quarters } }: DecodedImage): ArrayBuffer[] {
  return [cells.buffer, quarters.buffer];
}

async function answerAndSay(asked: Question): Promise<void> {
  const said = await answer(asked);
  port.postMessage(said, said.kind === "decoded" ? movable(said.image) : []);
}

const underWay = new Set<Promise<void>>();

port.on("message", (message: ToDecodeThread) => {
  if (message.kind === "close") {
    void Promise.all(underWay).finally(() => port.close());
    return;
  }
  const answering = answerAndSay(message).finally(() => underWay.delete(answering));
  underWay.add(answering);
});
