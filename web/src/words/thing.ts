/** What detectors call things, as people say it. The names are the digest's own: text and picture speak of one sofa. */
import { kindOf } from "@vigil/core/digest/things";
import { listed } from "./counted.ts";
import { say } from "./say-thing.ts";

export const { one, count, zone, eventType, coloured } = say;

export type Family = "person" | "vehicle" | "animal" | "other";

/** Which of the few colours of boxes a label gets. */
export function familyOf(label: string): Family {
  const kind = kindOf(label);
  return kind === "belonging" || kind === "background" ? "other" : kind;
}

/** How often each label occurs, most frequent first. */
export function tally(labels: readonly string[]): [label: string, number: number][] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}

/** `2 people, 1 car and 1 dog`. */
export const enumerate = listed;

/** `87 %` of a confidence in 0..1. The space does not break. */
export function percent(fraction: number): string {
  return `${Math.round(fraction * 100)}\u00A0%`;
}

/** A capital letter first. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
