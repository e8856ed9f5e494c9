/**
 * Reads when something happened out of a question: "last night", "since Friday", "between 2 and 4", "20 November". By the
 * clock on the account's wall, over every change of it. What it reads is taken out of the question; the rest is what is
 * looked for.
 */
import { Temporal } from "temporal-polyfill";
import * as Calendar from "./calendar-words.ts";

/** `from <= at < until` */
export type Stretch = { from: Date; until: Date };

/** `stretches`: null where no time is named; empty where none of it has passed yet. */
export type Times = { stretches: Stretch[] | null; rest: string[] };

type Day = { first: Temporal.PlainDate; last: Temporal.PlainDate };
/** Minutes of the day; `until` beyond 1,440 is the next day's. `vague`: it is not said which half of the day. */
type Window = { from: number; until: number; vague: boolean };
type Found = { day?: Day; window?: Window; from?: Temporal.Instant; until?: Temporal.Instant };
type Read<T> = { value: T; next: number } | undefined;
type Reader = { tokens: readonly string[]; now: Temporal.ZonedDateTime };

const minutesPerDay = 24 * 60;
/** "At three" is some time around it. */
const aroundMinutes = 30;
/** An hour without a day is one of the last day's; a part of the day, such as the evening, one of the last week's. */
const hourDays = 1;
const partDays = 7;
const daysMax = 62;

export function readTimes(question: string, { now, timeZone }: { now: Date; timeZone: string }): Times {
  const tokens = question
    .normalize("NFKC")
    .toLowerCase()
    .match(
      /\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2}(?:[ap]m)?(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’]*/gu,
    );
  const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const reader: Reader = { tokens: tokens ?? [], now: zoned };
  const found: Found[] = [];
  const rest: string[] = [];
  for (let at = 0; at < reader.tokens.length; ) {
    const read = readTime(reader, at);
    if (read) found.push(read.value);
    else rest.push(reader.tokens[at] ?? "");
    at = read?.next ?? at + 1;
  }
  return { stretches: found.length === 0 ? null : stretchesOf(merged(found), zoned), rest };
}

/** A later word about the same thing makes an earlier one more exact: "yesterday", "evening". */
function merged(found: readonly Found[]): Found {
  return found.reduce((all, one) => ({ ...all, ...one }), {});
}

function readTime(reader: Reader, at: number): Read<Found> {
  return (
    readBetween(reader, at) ??
    readBound(reader, at) ??
    readAgo(reader, at) ??
    readLast(reader, at) ??
    readDayAndPart(reader, at) ??
    readPart(reader, at) ??
    readHour(reader, at)
  );
}

/** "Between 2 and 4", "from Monday to Wednesday", "from 22:00 until 6". */
function readBetween(reader: Reader, at: number): Read<Found> {
  const word = reader.tokens[at] ?? "";
  if (word !== "between" && word !== "from") return undefined;
  const clocks = readPair(reader, at + 1, readClock);
  if (clocks) {
    const [first, second] = clocks.value;
    // "Between 2 and 4 pm" is said once for both.
    const isAfternoon = first.vague && !second.vague && second.minute >= 12 * 60;
    const from =
      isAfternoon && first.minute + 12 * 60 < second.minute ? first.minute + 12 * 60 : first.minute;
    const until = second.minute > from ? second.minute : second.minute + minutesPerDay;
    const vague = first.vague && second.vague;
    // From ten until two, of the same half or the other, is four hours.
    const window =
      vague && until - from > 12 * 60 ? { from, until: until - 12 * 60, vague } : { from, until, vague };
    return { value: { window }, next: clocks.next };
  }
  const days = readPair(reader, at + 1, readDay);
  if (!days) return undefined;
  const [first, second] = days.value;
  return { value: { day: { first: first.first, last: second.last } }, next: days.next };
}

