/** The morning summary: what happened while alerts were waiting, in words. Pure. */
import type { Language } from "../language/wire.ts";
import { type Level, levels, rank } from "../level.ts";
import { clockTime } from "../local-time.ts";
import { overnightWords } from "./overnight-words.ts";
import type { QuietTime } from "./quiet-window.ts";

export type Happening = {
  at: Date;
  level: Level;
  siteName: string;
  /** The digest's title, or what the assessment says where nobody looked deeper. */
  title: string;
};

/** So many are told one by one; of the others their number. */
const toldMax = 10;

/**
 * Headline and sentences, the weightiest happenings first, then in the order of time. What is below `standard` is counted
 * only. `now` tells whether the night is over.
 */
export function describeOvernight(
  { start, end }: QuietTime,
  happenings: readonly Happening[],
  { now, timeZone, language }: { now: Date; timeZone: string; language: Language },
): { headline: string; sentences: string[] } {
  const clock = (at: Date) => clockTime(at, timeZone).slice(0, 5);
  const words = overnightWords[language];
  const span = now < end ? words.since(clock(start)) : words.between(clock(start), clock(end));
  if (happenings.length === 0) return { headline: words.nothing(span), sentences: [] };
  const notable = happenings
    .filter(({ level }) => rank(level) > 0)
    .toSorted((a, b) => rank(b.level) - rank(a.level) || a.at.getTime() - b.at.getTime());
  const told = notable.slice(0, toldMax);
  const left = happenings.length - told.length;
  const sentences = told.map(({ at, level, siteName, title }) =>
    words.happened({ time: clock(at), siteName, title: withoutStop(title), level }),
  );
  if (left > 0) {
    const others = told.length < notable.length ? words.others(left) : words.lowOthers(left);
    sentences.push(told.length === 0 ? words.allLow : others);
  }
  const counts = levels.toReversed().flatMap((level) => {
    const count = happenings.filter((happening) => happening.level === level).length;
    return count === 0 ? [] : [words.ofLevel(count, level)];
  });
  return { headline: words.waited(happenings.length, counts.join(", "), span), sentences };
}

function withoutStop(title: string): string {
  return title.replace(/[.!]+$/, "");
}
