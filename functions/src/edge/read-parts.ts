/** The parts of a form as they come, each handed on before the next is read. */
import { edge as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { createSplitter, decodeTransfer, isEmptyField, type Part } from "../api/multipart/index.ts";

/**
 * Reads on to the end of the body whatever becomes of its parts: many a client reads no answer before it has sent all.
 * @throws what splitting a form throws, and `body-too-large`
 */
export async function* readParts(
  contentType: string,
  body: ReadableStream<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<Part> {
  const splitter = createSplitter(contentType, limits.partBytesMax);
  const reader = body.getReader();
  let bytes = 0;
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      bytes += value?.byteLength ?? 0;
      if (bytes > bytesMax) throw problem("body-too-large", `expected a body of at most ${bytesMax} bytes`);
      for (const part of value ? splitter.push(value) : []) {
        if (!isEmptyField(part)) yield decodeTransfer(part);
      }
    }
    splitter.end();
  } finally {
    await drain(reader, bytesMax - bytes);
  }
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>, bytesMax: number): Promise<void> {
  let left = bytesMax;
  try {
    while (left > 0) {
      const { done, value } = await reader.read();
      if (done) return;
      left -= value.byteLength;
    }
    await reader.cancel();
  } catch {
    // Whoever sent it has gone.
  }
}