function readPair<T>(
  reader: Reader,
  at: number,
  read: (reader: Reader, at: number) => Read<T>,
): Read<[T, T]> {
  const first = read(reader, at);
  if (!first || !["and", "to", "until", "till"].includes(reader.tokens[first.next] ?? "")) return undefined;
  const second = read(reader, first.next + 1);
  return second && { value: [first.value, second.value], next: second.next };
}

/** "Since Friday", "after 22:00", "before 6 am", "until Monday". */
function readBound(reader: Reader, at: number): Read<Found> {
  const word = reader.tokens[at] ?? "";
  const opens = word === "since" || word === "after";
  if (!opens && !["until", "till", "before", "by"].includes(word)) return undefined;
  const { now } = reader;
  const day = readDayWithPart(reader, at + 1);
  if (day) {
    const { first, last, window } = day.value;
    const begin = at0(first, window?.from ?? 0, now.timeZoneId);
    const end = at0(last, window?.until ?? minutesPerDay, now.timeZoneId);
    const value =
      word === "since"
        ? { from: begin }
        : word === "after"
          ? { from: end }
          : { until: word === "before" ? begin : end };
    return { value, next: day.next };
  }
  const clock = readClock(reader, at + 1);
  if (!clock) return undefined;
  const { minute, vague } = clock.value;
  if (word === "since") return { value: { from: latest(now, minute, vague) }, next: clock.next };
  const window = opens
    ? { from: minute, until: minutesPerDay, vague: false }
    : { from: 0, until: minute, vague: false };
  return { value: { window }, next: clock.next };
}

function inOrder(a: Temporal.Instant, b: Temporal.Instant): number {
  return Temporal.Instant.compare(a, b);
}

function dayOf(date: Temporal.PlainDate): Day {
  return { first: date, last: date };
}

/** The latest time at which the clock showed this minute. */
function latest(now: Temporal.ZonedDateTime, minute: number, vague: boolean): Temporal.Instant {
  const minutes = vague ? [minute % 720, (minute % 720) + 720] : [minute];
  const today = now.toPlainDate();
  const instants = [today.subtract({ days: 1 }), today].flatMap((date) =>
    minutes.map((each) => at0(date, each, now.timeZoneId)),
  );
  const passed = instants.filter((instant) => Temporal.Instant.compare(instant, now.toInstant()) <= 0);
  return passed.toSorted(inOrder).at(-1) ?? now.toInstant();
}

/** "Two hours ago", "a week ago". */
function readAgo({ tokens, now }: Reader, at: number): Read<Found> {
  const amount = Calendar.numberOf(tokens[at] ?? "");
  const unit = Calendar.units.get(tokens[at + 1] ?? "");
  if (amount === undefined || unit === undefined || tokens[at + 2] !== "ago") return undefined;
  const next = at + 3;
  if (unit === "minutes" || unit === "hours") {
    const middle = now.subtract({ [unit]: amount });
    const half = unit === "hours" ? { minutes: 30 } : { minutes: 5 };
    return { value: { from: middle.subtract(half).toInstant(), until: middle.add(half).toInstant() }, next };
  }
  const date = now.toPlainDate().subtract({ [unit]: Math.min(amount, 1_000) });
  return { value: { day: { first: date, last: date } }, next };
}

/** "In the last two hours", "the past week", "last 30 minutes". */
function readLast({ tokens, now }: Reader, at: number): Read<Found> {
  let place = at;
  while (["in", "within", "during", "over", "the"].includes(tokens[place] ?? "")) place += 1;
  if (tokens[place] !== "last" && tokens[place] !== "past") return undefined;
  const amount = Calendar.numberOf(tokens[place + 1] ?? "");
  const unit = Calendar.units.get(tokens[place + (amount === undefined ? 1 : 2)] ?? "");
  // "Last week" and "last month" are calendar words; "the past week" is seven days.
  if (unit === undefined) return undefined;
  const isCalendar = amount === undefined && tokens[place] === "last" && ["weeks", "months"].includes(unit);
  if (isCalendar) return undefined;
  const from = now.subtract({ [unit]: Math.min(amount ?? 1, 1_000) }).toInstant();
  return { value: { from }, next: place + (amount === undefined ? 2 : 3) };
}

