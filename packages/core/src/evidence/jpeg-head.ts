/**
 * The head of a JPEG: its frame may stand anywhere before the scan, and of several EXIF blocks the first counts.
 * Sources: ITU-T T.81 B.2.2 (frame header), EXIF 2.3 4.7.2 (APP1), ICC.1 B.4 (APP2).
 */
import { exifSignature, findOrientation } from "./exif-orientation.ts";
import { type HeadFault, type PictureHead, startsWith } from "./head.ts";
import { endOfImage, isFrame, segmentsOf, startOfImage, startOfScan } from "./jpeg-segments.ts";

const app1 = 0xe1;
const app2 = 0xe2;
const exifName = exifSignature.subarray(0, 4);
const colourProfile = Uint8Array.from(Array.from("ICC_PROFILE\0", (char) => char.charCodeAt(0)));

/** Differential frames of the hierarchical mode, which no decoder takes. */
const undecodable = new Set([0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf]);

type Frame = { width: number; height: number; components: number };

/** @param bytes beginning with SOI; the whole file, or as much of it as there is */
export function readJpegHead(bytes: Uint8Array): PictureHead | HeadFault {
  let frame: Frame | undefined;
  let exif: Uint8Array | undefined;
  let hasColourProfile = false;
  for (const { code, body } of segmentsOf(bytes)) {
    if (code === startOfScan) {
      if (!frame) return { fault: "the JPEG's scan begins before its frame header" };
      return {
        contentType: "image/jpeg",
        width: frame.width,
        height: frame.height,
        orientation: (exif && orientationOf(exif)) ?? 1,
        isPlainRgb: frame.components === 3 && !hasColourProfile,
      };
    }
    if (code === startOfImage) return { fault: "the JPEG begins twice" };
    if (code === endOfImage) return { fault: "the JPEG ends before its picture" };
    if (code === app1 && startsWith(body, exifName)) exif ??= body;
    if (code === app2 && startsWith(body, colourProfile)) hasColourProfile = true;
    if (isFrame(code)) {
      if (frame) return { fault: "the JPEG has two frame headers" };
      const read = readFrame(code, body);
      if ("fault" in read) return read;
      frame = read;
    }
  }
  return { fault: `the JPEG ends within its head, after ${bytes.length} bytes` };
}

/** A block that only begins like EXIF states nothing, and yet stands before those behind it. */
function orientationOf(exif: Uint8Array): number | undefined {
  return startsWith(exif, exifSignature) ? findOrientation(exif.subarray(exifSignature.length)) : undefined;
}

/** Precision, height, width, number of components, and three bytes for each of them. */
function readFrame(code: number, body: Uint8Array): Frame | HeadFault {
  if (undecodable.has(code)) return { fault: `a JPEG of process SOF${code - 0xc0} is not supported` };
  const [, heightHigh = 0, heightLow = 0, widthHigh = 0, widthLow = 0, components = 0] = body;
  const height = (heightHigh << 8) | heightLow;
  const width = (widthHigh << 8) | widthLow;
  // A height of 0 would be stated after the first scan (DNL), which decoders do not wait for.
  if (width === 0 || height === 0 || components === 0 || body.length !== 6 + components * 3) {
    return { fault: `the JPEG's frame header is damaged: ${width} x ${height} x ${components}` };
  }
  return { width, height, components };
}
