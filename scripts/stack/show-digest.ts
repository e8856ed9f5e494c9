/** A digest in the terminal: what was seen, when, how sure, and how long it took. Pure: text in, lines out. */

import { stripVTControlCharacters } from "node:util";
import type { DigestMoment, DigestSummary, DigestView } from "@vigil/core/digest/wire";
import type { Level } from "@vigil/core/level";
import { inSeconds, paint } from "../terminal.ts";

const levelStyles: Record<Level, Parameters<typeof paint>[0]> = {
  low: ["bold", "green"],
  standard: ["bold", "cyan"],
  elevated: ["bold", "yellow"],
  critical: ["bold", "red"],
};
const columnsMax = 96;
const indent = "    ";

/** Colours a level by what it means. */
export function paintLevel(level: Level, text: string = level): string {
  return paint(levelStyles[level], text);
}

/** Breaks text between words so that each line, indent included, has at most `columnsMax` columns. */
function wrap(text: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    const length = stripVTControlCharacters(line).length + word.length + 1;
    if (!isEmpty && length > columnsMax) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

const timeOf = (instant: string) => new Date(instant).toLocaleTimeString("en-GB");

/** `[1]`, `[2, 5]`: which pictures a sentence rests on, by their position in the list. */
function citation(momentIds: readonly string[], digest: DigestView): string {
  const positions = momentIds
    .map((id) => digest.moments.findIndex((moment) => moment.id === id) + 1)
    .filter((position) => position > 0);
  return positions.length > 0 ? paint("dim", ` [${positions.join(", ")}]`) : "";
}

const outcomes: Record<DigestMoment["outcome"], string> = {
  reviewed: "nothing that the model knows",
  early_exit: "nothing in it",
  duplicate: "as a picture before",
  unreadable: "unreadable",
  missing: "missing",
  deferred: "not looked at yet",
};

/** "person .87, car .74", or why there is nothing. */
function findings(moment: DigestMoment, digest: DigestView): string {
  if (moment.outcome === "duplicate") {
    const twin = digest.moments.findIndex(({ id }) => id === moment.duplicateOf) + 1;
    return twin > 0 ? `as picture ${twin}` : outcomes.duplicate;
  }
  if (moment.detections.length === 0) return moment.reason ?? outcomes[moment.outcome];
  return moment.detections
    .toSorted((a, b) => b.confidence - a.confidence)
    .map(({ label, confidence }) => `${label} ${confidence.toFixed(2).replace(/^0/, "")}`)
    .join(", ");
}

function timings({ timings: spent }: DigestView): string[] {
  const { eventToDigestMs, reviewMs, queueMs, fetchMs, decodeMs, inferMs, postMs } = spent;
  const parts = { queue: queueMs, fetch: fetchMs, decode: decodeMs, infer: inferMs, post: postMs };
  const split = Object.entries(parts).map(([name, ms]) => `${name} ${inSeconds(ms)}`);
  return [
    `event to digest  ${paint("bold", inSeconds(eventToDigestMs))}   of which review ${inSeconds(reviewMs)}`,
    paint("dim", split.join(" · ")),
  ];
}

const heading = (text: string) => ["", `  ${paint("bold", text)}`];

/** The whole digest, as the first one is shown. */
export function describeDigest(digest: DigestView): string[] {
  const summary = digest.summary.flatMap((sentence) =>
    wrap(sentence.text + citation(sentence.momentIds, digest), indent, indent),
  );
  const timeline = digest.timeline.flatMap((entry) =>
    wrap(entry.text + citation(entry.momentIds, digest), indent, `${indent}  `),
  );
  const pictures = digest.moments.flatMap((moment, index) =>
    wrap(
      findings(moment, digest),
      `${indent}${String(index + 1).padStart(2)}  ${paint("dim", timeOf(moment.capturedAt))}  `,
      `${indent}${" ".repeat(14)}`,
    ),
  );
  return [
    `  ${paintLevel(digest.level, digest.level.toUpperCase())}  ${paint("bold", digest.title)}`,
    ...summary,
    ...heading("When"),
    ...timeline,
    ...heading("Pictures"),
    ...pictures,
    ...heading("What to do"),
    ...wrap(digest.recommendation, indent, indent),
    ...heading("How long"),
    ...timings(digest).map((line) => `${indent}${line}`),
    `${indent}${paint("dim", `model ${digest.model.name} (sha256 ${digest.model.sha256.slice(0, 12)}…) on ${digest.provider}`)}`,
  ];
}

/** One line, as later digests are shown. */
export function describeBriefly(digest: DigestSummary): string {
  return `  ${paintLevel(digest.level, digest.level.padEnd(8))} ${digest.title}`;
}
