/**
 * Size, orientation and colours of a JPEG from its marker segments, read without starting a decoder.
 * Sources: ITU-T T.81 B.2 (segments, frame header), EXIF 2.3 4.6 (TIFF header, tag 0x0112), ICC.1 B.4 (APP2).
 */
export type JpegHeader = {
  /** As stored, in pixels. */
  width: number;
  height: number;
  /** 1: grey, 3: colour, 4: print colours. */
  components: number;
  /** EXIF orientation, 1 (upright) to 8. */
  orientation: number;
  hasColourProfile: boolean;
};

const marker = { startOfScan: 0xda, app1: 0xe1, app2: 0xe2 } as const;
const exif = Buffer.from("Exif\0\0", "latin1");
const colourProfile = Buffer.from("ICC_PROFILE\0", "latin1");
/** SOF0 to SOF15 announce the frame; C4, C8 and CC in their midst are tables and an extension. */
const notFrames = new Set([0xc4, 0xc8, 0xcc]);

/** Undefined when the segments up to the frame header make no sense; a decoder may still know better. */
export function findJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  let hasColourProfile = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const code = view.getUint8(at + 1);
    if (code === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (code === marker.startOfScan || length < 2 || at + 2 + length > bytes.length) return undefined;
    if (code === marker.app1) orientation = findOrientation(segment) ?? orientation;
    if (code === marker.app2 && startsWith(segment, colourProfile)) hasColourProfile = true;
    if (code >= 0xc0 && code <= 0xcf && !notFrames.has(code)) {
      return readFrame(segment, orientation, hasColourProfile);
    }
    at += 2 + length;
  }
  return undefined;
}

function readFrame(
  segment: Uint8Array,
  orientation: number,
  hasColourProfile: boolean,
): JpegHeader | undefined {
  if (segment.length < 6) return undefined;
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const height = view.getUint16(1);
  const width = view.getUint16(3);
  // A height of 0 is stated later in the stream (DNL).
  if (height === 0 || width === 0) return undefined;
  return { width, height, components: view.getUint8(5), orientation, hasColourProfile };
}

function findOrientation(segment: Uint8Array): number | undefined {
  if (!startsWith(segment, exif) || segment.length < 14) return undefined;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
  const isLittle = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  if (directory + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(directory, isLittle);
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * 12;
    if (at + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(at, isLittle) !== 0x0112) continue;
    const value = tiff.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
