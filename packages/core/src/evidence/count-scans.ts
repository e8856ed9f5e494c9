/**
 * How many scans a JPEG has, from its markers alone. A camera's has one, a progressive one some ten; nothing but the
 * length of the file bounds them, and a decoder goes over the whole picture for each.
 * Source: ITU-T T.81 B.1.1.2 (markers), B.1.1.5 (entropy-coded segments), B.2.3 (scan header).
 */
const startOfScan = 0xda;
const endOfImage = 0xd9;

/** FF 00 is a byte of data, RST0 to RST7 stand in its midst, and TEM and SOI have no length. */
const hasNoBody = (code: number) => code === 0 || code === 0x01 || (code >= 0xd0 && code <= 0xd8);

/** @param bytes of a whole JPEG; counted up to its end marker, or as far as it goes */
export function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at)) {
    while (bytes[at] === 0xff) at += 1;
    const code = bytes[at];
    if (code === undefined || code === endOfImage) return scans;
    at += 1;
    if (hasNoBody(code)) continue;
    if (code === startOfScan) scans += 1;
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    at += Math.max(2, length);
  }
  return scans;
}
