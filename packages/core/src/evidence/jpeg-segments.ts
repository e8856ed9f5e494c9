/**
 * The marker segments of a JPEG up to its first scan, read as libjpeg reads them, so that what a decoder takes is taken.
 * Bytes between segments are passed over (cameras leave hundreds of zeros there), and a segment of an impossible length is an
 * empty one. Source: ITU-T T.81 B.1.1.2 to B.1.1.4.
 */

export const startOfImage = 0xd8;
export const endOfImage = 0xd9;
export const startOfScan = 0xda;

/** SOF0 to SOF15; C4, C8 and CC in their midst are tables and an extension. */
export const isFrame = (code: number) =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;

/** RST0 to RST7 and TEM stand alone. */
const isAlone = (code: number) => (code >= 0xd0 && code <= 0xd7) || code === 0x01;

export type Segment = { code: number; body: Uint8Array };

/** In their order, as far as they are whole; SOS ends them. */
export function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  const nothing = bytes.subarray(0, 0);
  for (let at = 2; ; ) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return;
    while (bytes[at] === 0xff) at += 1;
    const code = bytes[at];
    if (code === undefined) return;
    at += 1;
    // FF 00 is a byte of data that stands where no data belongs.
    if (code === 0 || isAlone(code)) continue;
    if (code === startOfScan || code === endOfImage || code === startOfImage) {
      yield { code, body: nothing };
      if (code === startOfScan) return;
      continue;
    }
    const [high, low] = [bytes[at], bytes[at + 1]];
    if (high === undefined || low === undefined) return;
    const end = at + Math.max(2, (high << 8) | low);
    if (end > bytes.length) return;
    yield { code, body: bytes.subarray(at + 2, end) };
    at = end;
  }
}
