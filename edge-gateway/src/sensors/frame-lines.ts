/**
 * A stream of bytes to packets, however it was split or joined on its way.
 *
 * A packet reaches from `#` to `!`. One that meets a line end or another `#` first was cut short and is refused: its
 * last number may lack digits. So what is read depends on the bytes alone, never on how they arrived.
 */
import { excerptCharactersMax, type PacketSink, packetBytesMax } from "../packet.ts";
import { createReadPacket, excerpt } from "./read-packet.ts";

const [bang, hash, lineFeed, carriageReturn, colon] = [0x21, 0x23, 0x0a, 0x0d, 0x3a];
const digitsOfFrame = 3_336;
const headScanMax = 80;

const isDelimiter = new Uint8Array(256);
for (const byte of [bang, hash, lineFeed, carriageReturn]) isDelimiter[byte] = 1;
const isBetween = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x00, lineFeed, carriageReturn, bang]) isBetween[byte] = 1;

export type FrameLines = {
  /** Reads a piece of the stream; it may be written over afterwards. */
  push: (chunk: Buffer) => void;
  /** The stream ended: what was begun was cut. */
  end: () => void;
};

/** Holds at most one packet (8 KiB) of a connection; allocates nothing as long as packets come whole. */
export function createFrameLines(sink: PacketSink): FrameLines {
  const packet = createReadPacket(sink);
  let held: Buffer | undefined;
  let heldBytes = 0;
  /** In a packet that is longer than any may be. */
  let skipping = false;
  let junk = "";
  let inJunk = false;

  function take(buffer: Buffer, start: number, end: number): void {
    if (end - start > packetBytesMax) sink.malformed("too_long", excerpt(buffer, start, end));
    else if (buffer[end] === bang) packet.read(buffer, start, end);
    else sink.malformed("cut", excerpt(buffer, start, end));
  }

  function hold(chunk: Buffer, from: number, end: number): void {
    held ??= Buffer.allocUnsafeSlow(packetBytesMax + 1);
    const bytes = Math.min(end - from, packetBytesMax + 1 - heldBytes);
    chunk.copy(held, heldBytes, from, from + bytes);
    heldBytes += bytes;
    if (heldBytes <= packetBytesMax) return;
    sink.malformed("too_long", excerpt(held, 0, heldBytes));
    heldBytes = 0;
    skipping = true;
  }

  /** Goes on with what an earlier piece began; where the next thing begins. */
  function resume(chunk: Buffer): number {
    const end = delimiterIn(chunk, 0);
    if (skipping) {
      if (end < 0) return chunk.length;
      skipping = false;
      return chunk[end] === hash ? end : end + 1;
    }
    if (end < 0) {
      hold(chunk, 0, chunk.length);
      return chunk.length;
    }
    if (heldBytes + end > packetBytesMax) {
      hold(chunk, 0, end);
      skipping = false;
    } else {
      hold(chunk, 0, end);
      const whole = held ?? chunk;
      whole[heldBytes] = chunk[end] ?? 0;
      const length = heldBytes;
      heldBytes = 0;
      take(whole, 0, length);
    }
    return chunk[end] === hash ? end : end + 1;
  }

  function gather(chunk: Buffer, from: number): number {
    inJunk = true;
    let at = from;
    while (at < chunk.length && isDelimiter[chunk[at] ?? 0] === 0) at++;
    if (junk.length < excerptCharactersMax) {
      junk += chunk.toString("latin1", from, Math.min(at, from + excerptCharactersMax - junk.length));
    }
    if (at < chunk.length) endJunk();
    return at;
  }

  function endJunk(): void {
    if (!inJunk) return;
    const text = junk;
    junk = "";
    inJunk = false;
    sink.malformed("junk", text);
  }

  function push(chunk: Buffer): void {
    let at = heldBytes > 0 || skipping ? resume(chunk) : 0;
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0;
      if (inJunk || (byte !== hash && isBetween[byte] === 0)) at = gather(chunk, at);
      else if (byte !== hash) at++;
      else {
        const guess = guessFrame(chunk, at);
        if (guess && packet.readFrame(chunk, at, guess.head, guess.end)) {
          at = guess.end + 1;
          continue;
        }
        const end = delimiterIn(chunk, at + 1);
        if (end < 0) {
          hold(chunk, at, chunk.length);
          return;
        }
        take(chunk, at, end);
        at = chunk[end] === hash ? end : end + 1;
      }
    }
  }

  function finish(): void {
    if (heldBytes > 0 && held) {
      const length = heldBytes;
      heldBytes = 0;
      sink.malformed("cut", excerpt(held, 0, length));
    }
    skipping = false;
    endJunk();
  }

  return { push, end: finish };
}

function delimiterIn(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at++) if (isDelimiter[chunk[at] ?? 0] === 1) return at;
  return -1;
}

/**
 * Most frames have one length: where the `!` of one would stand, and the colon before its digits. Undefined when it
 * does not stand there; that nothing ended the packet sooner, the digits show.
 */
function guessFrame(chunk: Buffer, start: number): { head: number; end: number } | undefined {
  if (((chunk[start + 1] ?? 0) | 0x20) !== 0x66) return undefined;
  const headEnd = Math.min(chunk.length, start + headScanMax);
  let head = start + 1;
  while (head < headEnd && chunk[head] !== colon && isDelimiter[chunk[head] ?? 0] === 0) head++;
  const end = head + 1 + digitsOfFrame;
  return chunk[head] === colon && chunk[end] === bang ? { head, end } : undefined;
}
