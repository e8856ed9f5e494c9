/**
 * The orientation that an EXIF block states. Source: EXIF 2.3, 4.6 (a TIFF header, IFD 0, tag 0x0112).
 *
 * Cameras write the tag as a SHORT; other numbers are read as well, as libexif does: a LONG by its lower half, a fraction
 * by its numerator. Of several entries of the tag the first counts.
 */

/** What stands before the TIFF header in a JPEG and, by habit, in a WebP. */
export const exifSignature = Uint8Array.from([0x45, 0x78, 0x69, 0x66, 0, 0]);

const orientationTag = 0x0112;
/** Bytes of a component by TIFF type: BYTE, SHORT, LONG and RATIONAL, without and with a sign. */
const numbers: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8, 6: 1, 8: 2, 9: 4, 10: 8 };

/** @param tiff from the byte order mark on. @returns 1 (upright) to 8; undefined when the block states none */
export function findOrientation(tiff: Uint8Array): number | undefined {
  if (tiff.length < 8) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const isLittle = order === 0x4949;
  const directory = view.getUint32(4, isLittle);
  if (view.getUint16(2, isLittle) !== 42 || directory + 2 > tiff.length) return undefined;
  const entries = Math.min(
    view.getUint16(directory, isLittle),
    Math.floor((tiff.length - directory - 2) / 12),
  );
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * 12;
    if (view.getUint16(at, isLittle) !== orientationTag) continue;
    const orientation = readEntry(view, at, isLittle);
    if (orientation !== undefined) return orientation;
  }
  return undefined;
}

/** A value that is no orientation says that the picture is upright; an entry that cannot be read says nothing. */
function readEntry(view: DataView, at: number, isLittle: boolean): number | undefined {
  const type = view.getUint16(at + 2, isLittle);
  const componentBytes = numbers[type];
  const bytes = (componentBytes ?? 0) * view.getUint32(at + 4, isLittle);
  const from = bytes > 4 ? view.getUint32(at + 8, isLittle) : at + 8;
  if (componentBytes === undefined || bytes === 0 || from + bytes > view.byteLength) return undefined;
  const value =
    componentBytes === 1
      ? view.getUint8(from)
      : componentBytes === 2
        ? view.getUint16(from, isLittle)
        : view.getUint32(from, isLittle) & (componentBytes === 4 ? 0xffff : 0xffffffff);
  return value >= 1 && value <= 8 ? value : 1;
}
