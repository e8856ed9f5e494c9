/**
 * What the reader attends to on a digest's page. Pointing at a sentence lights the pictures that it rests on;
 * pointing at a picture lights the sentences that rest on it; one picture is always the selected one.
 */
import { useState } from "react";
import type { Digest, Moment, Sentence } from "../api/contract.ts";

type Pointed = { at: "sentence"; key: string; momentIds: readonly string[] } | { at: "moment"; id: string };

export type Attention = {
  current: Moment | undefined;
  select: (momentId: string) => void;
  /** Called when a sentence is entered by pointer or focus, and with null when it is left. */
  pointAtSentence: (key: string | null, sentence?: Sentence) => void;
  pointAtMoment: (momentId: string | null) => void;
  isMomentLit: (momentId: string) => boolean;
  isSentenceLit: (key: string, sentence: Sentence) => boolean;
  /** Whether something is pointed at, so that what is not lit steps back. */
  isPointing: boolean;
};

export function useAttention(digest: Digest, moments: readonly Moment[]): Attention {
  const [selected, select] = useState<string>();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const current =
    moments.find((moment) => moment.id === selected) ??
    moments.find((moment) => moment.id === digest.cover?.momentId) ??
    moments.find((moment) => moment.outcome === "reviewed") ??
    moments[0];
  return {
    current,
    select,
    pointAtSentence: (key, sentence) =>
      setPointed(
        key === null || sentence === undefined
          ? null
          : { at: "sentence", key, momentIds: sentence.momentIds },
      ),
    pointAtMoment: (id) => setPointed(id === null ? null : { at: "moment", id }),
    isMomentLit: (id) =>
      pointed?.at === "sentence"
        ? pointed.momentIds.includes(id)
        : pointed?.at === "moment" && pointed.id === id,
    isSentenceLit: (key, sentence) =>
      pointed?.at === "moment" ? sentence.momentIds.includes(pointed.id) : pointed?.key === key,
    isPointing: pointed !== null,
  };
}
