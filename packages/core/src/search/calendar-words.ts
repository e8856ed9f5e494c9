/** The words of English for days, parts of days and amounts of time. */
import type { Temporal } from "temporal-polyfill";

/** Minutes of the day; `until` beyond 1,440 is the next day's. */
export type Part = { from: number; until: number };

const hour = 60;
export const night: Part = { from: 18 * hour, until: 30 * hour };
export const parts: ReadonlyMap<string, Part> = new Map(
  Object.entries({
    morning: { from: 5 * hour, until: 12 * hour },
    afternoon: { from: 12 * hour, until: 18 * hour },
    evening: { from: 17 * hour, until: 24 * hour },
    night,
  }),
);

export const clockWords: ReadonlyMap<string, number> = new Map(
  Object.entries({
    noon: 12 * hour,
    midday: 12 * hour,
    midnight: 0,
  }),
);

const amounts = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const moreAmounts: ReadonlyMap<string, number> = new Map(Object.entries({ a: 1, an: 1, couple: 2 }));

/** `3`, `three`, `a`; undefined for what is no number. */
export function numberOf(word: string): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const found = amounts.indexOf(word);
  if (found > 0) return found;
  return moreAmounts.get(word);
}

export type Unit = "minutes" | "hours" | "days" | "weeks" | "months";
export const units: ReadonlyMap<string, Unit> = new Map(
  (["minutes", "hours", "days", "weeks", "months"] as const).flatMap((unit): [string, Unit][] => [
    [unit, unit],
    [unit.slice(0, -1), unit],
  ]),
);

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const months = "january february march april may june july august september october november december".split(
  " ",
);

/** Short forms that are words of their own. */
const alsoWords = new Set(["sat", "sun"]);

/** Among names of which the first three letters are enough. Their number, from 1; 0: none of them. */
function placeAmong(names: readonly string[], word: string): number {
  const isShort = word.length >= 3 && word.length <= 5 && !alsoWords.has(word);
  return names.findIndex((name) => name === word || (isShort && name.startsWith(word))) + 1;
}

type Days = { first: Temporal.PlainDate; last: Temporal.PlainDate; length: number };

/** "Today", "the day before yesterday", "last Friday", "this week". `length`: how many of the words it took. */
export function relativeDay(words: readonly string[], today: Temporal.PlainDate): Days | undefined {
  const ago = (days: number, length: number) => {
    const date = today.subtract({ days });
    return { first: date, last: date, length };
  };
  const said = words.join(" ");
  if (/^(?:the )?day before yesterday\b/.test(said)) return ago(2, words[0] === "the" ? 4 : 3);
  if (words[0] === "today") return ago(0, 1);
  if (words[0] === "yesterday") return ago(1, 1);
  const isOther = words[0] === "last" || words[0] === "this" || words[0] === "the";
  const word = words[isOther ? 1 : 0] ?? "";
  const length = isOther ? 2 : 1;
  const weekday = words[0] === "the" ? 0 : placeAmong(weekdays, word);
  if (weekday > 0) {
    const back = (today.dayOfWeek - weekday + 7) % 7;
    return ago(words[0] === "last" && back === 0 ? 7 : back, length);
  }
  return isOther ? span(words[0] ?? "", word, today) : undefined;
}

function span(which: string, word: string, today: Temporal.PlainDate): Days | undefined {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const isLast = which === "last";
  if (word === "weekend") {
    // On a weekend itself, "the weekend" is this one.
    const saturday = today.dayOfWeek >= 6 && !isLast ? monday.add({ days: 5 }) : monday.subtract({ days: 2 });
    return { first: saturday, last: saturday.add({ days: 1 }), length: 2 };
  }
  if (which === "the") return undefined;
  if (word === "week") {
    const first = isLast ? monday.subtract({ days: 7 }) : monday;
    return { first, last: first.add({ days: 6 }), length: 2 };
  }
  if (word === "month") {
    const first = today.with({ day: 1 }).subtract({ months: isLast ? 1 : 0 });
    return { first, last: first.add({ months: 1 }).subtract({ days: 1 }), length: 2 };
  }
  return undefined;
}

/** `2026-11-20`, "20 November", "the 20th of November", "November 20th 2026". Without a year, the latest that has come. */
export function datedDay(
  words: readonly string[],
  today: Temporal.PlainDate,
): { date: Temporal.PlainDate; length: number } | undefined {
  if (words[1] === "of") {
    const read = datedDay(words.toSpliced(1, 1), today);
    return read && { ...read, length: read.length + 1 };
  }
  const [first = "", second = "", third = ""] = words;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(first) ?? [];
  if (year !== undefined) return dated(today, Number(year), Number(month), Number(day), 1);
  const named = [placeAmong(months, first), placeAmong(months, second)];
  const number = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(named[0] ? second : first)?.[1];
  const monthNumber = named[0] || named[1];
  if (number === undefined || !monthNumber) return undefined;
  if (/^20\d{2}$/.test(third)) return dated(today, Number(third), monthNumber, Number(number), 3);
  const thisYear = dated(today, today.year, monthNumber, Number(number), 2);
  const isToCome = thisYear && thisYear.date.since(today).sign > 0;
  return isToCome ? dated(today, today.year - 1, monthNumber, Number(number), 2) : thisYear;
}

function dated(today: Temporal.PlainDate, year: number, month: number, day: number, length: number) {
  try {
    return { date: today.with({ year, month, day }, { overflow: "reject" }), length };
  } catch (error) {
    // There is no such date.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
