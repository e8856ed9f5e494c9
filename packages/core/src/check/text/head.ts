/**
 * A head for texts: what was learned from texts of known origin, by which kinds of text, and how often it was wrong. It is made
 * by `npm run train:text`, which also says what it may be used for; none is part of Vigil.
 */
import * as z from "zod";
import { MeasuredError } from "../wire.ts";

/** What a slice must reach to be answered for, where the truth was known and nothing of it was learned from. */
export const bar = Object.freeze({ foundMin: 0.75, rateMax: 0.01, coverageMin: 0.6, labelledMin: 200 });

const floats = z.base64().transform((text) => {
  const bytes = Buffer.from(text, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
});
const bits = z.base64().transform((text) => new Uint8Array(Buffer.from(text, "base64")));

const Slice = z.object({
  domain: z.string().min(1).max(40),
  /** Of a text's pairs of words, as many must be known from this domain. */
  familiarMin: z.number().min(0).max(1),
  /** Pairs of words that several of its texts have, as places of a set of bits. */
  pairs: bits,
  threshold: z.number(),
  labelled: z.int().min(0),
  coverage: z.number().min(0).max(1),
  error: MeasuredError,
});

export const TextHead = z
  .object({
    v: z.literal(1),
    name: z.string().min(1).max(100),
    /** Whether the licences of what it was learned from allow that for certain. */
    mayTrain: z.boolean(),
    wordsMin: z.int().min(1),
    featureBits: z.int().min(8).max(20),
    pairBits: z.int().min(8).max(24),
    weights: floats,
    bias: z.number(),
    /** From a score to a probability, for as many generated texts as written ones. */
    calibration: z.object({ slope: z.number(), intercept: z.number() }),
    slices: z.array(Slice).min(1).max(20),
  })
  .refine(
    ({ weights, featureBits }) => weights.length === 2 ** featureBits,
    "expected a weight for each place",
  )
  .refine(
    ({ slices, pairBits }) => slices.every(({ pairs }) => pairs.length === 2 ** pairBits / 8),
    "expected a bit for each place",
  );
export type TextHead = z.infer<typeof TextHead>;
export type Slice = TextHead["slices"][number];

export function reachesBar({
  labelled,
  coverage,
  error,
}: Pick<Slice, "labelled" | "coverage" | "error">): boolean {
  return (
    labelled >= bar.labelledMin &&
    coverage >= bar.coverageMin &&
    error.rate <= bar.rateMax &&
    error.found >= bar.foundMin
  );
}

/** @throws Error for a file that is no head */
export function readTextHead(file: string): TextHead {
  return TextHead.parse(JSON.parse(file));
}
