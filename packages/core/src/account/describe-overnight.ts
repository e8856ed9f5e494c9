/** The morning summary: what happened while alerts were waiting, in words. Pure. */
import { type Level, levels, rank } from "../level.ts";
import { clockTime } from "../local-time.ts";
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
  { now, timeZone }: { now: Date; timeZone: string },
): { headline: string; sentences: string[] } {
  const clock = (at: Date) => clockTime(at, timeZone).slice(0, 5);
  const span = now < end ? `since ${clock(start)}` : `from ${clock(start)} until ${clock(end)}`;
  if (happenings.length === 0) return { headline: `Nothing happened ${span}.`, sentences: [] };
  const notable = happenings
    .filter(({ level }) => rank(level) > 0)
    .toSorted((a, b) => rank(b.level) - rank(a.level) || a.at.getTime() - b.at.getTime());
  const told = notable.slice(0, toldMax);
  const left = happenings.length - told.length;
  const sentences = told.map(
    ({ at, level, siteName, title }) => `${clock(at)}, ${siteName}: ${withoutStop(title)} (${level}).`,
  );
  if (left > 0) {
    const others = told.length < notable.length ? "others" : "others of level low";
    sentences.push(told.length === 0 ? "None was above level low." : `And ${left} ${others}.`);
  }
  return { headline: `${counted(happenings)} ${span}.`, sentences };
}

/** `3 alerts waited: 1 elevated, 2 low`. */
function counted(happenings: readonly Happening[]): string {
  const parts = levels.toReversed().flatMap((level) => {
    const count = happenings.filter((happening) => happening.level === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  const many = happenings.length === 1 ? "1 alert waited" : `${happenings.length} alerts waited`;
  return `${many} (${parts.join(", ")})`;
}

function withoutStop(title: string): string {
  return title.replace(/[.!]+$/, "");
}
