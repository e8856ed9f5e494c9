/** Hexadecimal digits to 16-bit words, the high byte first. */
import { createKernels } from "../kernels/index.ts";
import { frameWordsMax } from "../packet.ts";

const zero = 0x30;
const blank = 0xfe;
const none = 0xff;
const nibbles = new Uint8Array(256).fill(none);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  nibbles[digit.charCodeAt(0)] = value;
  nibbles[digit.toUpperCase().charCodeAt(0)] = value;
}
nibbles[0x20] = blank;
nibbles[0x09] = blank;

const kernels = createKernels();
/** In bytes of the kernels' memory. */
const places = { digits: 0, bytes: 4_096 } as const;
const digitsAStep = 16;
const digitsMax = Math.ceil((4 * frameWordsMax) / digitsAStep) * digitsAStep;
const text = Buffer.from(kernels.memory.buffer, places.digits, digitsMax);
const bytes = Buffer.from(kernels.memory.buffer, places.bytes, digitsMax / 2);

/**
 * Digits without a gap. The number of words, or -1 when one of the characters is no digit. The caller has checked that
 * the length is a multiple of 4, at most that of the longest frame, and fits the target.
 */
export function readHex(buffer: Buffer, from: number, end: number, target: Buffer): number {
  const length = end - from;
  const steps = Math.ceil(length / digitsAStep);
  buffer.copy(text, 0, from, end);
  text.fill(zero, length, steps * digitsAStep);
  if (kernels.readHex(places.digits, places.bytes, steps) === 0) return -1;
  bytes.copy(target, 0, 0, length >> 1);
  return length >> 2;
}

/** Words of 1 to 4 digits with blanks between them. -1 for what is no digit, 0 for a word or a line that is too long. */
export function readSpacedHex(buffer: Buffer, from: number, end: number, target: Buffer): number {
  let written = 0;
  let digits = 0;
  let word = 0;
  for (let at = from; at <= end; at++) {
    const nibble = at === end ? blank : (nibbles[buffer[at] ?? 0] ?? none);
    if (nibble === none) return -1;
    if (nibble !== blank) {
      if (++digits > 4) return 0;
      word = (word << 4) | nibble;
    } else if (digits > 0) {
      if (written + 2 > target.length) return 0;
      target[written++] = word >> 8;
      target[written++] = word & 0xff;
      digits = 0;
      word = 0;
    }
  }
  return written >> 1;
}
