/**
 * Finds the pictures in a row of JPEGs, whatever stands between them: walks over the segments by their lengths, so that a
 * thumbnail within a picture is no end of it (ITU-T T.81, annex B).
 */
export type JpegSplitter = {
  /** @returns the pictures that are whole now, oldest first; each is a copy */
  take(piece: Buffer): Buffer[];
};

const [prefix, startOfImage, endOfImage, startOfScan] = [0xff, 0xd8, 0xd9, 0xda];

/** T.81 has no others; what has is no JPEG. */
const isKnown = (marker: number) => marker >= 0xc0 && marker <= 0xfe;
const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** @param bytesMax of one picture; a longer one is given up, and the next one looked for */
export function createJpegSplitter(bytesMax: number): JpegSplitter {
  let held: Buffer = Buffer.alloc(0);
  /** How far the picture that begins at 0 was walked over; 0: its beginning is not found yet. */
  let at = 0;
  let [isInScan, hasScan] = [false, false];

  /** Walks on. @returns the length of the picture; -1: it is none; undefined: more bytes are needed */
  function walk(): number | undefined {
    while (at + 2 <= held.length) {
      if (isInScan) {
        const found = held.indexOf(prefix, at);
        at = found < 0 ? held.length : found;
        if (at + 2 > held.length) return undefined;
      }
      const marker = held[at + 1] ?? 0;
      if (held[at] !== prefix) return -1;
      if (marker === endOfImage) return hasScan ? at + 2 : -1;
      if (marker === prefix) at += 1;
      else if (isAlone(marker) || (isInScan && marker === 0)) at += 2;
      else {
        if (!isKnown(marker)) return -1;
        if (at + 4 > held.length) return undefined;
        isInScan = marker === startOfScan;
        hasScan ||= isInScan;
        at += 2 + held.readUInt16BE(at + 2);
      }
    }
    return undefined;
  }

  function begin(from: number): void {
    held = held.subarray(from);
    at = 0;
    isInScan = false;
    hasScan = false;
  }

  return {
    take(piece) {
      held = held.length === 0 ? piece : Buffer.concat([held, piece]);
      const whole: Buffer[] = [];
      for (;;) {
        if (at === 0) {
          const found = held.indexOf(Buffer.from([prefix, startOfImage, prefix]));
          if (found < 0) {
            begin(Math.max(0, held.length - 2));
            break;
          }
          begin(found);
          at = 2;
        }
        const length = walk();
        if (length === undefined) {
          if (held.length <= bytesMax) break;
          begin(held.length);
        } else if (length < 0) begin(2);
        else {
          if (length <= bytesMax) whole.push(Buffer.from(held.subarray(0, length)));
          begin(length);
        }
      }
      held = Buffer.from(held);
      return whole;
    },
  };
}
