/** A signed picture as an attacker, a transfer or a program may leave it: bits of its manifest are flipped, or it is cut short. */

/** Xorshift, 32 bits (Marsaglia): the same seed damages the same bits. 0..1. */
export function randomOf(seed: number): () => number {
  let state = seed || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** One to four bits, from 2 KiB before the manifest begins on; every tenth file is cut as well. */
export function damageManifest(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  const from = Math.max(0, bytes.indexOf("jumb") - 2_048);
  for (let flips = 1 + Math.floor(random() * 4); flips > 0; flips -= 1) {
    const at = Math.min(copy.length - 1, from + Math.floor(random() * 64_000));
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return random() < 0.1 ? copy.subarray(0, from + Math.floor(random() * (copy.length - from))) : copy;
}
