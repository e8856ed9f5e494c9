/** For tests: items as the gateway records them. */

import { type Colour, encodePng } from "../src/alarm/png.ts";
import type { NewEvidence, NewItem } from "../src/store/item.ts";

const greys = Array.from({ length: 256 }, (_, level): Colour => [level, level, level]);

/** A picture of noise that no other seed has: about `side * side` bytes, because noise does not compress. */
export function noise(seed: number, side = 32): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(side * side);
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  for (let index = 0; index < pixels.length; index += 1) {
    // A step of Marsaglia's xorshift32.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    pixels[index] = state >>> 24;
  }
  return encodePng(pixels, { width: side, height: side, palette: greys });
}

export function picture(name: string, seed: number, side?: number): NewEvidence {
  return { name, contentType: "image/png", bytes: noise(seed, side) };
}

export function heard(id: string, part: Partial<NewItem> = {}): NewItem {
  return {
    id,
    urgent: false,
    heard: { type: "temperature", zone: "kitchen", attributes: { celsius: 61.5 } },
    at: { wallMs: Date.now(), monotonicMs: performance.now() },
    evidence: [],
    ...part,
  };
}