/** "Yesterday evening", "on Friday", "last night", "20 November". */
function readDayAndPart(reader: Reader, at: number): Read<Found> {
  const start = reader.tokens[at] === "on" || reader.tokens[at] === "of" ? at + 1 : at;
  const read = readDayWithPart(reader, start);
  if (!read) return undefined;
  const { first, last, window } = read.value;
  return { value: { day: { first, last }, ...(window && { window }) }, next: read.next };
}

function readDayWithPart(reader: Reader, at: number): Read<Day & { window?: Window }> {
  const { tokens, now } = reader;
  const today = now.toPlainDate();
  const word = tokens[at] ?? "";
  const part = Calendar.parts.get(tokens[at + 1] ?? "");
  if (word === "tonight") return { value: { ...dayOf(today), window: nightWindow }, next: at + 1 };
  const isNight = word === "overnight" || (word === "last" && tokens[at + 1] === "night");
  if (isNight) {
    const value = { ...dayOf(today.subtract({ days: 1 })), window: nightWindow };
    return { value, next: word === "overnight" ? at + 1 : at + 2 };
  }
  if ((word === "this" || word === "last") && part) {
    const date = word === "this" ? today : today.subtract({ days: 1 });
    return { value: { ...dayOf(date), window: windowOf(part) }, next: at + 2 };
  }
  const day = readDay(reader, at);
  if (!day) return undefined;
  const following = Calendar.parts.get(tokens[day.next] ?? "");
  return following ? { value: { ...day.value, window: windowOf(following) }, next: day.next + 1 } : day;
}

function windowOf({ from, until }: Calendar.Part): Window {
  return { from, until, vague: false };
}

const nightWindow: Window = { ...Calendar.night, vague: false };

/** "In the evening", "at night", without a day. */
function readPart({ tokens }: Reader, at: number): Read<Found> {
  let place = at;
  while (["in", "at", "during", "the"].includes(tokens[place] ?? "")) place += 1;
  const part = Calendar.parts.get(tokens[place] ?? "");
  return part && { value: { window: { ...windowOf(part) } }, next: place + 1 };
}

/** "At 3 pm", "around 14:00", "10:30". A bare number is no hour. */
function readHour(reader: Reader, at: number): Read<Found> {
  const word = reader.tokens[at] ?? "";
  const isSaid = ["at", "around", "about"].includes(word);
  const clock = readClock(reader, isSaid ? at + 1 : at);
  if (!clock || (!isSaid && !clock.value.plain)) return undefined;
  const { minute, vague } = clock.value;
  return {
    value: { window: { from: minute - aroundMinutes, until: minute + aroundMinutes, vague } },
    next: clock.next,
  };
}

/** `plain`: it can be nothing but a time of the day. */
type Clock = { minute: number; vague: boolean; plain: boolean };

function readClock({ tokens }: Reader, at: number): Read<Clock> {
  const word = tokens[at] ?? "";
  const named = Calendar.clockWords.get(word);
  if (named !== undefined) return { value: { minute: named, vague: false, plain: true }, next: at + 1 };
  const [, hours, minutes, suffix] = /^(\d{1,2})(?:[:.](\d{2}))?([ap]m)?$/.exec(word) ?? [];
  if (hours === undefined || Number(hours) > 24 || Number(minutes ?? 0) > 59) return undefined;
  const after = tokens[at + 1] ?? "";
  const half = suffix ?? (after === "am" || after === "pm" ? after : undefined);
  const isClock = after === "o'clock" || after === "o’clock";
  const next = at + ((half !== undefined && suffix === undefined) || isClock ? 2 : 1);
  const hour = Number(hours);
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  const whole = half === undefined ? hour : (hour % 12) + (half === "pm" ? 12 : 0);
  const vague = half === undefined && hour >= 1 && hour <= 12 && !hours.startsWith("0");
  const plain = half !== undefined || minutes !== undefined || isClock;
  return { value: { minute: whole * 60 + Number(minutes ?? 0), vague, plain }, next };
}

