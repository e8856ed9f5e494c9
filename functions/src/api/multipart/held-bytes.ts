/** Bytes that have come and are not used up: at their end more is added, from their start some are dropped. */
export type Held = {
  /** A view, good until more is added. */
  bytes(): Buffer;
  /** How far they have been searched. */
  seen: number;
  append(chunk: Uint8Array): void;
  /** Views of what is dropped stay as they are. */
  drop(count: number): void;
};

/** @param bytesMax of which room is kept at most, unless one addition needs more */
export function createHeld(bytesMax: number): Held {
  let store: Buffer = Buffer.alloc(0);
  let start = 0;
  let end = 0;
  /** Whether somebody has a view of a part of the store, or it is somebody else's. */
  let isLent = true;
  const held: Held = {
    seen: 0,
    bytes: () => store.subarray(start, end),
    append(chunk) {
      const length = end - start;
      if (length === 0) {
        store = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        isLent = true;
      } else if (isLent || end + chunk.byteLength > store.length) {
        const needed = length + chunk.byteLength;
        const grown = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(growth * length, bytesMax)));
        store.copy(grown, 0, start, end);
        grown.set(chunk, length);
        store = grown;
        isLent = false;
      } else {
        store.set(chunk, end);
        end += chunk.byteLength;
        return;
      }
      start = 0;
      end = length + chunk.byteLength;
    },
    drop(count) {
      start += count;
      isLent = true;
      held.seen = 0;
    },
  };
  return held;
}

/** Few copies are made of what comes in small pieces. */
const growth = 4;
