/** What one packet of the sensors' protocol says, and what can be wrong with one. */

export const malformedReasons = [
  "cut",
  "junk",
  "length",
  "name",
  "not_hex",
  "no_values",
  "too_long",
  "unknown",
  "value",
] as const;
/**
 * `cut`: no `!` at its end. `junk`: bytes outside of any packet. `length`: a number of digits that no frame has.
 * `name`: an empty, long or unprintable serial number, location or token. `value`: no number, or beyond its range.
 */
export type MalformedReason = (typeof malformedReasons)[number];

/** Raw ADC counts 0..4095 and the switched flame input 0 or 1; NaN for what the packet does not hold. */
export type SensorValues = { adc1: number; adc2: number; adc3: number; digital: number };

/**
 * Takes what the reader found, in the order of the bytes. `values` and `bytes` are lent for the length of the call and
 * written over afterwards. `head` is what stood between the packet's name and its data: a place, a counter, or "".
 */
export type PacketSink = {
  serial: (name: string) => void;
  location: (name: string) => void;
  token: (secret: string) => void;
  sensor: (values: SensorValues, head: string) => void;
  /** `bytes` holds `words` 16-bit words, the high byte first: 768 of pixels, then 0, 64 or 66 of auxiliary RAM. */
  frame: (bytes: Buffer, words: number, head: string) => void;
  /** The sensor's calibration memory: 832 or 834 words. */
  eeprom: (bytes: Buffer, words: number, head: string) => void;
  /** `excerpt` is at most 80 characters, each of one byte. */
  malformed: (reason: MalformedReason, excerpt: string) => void;
};

export const adcMax = 4_095;
export const pixelWords = 768;
export const eepromWords = 832;
export const frameWordsMax = 834;
/** From `#` to before the `!`. The longest that is meant, a frame of 834 spaced words, has some 4,200. */
export const packetBytesMax = 8_192;
/** Of names: control characters, and what was no UTF-8. */
export const unprintable = /[\p{C}\uFFFD]/u;
export const nameCharactersMax = 64;
export const excerptCharactersMax = 80;
