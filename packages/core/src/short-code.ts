/**
 * Codes that people read from one screen or mail and type into another: eight consonants, which spell no words, in two
 * halves: `WDJB-MJHT` (RFC 8628, section 6.1). 34 bits: enough where guesses are counted.
 */
import { randomInt } from "node:crypto";

const alphabet = "BCDFGHJKLMNPQRSTVWXZ";
const half = 4;

export function createShortCode(): string {
  const letters = Array.from({ length: 2 * half }, () => alphabet.charAt(randomInt(alphabet.length))).join(
    "",
  );
  return `${letters.slice(0, half)}-${letters.slice(half)}`;
}

/** A code as somebody typed it, in the one way in which it is compared; undefined when it can be none. */
export function readShortCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  const isCode =
    letters.length === 2 * half && Array.from(letters).every((letter) => alphabet.includes(letter));
  return isCode ? `${letters.slice(0, half)}-${letters.slice(half)}` : undefined;
}
