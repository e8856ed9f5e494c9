/**
 * The head of a WebP: its size from the first chunk, its orientation from the EXIF chunk, which stands behind the pixels.
 * Sources: RFC 9649, 2.3 to 2.7 (RIFF, VP8, VP8L, VP8X) and 3.4 (VP8L's header); RFC 6386, 9.1 (VP8's frame header).
 */
import { exifSignature, findOrientation } from "./exif-orientation.ts";
import { type HeadFault, type PictureHead, startsWith } from "./head.ts";

const damaged: HeadFault = { fault: "the WebP's header is damaged" };
const hasExif = 0x08;

/** @param bytes beginning with RIFF and WEBP; the whole file, or as much of it as there is */
export function readWebpHead(bytes: Uint8Array): PictureHead | HeadFault {
  if (bytes.length < 30) return { fault: `the WebP ends within its head, after ${bytes.length} bytes` };
  const size = readSize(bytes);
  if (!size) return damaged;
  const orientation = fourCc(bytes, 12) === "VP8X" ? orientationOf(bytes) : undefined;
  return { contentType: "image/webp", ...size, orientation: orientation ?? 1, isPlainRgb: false };
}

function readSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (fourCc(bytes, 12)) {
    case "VP8 ": {
      const isKeyFrame = (view.getUint8(20) & 1) === 0;
      if (!isKeyFrame || view.getUint8(23) !== 0x9d || view.getUint16(24) !== 0x012a) return undefined;
      // 14 bits each; the two above them ask for a larger showing.
      return positive(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    }
    case "VP8L": {
      const bits = view.getUint32(21, true);
      if (view.getUint8(20) !== 0x2f || bits >>> 29 !== 0) return undefined;
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

function positive(width: number, height: number): { width: number; height: number } | undefined {
  return width > 0 && height > 0 ? { width, height } : undefined;
}

function orientationOf(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ((view.getUint8(20) & hasExif) === 0) return undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (fourCc(bytes, at) === "EXIF") {
      const body = bytes.subarray(at + 8, at + 8 + length);
      return findOrientation(startsWith(body, exifSignature) ? body.subarray(exifSignature.length) : body);
    }
    // Chunks of an odd length are filled up by one byte.
    at += 8 + length + (length % 2);
  }
  return undefined;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

function fourCc(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
