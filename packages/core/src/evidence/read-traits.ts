/**
 * What a picture's file tells of the camera that made it, read from its head; nothing is decoded.
 *
 *     const { traits, thumbnail } = readTraits(bytes);
 */
import type { Traits } from "../authenticity/wire.ts";
import { type ExifBlock, readExif } from "./exif-facts.ts";
import { exifSignature } from "./exif-orientation.ts";
import { startsWith } from "./head.ts";
import { encoderOf } from "./jpeg-encoder.ts";
import { type Segment, segmentsOf } from "./jpeg-segments.ts";
import { readHead } from "./read-head.ts";

const app1 = 0xe1;
const segmentsMax = 1_000;

export type ReadTraits = {
  traits: Traits;
  /** A JPEG within `bytes`, which the file says shows the picture small; undefined: there is none. */
  thumbnail: Uint8Array | undefined;
};

/** @returns undefined when the bytes are no picture that Vigil takes */
export function readTraits(bytes: Uint8Array): ReadTraits | undefined {
  const head = readHead(bytes);
  if ("fault" in head) return undefined;
  const { contentType, width, height } = head;
  if (contentType !== "image/jpeg") {
    const [, encoder = contentType] = contentType.split("/");
    return { traits: { encoder, width, height }, thumbnail: undefined };
  }
  const segments: Segment[] = [];
  for (const segment of segmentsOf(bytes)) {
    segments.push(segment);
    if (segments.length === segmentsMax) break;
  }
  const exif = exifIn(segments);
  const traits = { encoder: encoderOf(segments), width, height };
  return { traits: exif ? { ...traits, exif: exif.facts } : traits, thumbnail: exif?.thumbnail };
}

function exifIn(segments: readonly Segment[]): ExifBlock | undefined {
  const block = segments.find(({ code, body }) => code === app1 && startsWith(body, exifSignature));
  return block && readExif(block.body.subarray(exifSignature.length));
}
