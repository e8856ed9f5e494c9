/**
 * A formula that others publish as a sign of generated text: people's sentences differ more in length. It is the burstiness of
 * K.-I. Goh and A.-L. Barabasi (Europhysics Letters 81, 48002, 2008), (s - m) / (s + m) of the lengths' deviation and mean.
 */
import { wordsOf } from "../../packages/core/src/check/text/features.ts";

/** -1 (all alike) to 1; the lower, the more it is taken for generated. */
export function burstinessOf(text: string): number {
  const lengths = text
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => wordsOf(sentence).length)
    .filter((length) => length > 0);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const spread = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0);
  const deviation = Math.sqrt(spread / Math.max(1, lengths.length));
  return mean === 0 ? 0 : (deviation - mean) / (deviation + mean);
}
