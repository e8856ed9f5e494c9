/**
 * A text as numbers: which words, pairs of words and runs of three and four characters it has, each counted at a place that its
 * hash names (feature hashing; K. Weinberger et al., 2009). Places and values, of length 1 together.
 */

export type Features = { places: Uint32Array; values: Float32Array };

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hashOf(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** Words and marks of punctuation, in small letters. */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}]+(?:['’]\p{L}+)?|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];
}

export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
}

/** @param bits as many places as two to this */
export function featuresOf(text: string, bits: number): Features {
  const counts = new Map<number, number>();
  const add = (kind: number, part: string) => {
    const place = hashOf(part, kind) >>> (32 - bits);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  };
  const tokens = tokensOf(text).map((token) => (/^\p{N}/u.test(token) ? "0" : token));
  for (const [index, token] of tokens.entries()) {
    add(1, token);
    const next = tokens[index + 1];
    if (next !== undefined) add(2, `${token} ${next}`);
  }
  const plain = tokens.join(" ");
  for (let at = 0; at + 3 <= plain.length; at += 1) {
    add(3, plain.slice(at, at + 3));
    if (at + 4 <= plain.length) add(4, plain.slice(at, at + 4));
  }
  const places = Uint32Array.from(counts.keys()).toSorted();
  const values = Float32Array.from(places, (place) => Math.sqrt(counts.get(place) ?? 0));
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return { places, values: values.map((value) => value / length) };
}

export function dot({ places, values }: Features, weights: Float32Array): number {
  let sum = 0;
  for (const [index, place] of places.entries()) sum += (values[index] ?? 0) * (weights[place] ?? 0);
  return sum;
}
