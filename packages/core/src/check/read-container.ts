/**
 * What a recording's file says of itself before anything is decoded: which kind it is, whether it is whole, and when it says
 * that it was made. Sources: WAVE (Microsoft, RIFF 1991), FLAC (RFC 9639), Ogg (RFC 3533), MPEG audio (ISO/IEC 11172-3, 2.4.2),
 * ID3 (id3.org, 2.4), the boxes of MP4 (ISO/IEC 14496-12), Matroska (RFC 9559).
 */

type MediaType =
  | "audio/wav"
  | "audio/mpeg"
  | "audio/flac"
  | "audio/ogg"
  | "audio/mp4"
  | "video/mp4"
  | "video/quicktime"
  | "video/webm";

export type Container = {
  contentType: MediaType;
  /** What the file should be as long as, by its own word; undefined: it does not say. */
  bytesStated: number | undefined;
  /** As its clock had it; undefined: it does not say. */
  madeAt: Date | undefined;
};

const boxesMax = 10_000;
/** MP4 counts seconds from 1904-01-01; many programs leave a zero, or the beginning of 1970. */
const mp4Epoch = Date.UTC(1904, 0, 1);
const year1980 = Date.UTC(1980, 0, 1);

const plain = (contentType: MediaType): Container => ({
  contentType,
  bytesStated: undefined,
  madeAt: undefined,
});

/** @returns undefined when the bytes are no recording that Vigil takes */
export function readContainer(bytes: Uint8Array): Container | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (from: number, length: number) => buffer.toString("latin1", from, from + length);
  if (at(0, 4) === "RIFF" && at(8, 4) === "WAVE") {
    return { ...plain("audio/wav"), bytesStated: riffBytes(buffer) };
  }
  if (at(0, 4) === "fLaC") return plain("audio/flac");
  if (at(0, 4) === "OggS") return plain("audio/ogg");
  if (at(4, 4) === "ftyp") return readBoxes(buffer, mp4TypeOf(at(8, 4)));
  if (buffer.length > 4 && buffer.readUInt32BE(0) === 0x1a45dfa3) return plain("video/webm");
  if (at(0, 3) === "ID3" || isMpegAudio(buffer)) return plain("audio/mpeg");
  return undefined;
}

/** A recorder that could not know the length, or was cut off, leaves 0 or the greatest number. */
function riffBytes(buffer: Buffer): number | undefined {
  const stated = buffer.length < 12 ? 0 : buffer.readUInt32LE(4);
  return stated === 0 || stated >= 0xffff_ff00 ? undefined : stated + 8;
}

function mp4TypeOf(brand: string): MediaType {
  if (brand === "qt  ") return "video/quicktime";
  return /^M4[AB]/.test(brand) ? "audio/mp4" : "video/mp4";
}

/** Eleven bits of synchronisation, and a version, layer, rate and frequency that there are. */
function isMpegAudio(buffer: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = buffer;
  const isSynchronised = first === 0xff && (second & 0xe0) === 0xe0;
  const [version, layer] = [(second >> 3) & 3, (second >> 1) & 3];
  return isSynchronised && version !== 1 && layer !== 0 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
}

/** The boxes of the file itself lie end to end: the last must end where the file does. */
function readBoxes(buffer: Buffer, contentType: MediaType): Container {
  let madeAt: Date | undefined;
  let at = 0;
  for (let boxes = 0; at + 8 <= buffer.length && boxes < boxesMax; boxes += 1) {
    const { size, head, type } = boxAt(buffer, at);
    // A box of size 0 reaches to the end; one that is smaller than its own head is none.
    if (size === 0) return { contentType, bytesStated: buffer.length, madeAt };
    if (size < head) return { contentType, bytesStated: at, madeAt };
    if (type === "moov") madeAt = movieTime(buffer.subarray(at + head, at + size));
    at += size;
  }
  return { contentType, bytesStated: at, madeAt };
}

function boxAt(buffer: Buffer, at: number): { size: number; head: number; type: string } {
  const size = buffer.readUInt32BE(at);
  const type = buffer.toString("latin1", at + 4, at + 8);
  if (size !== 1 || at + 16 > buffer.length) return { size, head: 8, type };
  return { size: Number(buffer.readBigUInt64BE(at + 8)), head: 16, type };
}

function movieTime(movie: Buffer): Date | undefined {
  for (let at = 0, boxes = 0; at + 8 <= movie.length && boxes < boxesMax; boxes += 1) {
    const { size, head, type } = boxAt(movie, at);
    if (size < head) return undefined;
    if (type === "mvhd" && at + head + 12 <= movie.length) {
      const isLong = movie[at + head] === 1;
      const seconds = isLong
        ? Number(movie.readBigUInt64BE(at + head + 4))
        : movie.readUInt32BE(at + head + 4);
      const made = new Date(mp4Epoch + seconds * 1000);
      return made.getTime() > year1980 ? made : undefined;
    }
    at += size;
  }
  return undefined;
}
