/** Instants in words, in the account's time zone. Instants are RFC 3339; durations are milliseconds. */
import { number } from "./counted.ts";
import { say } from "./say-time.ts";
import { locale } from "./spoken.ts";
import { sentenceCase } from "./thing.ts";

export const todayName = say.today;

const formats = new Map<string, Intl.DateTimeFormat>();

/** `Intl` formats are dear to make and cheap to keep. */
function format(name: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale(), { ...options, timeZone });
  formats.set(key, made);
  return made;
}

/** `14:03` */
export function clock(instant: string, timeZone: string): string {
  return format("clock", timeZone, { hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

/** `14:03:22` */
export function clockWithSeconds(instant: string, timeZone: string): string {
  return format("seconds", timeZone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(
    new Date(instant),
  );
}

/**
 * A timeline's sentence without the time that it begins with, which stands beside it already.
 * `18:28:36-18:29:02 one person` becomes `One person, until 18:29:02`.
 */
export function withoutClock(text: string, instant: string, timeZone: string): string {
  const parts = /^(\d\d:\d\d(?::\d\d)?)(?:[-–](\d\d:\d\d(?::\d\d)?))? (.+)$/.exec(text);
  const [, from, to, rest] = parts ?? [];
  const beside = [clockWithSeconds(instant, timeZone), clock(instant, timeZone)];
  if (from === undefined || rest === undefined || !beside.includes(from)) return text;
  return sentenceCase(to === undefined ? rest : say.timelineUntil(rest.replace(/\.$/, ""), to));
}

const dateKeys = new Map<string, string>();
const dateKeysMax = 20_000;
/** No time zone's day begins within one. */
const quarterMs = 15 * 60 * 1000;

/** `2026-11-23`, as the calendar in that time zone has it. Long lists ask for thousands: what was worked out is kept. */
export function dateKey(instant: string | number, timeZone: string): string {
  const at = new Date(instant);
  const quarter = `${timeZone} ${Math.floor(at.getTime() / quarterMs)}`;
  const known = dateKeys.get(quarter);
  if (known !== undefined) return known;
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const parts = format("key", timeZone, options).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  const key = `${part("year")}-${part("month")}-${part("day")}`;
  if (dateKeys.size >= dateKeysMax) dateKeys.clear();
  dateKeys.set(quarter, key);
  return key;
}

/** `Today`, `Yesterday`, `Friday 20 November`, and with the year once it is another one. */
export function day(instant: string, timeZone: string, now: number): string {
  const key = dateKey(instant, timeZone);
  const today = dateKey(now, timeZone);
  if (key === today) return say.today;
  if (key === dateBeside(today, -1)) return say.yesterday;
  const options = { weekday: "long", day: "numeric", month: "long" } as const;
  const words =
    key.slice(0, 4) === today.slice(0, 4)
      ? format("day", timeZone, options).format(new Date(instant))
      : format("day-year", timeZone, { ...options, year: "numeric" }).format(new Date(instant));
  return say.weekday(words);
}

/** The same of a day of the calendar: `2026-11-20`, today being another. */
export function dayOfDate(date: string, today: string): string {
  return day(`${date}T12:00:00Z`, "UTC", Date.parse(`${today}T12:00:00Z`));
}

/** The date some days after another, or before it. */
export function dateBeside(date: string, days: number): string {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
}

/** `just now`, `42 s ago`, `5 min ago`, `3 h ago`, then the day. */
export function ago(instant: string, timeZone: string, now: number): string {
  const seconds = Math.round((now - Date.parse(instant)) / 1000);
  if (seconds < 5) return say.justNow;
  if (seconds < 60) return say.secondsAgo(seconds);
  if (seconds < 3600) return say.minutesAgo(Math.floor(seconds / 60));
  if (seconds < 12 * 3600) return say.hoursAgo(Math.floor(seconds / 3600));
  const [key, today, time] = [dateKey(instant, timeZone), dateKey(now, timeZone), clock(instant, timeZone)];
  if (key === today) return say.todayAt(time);
  if (key === dateBeside(today, -1)) return say.yesterdayAt(time);
  return say.onDay(day(instant, timeZone, now));
}

/** `today at 18:00`, `tomorrow at 00:00`, or the day and the time. */
export function until(instant: string, timeZone: string, now: number): string {
  const key = dateKey(instant, timeZone);
  const time = clock(instant, timeZone);
  if (key === dateKey(now, timeZone)) return say.todayAt(time);
  if (dateBeside(key, -1) === dateKey(now, timeZone)) return say.tomorrowAt(time);
  return say.dayAt(day(instant, timeZone, now), time);
}

/** "3 Mar 2026, 14:05" */
export function dateAndTime(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short", timeZone }).format(
    new Date(instant),
  );
}

/** `380 ms`, `4.2 s`, `1 min 12 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${tenths(ms)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${tenths(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const tenths = (value: number) =>
  number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false });

/** A time that somebody waited, in seconds: `40 s`, `4 min`, `3 h`, `2 days`. */
export function waited(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return say.days(Math.floor(seconds / (24 * 3600)));
}
