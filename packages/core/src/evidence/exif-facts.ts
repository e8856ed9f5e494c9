/**
 * What an EXIF block says of a picture, as text that anybody can write. Read within its bounds: whatever points out of the
 * block, or says that it is longer, is passed over. Source: EXIF 2.3, 4.6 (TIFF structure and tags), 4.6.5 (times).
 */
import type { ExifFacts } from "../authenticity/wire.ts";

const tags = {
  make: 0x010f,
  model: 0x0110,
  software: 0x0131,
  exif: 0x8769,
  takenAt: 0x9003,
  zone: 0x9011,
  width: 0xa002,
  height: 0xa003,
  thumbnailAt: 0x0201,
  thumbnailBytes: 0x0202,
} as const;
const entriesMax = 200;
const charsMax = 60;

export type ExifBlock = { facts: ExifFacts; thumbnail: Uint8Array | undefined };

/** @param tiff from the byte order mark on. @returns undefined when it is no TIFF structure */
export function readExif(tiff: Uint8Array): ExifBlock | undefined {
  if (tiff.length < 8) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = view.getUint16(0);
  const isLittle = order === 0x4949;
  if ((!isLittle && order !== 0x4d4d) || view.getUint16(2, isLittle) !== 42) return undefined;
  const first = directoryAt({ tiff, view, isLittle }, view.getUint32(4, isLittle));
  const exif = directoryAt({ tiff, view, isLittle }, first.number(tags.exif));
  const second = directoryAt({ tiff, view, isLittle }, first.next);
  const taken = exif.text(tags.takenAt);
  const zone = exif.text(tags.zone);
  const facts = {
    make: first.text(tags.make),
    model: first.text(tags.model),
    software: first.text(tags.software),
    takenAt: taken && localTime(taken),
    zone: zone !== undefined && /^[+-]\d\d:\d\d$/.test(zone) ? zone : undefined,
    width: sideOf(exif.number(tags.width)),
    height: sideOf(exif.number(tags.height)),
  };
  return {
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    thumbnail: thumbnailIn(tiff, second.number(tags.thumbnailAt), second.number(tags.thumbnailBytes)),
  };
}

type Block = { tiff: Uint8Array; view: DataView; isLittle: boolean };

type Directory = {
  text(tag: number): string | undefined;
  number(tag: number): number | undefined;
  /** Where the directory behind it lies. */
  next: number | undefined;
};

const nothing: Directory = { text: () => undefined, number: () => undefined, next: undefined };

function directoryAt({ tiff, view, isLittle }: Block, at: number | undefined): Directory {
  if (at === undefined || at < 8 || at + 2 > tiff.length) return nothing;
  const stated = view.getUint16(at, isLittle);
  const entries = Math.min(stated, entriesMax, Math.floor((tiff.length - at - 2) / 12));
  const places = new Map<number, number>();
  for (let index = 0; index < entries; index += 1) {
    const place = at + 2 + index * 12;
    const tag = view.getUint16(place, isLittle);
    if (!places.has(tag)) places.set(tag, place);
  }
  const end = at + 2 + stated * 12;
  const next = end + 4 <= tiff.length ? view.getUint32(end, isLittle) : 0;
  return {
    next: next === 0 ? undefined : next,
    /** ASCII (type 2). */
    text(tag) {
      const place = places.get(tag);
      if (place === undefined || view.getUint16(place + 2, isLittle) !== 2) return undefined;
      const length = view.getUint32(place + 4, isLittle);
      const from = length > 4 ? view.getUint32(place + 8, isLittle) : place + 8;
      const said = Buffer.from(tiff.subarray(from, from + Math.min(length, charsMax))).toString("latin1");
      const plain = (said.split("\0")[0] ?? "").replaceAll(/[^ -~]/g, "").trim();
      return plain === "" ? undefined : plain;
    },
    /** SHORT (3) or LONG (4), one of them. */
    number(tag) {
      const place = places.get(tag);
      if (place === undefined || view.getUint32(place + 4, isLittle) !== 1) return undefined;
      const type = view.getUint16(place + 2, isLittle);
      if (type === 3) return view.getUint16(place + 8, isLittle);
      return type === 4 ? view.getUint32(place + 8, isLittle) : undefined;
    },
  };
}

function sideOf(pixels: number | undefined): number | undefined {
  return pixels !== undefined && pixels > 0 && pixels <= 65_535 ? pixels : undefined;
}

/** `2024:05:01 12:00:00` as `2024-05-01T12:00:00`; what is no time, as zeros are, says nothing. */
function localTime(stated: string): string | undefined {
  const [, year, month, day, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(stated) ?? [];
  const local = `${year}-${month}-${day}T${time}`;
  const parsed = Date.parse(`${local}Z`);
  return Number.isNaN(parsed) || Number(year) < 1970 ? undefined : local;
}

/** A JPEG of its own, as every camera's is. */
function thumbnailIn(tiff: Uint8Array, at?: number, bytes?: number): Uint8Array | undefined {
  if (at === undefined || bytes === undefined || at + bytes > tiff.length) return undefined;
  const thumbnail = tiff.subarray(at, at + bytes);
  return thumbnail[0] === 0xff && thumbnail[1] === 0xd8 ? thumbnail : undefined;
}
