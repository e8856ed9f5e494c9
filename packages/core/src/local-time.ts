/** Wall-clock times of an account, for rules and for sentences. */

const secondsPerDay = 24 * 60 * 60;
const quarterMs = 15 * 60 * 1000;

/**
 * What is known of a time zone: its formatter, and by how much its clocks differ from UTC in one quarter of an hour.
 * Asking the formatter costs several microseconds, building one thirty, and an assessment reads up to 200 clocks.
 * Clocks change on the quarter hour of UTC (IANA tz database), so within a quarter the difference is constant.
 */
type Clock = { formatter: Intl.DateTimeFormat; quarter: number; shiftSeconds: number };

/** Pure values only. There are about 600 time zones; the bound keeps odd spellings of one from growing the map. */
const clocks = new Map<string, Clock>();
const clocksMax = 1_000;

function clockOf(timeZone: string): Clock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const clock = { formatter, quarter: Number.NaN, shiftSeconds: 0 };
  if (clocks.size >= clocksMax) clocks.clear();
  clocks.set(timeZone, clock);
  return clock;
}

/** Seconds since local midnight by the clock on the wall, 0..86,399. Throws a RangeError for an invalid date. */
function secondOfDay(at: Date, timeZone: string): number {
  const clock = clockOf(timeZone);
  const ms = at.getTime();
  const utc = Math.floor(ms / 1000) % secondsPerDay;
  const quarter = Math.floor(ms / quarterMs);
  if (quarter !== clock.quarter) {
    const [hours = 0, minutes = 0, seconds = 0] = clock.formatter.format(at).split(":").map(Number);
    clock.shiftSeconds = hours * 3600 + minutes * 60 + seconds - utc;
    clock.quarter = quarter;
  }
  return (utc + clock.shiftSeconds + 2 * secondsPerDay) % secondsPerDay;
}

/** `18:02:10` in the time zone, 24-hour. Throws a RangeError for a time zone that is not in the IANA database. */
export function clockTime(at: Date, timeZone: string): string {
  const second = secondOfDay(at, timeZone);
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

/** The local hour, 0..23. */
export function localHour(at: Date, timeZone: string): number {
  return Math.floor(secondOfDay(at, timeZone) / 3600);
}

/** Whether it is night by the clock on the wall: from 22:00 until 06:00. */
export function isNight(at: Date, timeZone: string): boolean {
  const hour = localHour(at, timeZone);
  return hour >= 22 || hour < 6;
}

/** The time zone in words, after its city: `London time`, `New York time`, `UTC`. */
export function zoneWords(timeZone: string): string {
  const city = timeZone.split("/").at(-1) ?? timeZone;
  return city === "UTC" || city === "GMT" ? city : `${city.replaceAll("_", " ")} time`;
}
