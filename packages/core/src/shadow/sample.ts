/** Which reviews, which picture of one, and on which side: by hashes, so that it is the same however often it is asked. Pure. */
import { createHash } from "node:crypto";

/** 0 up to, not including, 1. */
function fractionOf(...parts: readonly string[]): number {
  return createHash("sha256").update(parts.join(" ")).digest().readUInt32BE(0) / 2 ** 32;
}

type Look = { experimentId: string; reviewId: string };

export function isSampled({ experimentId, reviewId }: Look, share: number): boolean {
  return fractionOf("sample", experimentId, reviewId) < share;
}

/** One picture of a review: those that follow each other depend on each other. Undefined: it has none. */
export function pickMoment<M extends { id: string }>(
  { experimentId, reviewId }: Look,
  moments: readonly M[],
): M | undefined {
  const place = fractionOf("moment", experimentId, reviewId);
  return moments.toSorted((a, b) => (a.id < b.id ? -1 : 1))[Math.floor(place * moments.length)];
}

/** What the challenger is called while nobody may know which it is. */
export function sideOf({ experimentId, reviewId }: Look): "a" | "b" {
  return fractionOf("side", experimentId, reviewId) < 0.5 ? "a" : "b";
}

/** What names the pair in its experiment, and nobody else: pairs outlive the account. */
export function pairKeyOf({ experimentId, reviewId }: Look): string {
  return createHash("sha256").update(`pair ${experimentId} ${reviewId}`).digest("hex").slice(0, 40);
}
