/** Learns a head from labelled texts. The same texts give the same head: no time and no chance enters it. */
import { type Features, featuresOf, wordsOf } from "../../packages/core/src/check/text/features.ts";
import type { Slice, TextHead } from "../../packages/core/src/check/text/head.ts";
import { pairPlaces, scoreOf, shareOf } from "../../packages/core/src/check/text/judge-text.ts";
import { foldOf, type Labelled } from "./labelled-texts.ts";

const wordsMin = 120;
const featureBits = 15;
const pairBits = 17;
const folds = 5;
const rounds = 20;
const rate = 0.5;
const decay = 1e-4;
/** Of the texts of a domain, as many are too unlike the others to be answered for. */
const unfamiliarShare = 0.1;
/** Of the texts that people wrote, at most as many may score above the threshold while it is chosen. */
const falseShareMax = 0.005;

type Line = Pick<TextHead, "featureBits" | "weights" | "bias">;
type Known = Labelled & { features: Features };
/** What is known of a slice before it is measured. */
export type Learned = Omit<TextHead, "slices"> & { slices: Omit<Slice, "error" | "coverage" | "labelled">[] };

const remembered = new WeakMap<Labelled, Features>();

function known(text: Labelled): Known {
  const features = remembered.get(text) ?? featuresOf(text.text, featureBits);
  remembered.set(text, features);
  return { ...text, features };
}

export function isLongEnough({ text }: Labelled): boolean {
  return wordsOf(text).length >= wordsMin;
}

/** Logistic regression by gradient steps that adapt to each weight (Adagrad; J. Duchi, E. Hazan, Y. Singer, 2011). */
function learnLine(texts: readonly Known[]): Line {
  const weights = new Float32Array(2 ** featureBits);
  const squares = new Float32Array(2 ** featureBits).fill(1e-6);
  let bias = 0;
  const generated = texts.filter(({ generator }) => generator !== null).length / texts.length;
  const order = [...texts.keys()];
  let state = 12_345;
  for (let round = 0; round < rounds; round += 1) {
    for (let index = order.length - 1; index > 0; index -= 1) {
      // Numerical Recipes' linear congruential generator.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const other = state % (index + 1);
      [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
    }
    for (const index of order) {
      const text = texts[index];
      if (!text) continue;
      const { places, values } = text.features;
      let score = bias;
      for (const [at, place] of places.entries()) score += (values[at] ?? 0) * (weights[place] ?? 0);
      const isGenerated = text.generator !== null;
      const share = isGenerated ? generated : 1 - generated;
      const slope = ((1 / (1 + Math.exp(-score)) - (isGenerated ? 1 : 0)) * 0.5) / share;
      for (const [at, place] of places.entries()) {
        const step = slope * (values[at] ?? 0) + decay * (weights[place] ?? 0);
        const square = (squares[place] ?? 0) + step * step;
        squares[place] = square;
        weights[place] = (weights[place] ?? 0) - (rate * step) / Math.sqrt(square);
      }
      bias -= 0.05 * slope;
    }
  }
  return { featureBits, weights, bias };
}

/** Pairs of words that texts of at least two prompts of the domain have. */
function learnPairs(texts: readonly Labelled[]): Uint8Array<ArrayBuffer> {
  const firstOf = new Map<number, string>();
  const bits = new Uint8Array(2 ** pairBits / 8);
  for (const { text, prompt } of texts) {
    for (const place of pairPlaces(text, pairBits)) {
      const first = firstOf.get(place);
      if (first === undefined) firstOf.set(place, prompt);
      else if (first !== prompt) bits[place >>> 3] = (bits[place >>> 3] ?? 0) | (1 << (place & 7));
    }
  }
  return bits;
}

type Scored = { text: Labelled; score: number; share: number };

/** Each text by what was learned from texts of other prompts. */
function scoreApart(texts: readonly Known[], seed: number): Scored[] {
  return Array.from({ length: folds }, (_, fold) => {
    const others = texts.filter((text) => foldOf(text, folds, seed) !== fold);
    const own = texts.filter((text) => foldOf(text, folds, seed) === fold);
    const line = learnLine(others);
    const pairs = new Map(
      [...new Set(own.map(({ domain }) => domain))].map((domain) => [
        domain,
        learnPairs(others.filter((text) => text.domain === domain)),
      ]),
    );
    return own.map((text) => ({
      text,
      score: scoreOf(line, text.text),
      share: shareOf(
        pairPlaces(text.text, pairBits),
        pairs.get(text.domain) ?? new Uint8Array(2 ** pairBits / 8),
      ),
    }));
  }).flat();
}

/** @param seed which prompts are apart from which while thresholds are chosen */
export function learnHead(labelled: readonly Labelled[], seed: number): Learned {
  const texts = labelled.filter(isLongEnough).map(known);
  const apart = scoreApart(texts, seed);
  const domains = [...new Set(texts.map(({ domain }) => domain))];
  return {
    v: 1,
    name: "words, pairs of words and runs of characters",
    mayTrain: false,
    wordsMin,
    pairBits,
    ...learnLine(texts),
    calibration: calibrate(apart),
    slices: domains.map((domain) => {
      const own = apart.filter(({ text }) => text.domain === domain);
      const shares = own.map(({ share }) => share).toSorted((a, b) => a - b);
      const familiarMin = shares[Math.floor(shares.length * unfamiliarShare)] ?? 1;
      const written = own.filter(({ text, share }) => text.generator === null && share >= familiarMin);
      const scores = written.map(({ score }) => score).toSorted((a, b) => b - a);
      const threshold = scores[Math.floor(scores.length * falseShareMax)] ?? Number.MAX_VALUE;
      return {
        domain,
        familiarMin,
        threshold,
        pairs: learnPairs(texts.filter((text) => text.domain === domain)),
      };
    }),
  };
}

/** Platt's: a logistic curve over scores (J. Platt, 1999), for as many generated texts as written ones. */
function calibrate(scored: readonly Scored[]): TextHead["calibration"] {
  const generated = scored.filter(({ text }) => text.generator !== null).length;
  let [slope, intercept] = [1, 0];
  for (let round = 0; round < 2_000; round += 1) {
    let [bySlope, byIntercept] = [0, 0];
    for (const { text, score } of scored) {
      const isGenerated = text.generator !== null;
      const weight = 0.5 / (isGenerated ? generated : scored.length - generated);
      const error = (1 / (1 + Math.exp(-(slope * score + intercept))) - (isGenerated ? 1 : 0)) * weight;
      bySlope += error * score;
      byIntercept += error;
    }
    slope -= 0.5 * bySlope;
    intercept -= 0.5 * byIntercept;
  }
  return { slope, intercept };
}
