/**
 * What a recording's file says of itself before anything is decoded: which kind it is, whether it is whole, and when it says
 * that it was made. Sources: WAVE (Microsoft, RIFF 1991), FLAC (RFC 9639), Ogg (RFC 3533), MPEG audio (ISO/IEC 11172-3, 2.4.2),
 * ID3 (id3.org, 2.4), the boxes of MP4 (ISO/IEC 14496-12), Matroska (RFC 9559).
 */
import type { RecordingType } from "./wire.ts";

export type Container = {
  contentType: RecordingType;
  /** What the file should be as long as, by its own word; undefined: it does not say. */
  bytesStated: number | undefined;
  /** As its clock had it; undefined: it does not say. */
  madeAt: Date | undefined;
};

/** Of a whole file. */
const boxesMax = 10_000;
/** MP4 counts seconds from 1904-01-01; many programs leave a zero, or the beginning of 1970. */
const mp4Epoch = Date.UTC(1904, 0, 1);
const year1980 = Date.UTC(1980, 0, 1);
const year10000 = Date.UTC(10_000, 0, 1);

/** Where a file's bytes are read from: some at a time, so that it need not be in memory. Fewer come at its end. */
export type ByteSource = { bytes: number; read(from: number, length: number): Buffer };

export function sourceOf(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes: buffer.length, read: (from, length) => buffer.subarray(from, from + length) };
}

const plain = (contentType: RecordingType): Container => ({
  contentType,
  bytesStated: undefined,
  madeAt: undefined,
});

/** @returns undefined when the bytes are no recording that Vigil takes */
export function readContainer(source: ByteSource): Container | undefined {
  const head = source.read(0, 16);
  const at = (from: number, length: number) => head.toString("latin1", from, from + length);
  if (at(0, 4) === "RIFF" && at(8, 4) === "WAVE") {
    return { ...plain("audio/wav"), bytesStated: riffBytes(head) };
  }
  if (at(0, 4) === "fLaC") return plain("audio/flac");
  if (at(0, 4) === "OggS") return plain("audio/ogg");
  if (at(4, 4) === "ftyp") return readBoxes(source, mp4TypeOf(at(8, 4)));
  if (head.length > 4 && head.readUInt32BE(0) === 0x1a45dfa3) return plain("video/webm");
  if (at(0, 3) === "ID3" || isMpegAudio(head)) return plain("audio/mpeg");
  return undefined;
}

/** A recorder that could not know the length, or was cut off, leaves 0 or the greatest number. */
function riffBytes(head: Buffer): number | undefined {
  const stated = head.length < 12 ? 0 : head.readUInt32LE(4);
  return stated === 0 || stated >= 0xffff_ff00 ? undefined : stated + 8;
}

function mp4TypeOf(brand: string): RecordingType {
  if (brand === "qt  ") return "video/quicktime";
  return /^M4[AB]/.test(brand) ? "audio/mp4" : "video/mp4";
}

/** Eleven bits of synchronisation, and a version, layer, rate and frequency that there are. */
function isMpegAudio(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  const isSynchronised = first === 0xff && (second & 0xe0) === 0xe0;
  const [version, layer] = [(second >> 3) & 3, (second >> 1) & 3];
  return isSynchronised && version !== 1 && layer !== 0 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
}

/** The boxes of the file itself lie end to end: the last must end where the file does. */
function readBoxes(source: ByteSource, contentType: RecordingType): Container {
  let madeAt: Date | undefined;
  let at = 0;
  const budget = { boxes: boxesMax };
  while (at + 8 <= source.bytes && budget.boxes > 0) {
    budget.boxes -= 1;
    const { size, head, type } = boxAt(source, at);
    // A box of size 0 reaches to the end; one that is smaller than its own head is none.
    if (size === 0) return { contentType, bytesStated: source.bytes, madeAt };
    if (size < head) return { contentType, bytesStated: at, madeAt };
    if (type === "moov") madeAt = movieTime(source, at + head, Math.min(source.bytes, at + size), budget);
    at += size;
  }
  // A box may say that it is larger than a number can be.
  return { contentType, bytesStated: Math.min(at, Number.MAX_SAFE_INTEGER), madeAt };
}

function boxAt(source: ByteSource, at: number): { size: number; head: number; type: string } {
  const start = source.read(at, 16);
  const size = start.readUInt32BE(0);
  const type = start.toString("latin1", 4, 8);
  if (size !== 1 || start.length < 16) return { size, head: 8, type };
  return { size: Number(start.readBigUInt64BE(8)), head: 16, type };
}

/** @param budget of all boxes of the file, which are looked at one by one */
function movieTime(
  source: ByteSource,
  from: number,
  end: number,
  budget: { boxes: number },
): Date | undefined {
  for (let at = from; at + 8 <= end && budget.boxes > 0; budget.boxes -= 1) {
    const { size, head, type } = boxAt(source, at);
    if (size < head) return undefined;
    if (type === "mvhd") return mvhdTime(source.read(at + head, 12));
    at += size;
  }
  return undefined;
}

function mvhdTime(header: Buffer): Date | undefined {
  if (header.length < 12) return undefined;
  const seconds = header[0] === 1 ? Number(header.readBigUInt64BE(4)) : header.readUInt32BE(4);
  const made = new Date(mp4Epoch + seconds * 1000);
  return made.getTime() > year1980 && made.getTime() < year10000 ? made : undefined;
}