function readDay({ tokens, now }: Reader, at: number): Read<Day> {
  const today = now.toPlainDate();
  const words = tokens.slice(at, at + 4);
  const relative = Calendar.relativeDay(words, today);
  if (relative) return { value: { first: relative.first, last: relative.last }, next: at + relative.length };
  const dated = Calendar.datedDay(words, today);
  return dated && { value: { first: dated.date, last: dated.date }, next: at + dated.length };
}

/** A minute of a date by the clock on the wall; negative and beyond the day are its neighbours'. */
function at0(date: Temporal.PlainDate, minute: number, timeZone: string): Temporal.Instant {
  const days = Math.floor(minute / minutesPerDay);
  const rest = minute - days * minutesPerDay;
  return date
    .add({ days })
    .toPlainDateTime({ hour: Math.floor(rest / 60), minute: rest % 60 })
    .toZonedDateTime(timeZone)
    .toInstant();
}

/** All that was found together, as stretches that have begun, the earliest first. */
function stretchesOf({ day, window, from, until }: Found, now: Temporal.ZonedDateTime): Stretch[] {
  const present = now.toInstant();
  const lower = [
    from,
    day || from || !window ? undefined : now.subtract({ days: withoutDay(window) }).toInstant(),
  ];
  const earliest = lower
    .filter((instant) => instant !== undefined)
    .toSorted(inOrder)
    .at(-1);
  const last = [until, present].filter((instant) => instant !== undefined).toSorted(inOrder)[0];
  const whole: [Temporal.Instant, Temporal.Instant][] = spans({ day, window, earliest }, now);
  return whole.flatMap(([begin, end]) => {
    const first = earliest && Temporal.Instant.compare(earliest, begin) > 0 ? earliest : begin;
    const final = last && Temporal.Instant.compare(last, end) < 0 ? last : end;
    if (Temporal.Instant.compare(first, final) >= 0) return [];
    return [{ from: new Date(first.epochMilliseconds), until: new Date(final.epochMilliseconds) }];
  });
}

function withoutDay({ from, until }: Window): number {
  return until - from <= 4 * 60 ? hourDays : partDays;
}

function spans(
  {
    day,
    window,
    earliest,
  }: { day: Day | undefined; window: Window | undefined; earliest: Temporal.Instant | undefined },
  now: Temporal.ZonedDateTime,
): [Temporal.Instant, Temporal.Instant][] {
  const { timeZoneId: timeZone } = now;
  if (!window) {
    return day
      ? [[at0(day.first, 0, timeZone), at0(day.last, minutesPerDay, timeZone)]]
      : [[earliest ?? Temporal.Instant.fromEpochMilliseconds(0), now.toInstant()]];
  }
  const today = now.toPlainDate();
  // The night before the first day reaches into it.
  const begin =
    day?.first ??
    (earliest ?? now.toInstant()).toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 });
  const end = day?.last ?? today;
  const windows = window.vague ? halves(window) : [window];
  const dates: Temporal.PlainDate[] = [];
  for (let date = end; Temporal.PlainDate.compare(date, begin) >= 0 && dates.length < daysMax; ) {
    dates.unshift(date);
    date = date.subtract({ days: 1 });
  }
  return dates.flatMap((date) =>
    windows.map(({ from, until }): [Temporal.Instant, Temporal.Instant] => [
      at0(date, from, timeZone),
      at0(date, until, timeZone),
    ]),
  );
}

/** "Between 2 and 4" may be meant before noon or after it. */
function halves({ from, until }: Window): Window[] {
  const first = from % 720;
  return [first, first + 720].map((begin) => ({ from: begin, until: begin + until - from, vague: false }));
}
