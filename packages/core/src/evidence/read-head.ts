/**
 * The one reader of picture heads: intake, seal and worker ask it, so that none of them knows a picture otherwise.
 *
 *     const head = readHead(bytes);
 *     if ("fault" in head) refuse(head.fault);
 *
 * Nothing is decoded. It takes whatever the decoder (libvips) takes, and says of it what the decoder says; a file that it
 * refuses cannot be decoded at all.
 */
import type { ContentType } from "../event/wire.ts";
import type { HeadFault, PictureHead } from "./head.ts";
import { readJpegHead } from "./jpeg-head.ts";
import { readPngHead } from "./png-head.ts";
import { readWebpHead } from "./webp-head.ts";

export type { HeadFault, PictureHead } from "./head.ts";

const readers: Readonly<Record<ContentType, (bytes: Uint8Array) => PictureHead | HeadFault>> = {
  "image/jpeg": readJpegHead,
  "image/png": readPngHead,
  "image/webp": readWebpHead,
};

/** @param bytes the whole file: a head may be of any length (thermal cameras put megabytes before the frame header) */
export function readHead(bytes: Uint8Array): PictureHead | HeadFault {
  const contentType = sniff(bytes);
  if (contentType !== undefined) return readers[contentType](bytes);
  return { fault: `expected a JPEG, PNG or WebP image, got ${describeOther(bytes)}` };
}

/**
 * The content type by magic number, or undefined when it is none that Vigil takes. Sources: JPEG (ITU-T T.81, B.1.1.3:
 * SOI), PNG (ISO/IEC 15948, 5.2), WebP (RFC 9649, 2.4).
 */
export function sniff(bytes: Uint8Array): ContentType | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "image/jpeg";
  if (latin1(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
  if (latin1(bytes, 0, 4) === "RIFF" && latin1(bytes, 8, 12) === "WEBP") return "image/webp";
  return undefined;
}

/** What bytes that are none of ours seem to be, for whoever has to find out what went wrong. */
function describeOther(bytes: Uint8Array): string {
  const start = latin1(bytes, 0, 16);
  if (start.length === 0) return "no bytes";
  if (start.slice(4, 8) === "ftyp") {
    const brand = start.slice(8, 12);
    if (/^(hei|hev|mif|msf)/.test(brand)) {
      return "HEIC; a phone sends JPEG when its camera is set to 'most compatible'";
    }
    return brand.startsWith("avi") ? "AVIF" : "a video (MP4)";
  }
  if (start.startsWith("GIF8")) return "GIF";
  if (start.startsWith("BM")) return "BMP";
  if (start.startsWith("II*\0") || start.startsWith("MM\0*")) return "TIFF";
  if (start.startsWith("%PDF")) return "PDF";
  if (/^[\t\n\r -~]+$/.test(start)) return `text that begins with ${JSON.stringify(start)}`;
  return "bytes that are none of them";
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
