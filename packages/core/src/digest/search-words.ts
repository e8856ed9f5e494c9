/** What a digest is found by: all that it says, and the other words for what was seen and where. */
import type { Level } from "../level.ts";
import * as Zone from "../zone.ts";
import type { Sentence } from "./wire.ts";
import * as Things from "./words-things.ts";

const charsMax = 20_000;

export function searchWords(told: {
  title: string;
  summary: readonly Sentence[];
  timeline: readonly Sentence[];
  counts: Readonly<Record<string, number>>;
  level: Level;
  siteName: string;
  /** As their installers named them. */
  zones: readonly string[];
}): string {
  const { title, summary, timeline, counts, level, siteName, zones } = told;
  const things = Object.keys(counts).flatMap((label) => [
    label,
    Things.one(label),
    Things.many(label),
    Things.kindOf(label) === "background" ? "" : Things.kindOf(label),
  ]);
  const places = zones.flatMap((zone) => {
    const { name } = Zone.read(zone);
    return [zone, name, ...Zone.sayings(name)];
  });
  const sentences = [...summary, ...timeline].map(({ text }) => text);
  // A line each, so that no phrase runs from one into the next.
  return [title, ...sentences, level, siteName, ...new Set([...things, ...places])]
    .map((words) => words.replaceAll("_", " "))
    .join(" .\n")
    .slice(0, charsMax)
    .toWellFormed();
}
