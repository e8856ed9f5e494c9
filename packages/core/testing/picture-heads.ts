/** For tests: pictures whose heads are written as real cameras write them, and damage that is the same in every run. */
import sharp, { type Sharp } from "sharp";

const width = 64;
const height = 48;
const exifSignature = Buffer.from("Exif\0\0", "latin1");

/** A small generator (mulberry32) of numbers 0..1. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Left half bright red, right half dark blue, under noise, so that every row and column differs. */
export function drawn(options: { width?: number; height?: number } = {}): Sharp {
  const size = { width: options.width ?? width, height: options.height ?? height };
  const random = randomOf(7);
  const pixels = Buffer.alloc(size.width * size.height * 3);
  for (let pixel = 0; pixel < size.width * size.height; pixel += 1) {
    const isLeft = pixel % size.width < size.width / 2;
    pixels[pixel * 3 + (isLeft ? 0 : 2)] = (isLeft ? 200 : 60) + random() * 55;
    pixels[pixel * 3 + 1] = random() * 80;
  }
  return sharp(pixels, { raw: { ...size, channels: 3 } });
}

/** A marker segment of a JPEG. */
export function segment(code: number, body: Uint8Array): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A TIFF header and a directory with the orientation alone. `type`: 1 BYTE, 3 SHORT, 4 LONG. */
export function tiff(
  orientation: number,
  { bigEndian = false, type = 3 }: { bigEndian?: boolean; type?: 1 | 3 | 4 } = {},
): Buffer {
  const block = Buffer.alloc(26);
  const short = (value: number, at: number) =>
    bigEndian ? block.writeUInt16BE(value, at) : block.writeUInt16LE(value, at);
  const long = (value: number, at: number) =>
    bigEndian ? block.writeUInt32BE(value, at) : block.writeUInt32LE(value, at);
  block.write(bigEndian ? "MM" : "II");
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(type, 12);
  long(1, 14);
  if (type === 1) block[18] = orientation;
  else if (type === 3) short(orientation, 18);
  else long(orientation, 18);
  return block;
}

export function exif(orientation: number, options: Parameters<typeof tiff>[1] = {}): Buffer {
  return segment(0xe1, Buffer.concat([exifSignature, tiff(orientation, options)]));
}

export function afterStart(jpeg: Uint8Array, ...pieces: Uint8Array[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...pieces, jpeg.subarray(2)]);
}

/** Just before the scan: behind the frame header. */
export function beforeScan(jpeg: Uint8Array, ...pieces: Uint8Array[]): Buffer {
  const at = Buffer.from(jpeg).indexOf(Buffer.from([0xff, 0xda]));
  return Buffer.concat([jpeg.subarray(0, at), ...pieces, jpeg.subarray(at)]);
}

/** As a thermal camera writes: `bytes` of raw temperatures in APP segments before the frame header. */
export function thermal(jpeg: Uint8Array, bytes: number): Buffer {
  const pieces = Array.from({ length: Math.ceil(bytes / 65_000) }, (_, index) =>
    segment(0xe2, Buffer.concat([Buffer.from(`FLIR\0\x01${index}`, "latin1"), Buffer.alloc(65_000, index)])),
  );
  return afterStart(jpeg, ...pieces);
}

export type Kind = { name: string; bytes: Uint8Array };

/** One picture of each kind of head, small ones: the seeds of mutation. */
export async function headKinds(): Promise<Kind[]> {
  const jpeg = await drawn().jpeg().toBuffer();
  const oriented = drawn().withMetadata({ orientation: 6 });
  return [
    { name: "jpeg", bytes: jpeg },
    { name: "progressive jpeg", bytes: await drawn().jpeg({ progressive: true }).toBuffer() },
    { name: "grey jpeg", bytes: await drawn().toColourspace("b-w").jpeg().toBuffer() },
    { name: "cmyk jpeg", bytes: await drawn().toColourspace("cmyk").jpeg().toBuffer() },
    { name: "jpeg with a profile", bytes: await drawn().withIccProfile("p3").jpeg().toBuffer() },
    { name: "jpeg on its side", bytes: await oriented.clone().jpeg().toBuffer() },
    { name: "two EXIF blocks", bytes: afterStart(jpeg, exif(6), exif(3, { bigEndian: true })) },
    { name: "EXIF behind the frame header", bytes: beforeScan(jpeg, exif(8, { type: 4 })) },
    { name: "zeros between segments", bytes: afterStart(jpeg, Buffer.alloc(608), exif(5)) },
    { name: "png", bytes: await drawn().png().toBuffer() },
    { name: "png on its side", bytes: await oriented.clone().png().toBuffer() },
    { name: "webp", bytes: await drawn().webp().toBuffer() },
    { name: "lossless webp", bytes: await drawn().webp({ lossless: true }).toBuffer() },
    { name: "webp on its side", bytes: await oriented.clone().webp().toBuffer() },
  ];
}

const fragments: readonly Uint8Array[] = [
  Buffer.from([0xff, 0xd8]),
  Buffer.from([0xff, 0xd9]),
  Buffer.from([0xff, 0xda]),
  Buffer.from([0xff, 0xc0]),
  Buffer.from([0xff, 0xe1, 0, 20]),
  Buffer.from([0xff, 0]),
  Buffer.from([0xff, 0xff]),
  Buffer.alloc(10),
  exif(8),
  exif(3, { type: 4 }),
];

/** One to four wounds, four of five of them in the first 420 bytes: changed, lost, doubled, foreign and cut bytes. */
export function mutate(whole: Uint8Array, random: () => number): Uint8Array {
  const below = (bound: number) => Math.floor(random() * bound);
  let bytes = Buffer.from(whole);
  for (let wounds = 1 + below(4); wounds > 0; wounds -= 1) {
    const at = below(random() < 0.8 ? Math.min(bytes.length, 420) : bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const kind = below(6);
    if (kind === 0) bytes[at] = below(256);
    else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    else if (kind === 2) bytes = Buffer.concat([before, after.subarray(1 + below(20))]);
    else if (kind === 3) bytes = Buffer.concat([before, fragments[below(fragments.length)] ?? after, after]);
    else if (kind === 4) {
      bytes = Buffer.concat([
        before,
        Buffer.from(Array.from({ length: 1 + below(8) }, () => below(256))),
        after,
      ]);
    } else if (random() < 0.3) bytes = bytes.subarray(0, at + 1);
    if (bytes.length === 0) break;
  }
  return bytes;
}
