/**
 * The head of a PNG: its chunks up to the pixels. Checksums are not looked at: a decoder that is told to go as far as it
 * can does not either. Source: ISO/IEC 15948 (PNG), 5.3 (chunks), 11.2.2 (IHDR), 11.3.3.7 (eXIf).
 */
import { findOrientation } from "./exif-orientation.ts";
import type { HeadFault, PictureHead } from "./head.ts";

const sideMax = 2 ** 31 - 1;

/** @param bytes beginning with the signature; the whole file, or as much of it as there is */
export function readPngHead(bytes: Uint8Array): PictureHead | HeadFault {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: { width: number; height: number } | undefined;
  let exif: Uint8Array | undefined;
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === chunk("IHDR") && !size) {
      if (length !== 13 || body.length < 13) return { fault: "the PNG's header is damaged" };
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      if (!isSide(size.width) || !isSide(size.height)) {
        return { fault: `the PNG's header is damaged: ${size.width} x ${size.height}` };
      }
    }
    if (type === chunk("IDAT")) {
      if (!size) return { fault: "the PNG's pixels begin before its header" };
      return {
        contentType: "image/png",
        ...size,
        orientation: (exif && findOrientation(exif)) ?? 1,
        isPlainRgb: false,
      };
    }
    if (type === chunk("eXIf")) exif ??= body;
    at += 12 + length;
  }
  return { fault: `the PNG ends within its head, after ${bytes.length} bytes` };
}

function isSide(pixels: number): boolean {
  return pixels >= 1 && pixels <= sideMax;
}

function chunk(name: string): number {
  return Array.from(name).reduce((code, char) => code * 256 + char.charCodeAt(0), 0);
}
