/** Whether a text was generated, as far as a head can say; it abstains from texts that are unlike those that were measured. */
import type { Generated } from "../wire.ts";
import { dot, featuresOf, hashOf, tokensOf, wordsOf } from "./features.ts";
import { reachesBar, type Slice, type TextHead } from "./head.ts";

type Familiar = { slice: Slice; share: number };

export function judgeText(head: TextHead, text: string): Generated {
  const isExperimental = !head.mayTrain || !head.slices.every(reachesBar);
  const abstain = (reason: string): Generated => ({
    status: "cannot-tell",
    isExperimental,
    reasons: [reason],
  });
  const words = wordsOf(text).length;
  if (words < head.wordsMin) return abstain(`it has ${words} words, and ${head.wordsMin} are needed`);
  const { slice, share } = mostFamiliar(head, text);
  if (share < slice.familiarMin) {
    return abstain(
      `it is unlike the texts that were measured: ${percent(share)} of its pairs of words are known, and ${percent(slice.familiarMin)} are needed`,
    );
  }
  const { error } = slice;
  if (!reachesBar(slice)) {
    return abstain(
      `too often wrong for texts of its kind (${slice.domain}): ${percent(error.found)} of generated ones were found, with ${error.falsePositives} of ${error.humans} others`,
    );
  }
  const score = scoreOf(head, text);
  return {
    status: score > slice.threshold ? "likely" : "none-found",
    probability: probabilityOf(head, score),
    error,
    isExperimental,
    reasons: ["words, pairs of words and runs of characters, compared with texts of known origin"],
  };
}

export function scoreOf(head: Pick<TextHead, "featureBits" | "weights" | "bias">, text: string): number {
  return dot(featuresOf(text, head.featureBits), head.weights) + head.bias;
}

function probabilityOf({ calibration }: Pick<TextHead, "calibration">, score: number): number {
  return 1 / (1 + Math.exp(-(calibration.slope * score + calibration.intercept)));
}

function mostFamiliar({ slices, pairBits }: TextHead, text: string): Familiar {
  const places = pairPlaces(text, pairBits);
  const [first, ...others] = slices.map((slice) => ({ slice, share: shareOf(places, slice.pairs) }));
  if (!first) throw new Error("expected a head with slices");
  return others.reduce((best, one) => (one.share > best.share ? one : best), first);
}

/** Of each pair of words that a text has, once: its place in a set of bits. */
export function pairPlaces(text: string, pairBits: number): Set<number> {
  const tokens = tokensOf(text);
  const places = new Set<number>();
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (next !== undefined) places.add(hashOf(`${token} ${next}`, 5) >>> (32 - pairBits));
  }
  return places;
}

export function shareOf(places: ReadonlySet<number>, known: Uint8Array): number {
  let count = 0;
  for (const place of places) count += ((known[place >>> 3] ?? 0) >>> (place & 7)) & 1;
  return places.size === 0 ? 0 : count / places.size;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
