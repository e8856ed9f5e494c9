/** Days as an account lives them: by the wall clock of its IANA time zone, exact over every change of that clock. */
import { Temporal } from "temporal-polyfill";

/** `start <= at < end`; `date` is the calendar date, for people. Two days never overlap and leave no gap. */
export type LocalDay = { start: Date; end: Date; date: string };

function startOf(date: Temporal.PlainDate, timeZone: string): Date {
  return new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
}

/** Whether `timeZone` is an IANA name that this system knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    // Both must know it: days are reckoned with the one, and times written with the other. Temporal alone would also take
    // the time zone out of a whole time, such as 2020-01-01T00:00Z.
    new Intl.DateTimeFormat("en-GB", { timeZone }).format(0);
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The date and the hour (0..23) that a clock on the wall shows. Throws `RangeError` for an unknown time zone. */
function wallClock(at: Date, timeZone: string): Temporal.ZonedDateTime {
  try {
    return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  } catch (cause) {
    throw new RangeError(
      `timeZone must be an IANA name such as Europe/London, got ${JSON.stringify(timeZone)}; set another one for the account`,
      { cause },
    );
  }
}

/**
 * The local day that holds `at`. A day starts at its first instant: midnight, or the end of the gap where clocks skip
 * midnight (America/Santiago, Africa/Cairo, Asia/Beirut). Days last 23, 24 or 25 hours, or whatever the time zone made of
 * them; a date that a time zone skipped (Pacific/Apia, 2011-12-30) is no day.
 *
 * A day that has begun does not end early: where a clock is turned back across midnight and shows yesterday's date
 * once more (America/St_Johns until 2011, at 00:01), the repeated minutes belong to the new day.
 *
 * Throws `RangeError` for an unknown time zone.
 */
export function localDay(at: Date, timeZone: string): LocalDay {
  let date = wallClock(at, timeZone).toPlainDate();
  let next = date.add({ days: 1 });
  while (startOf(next, timeZone) <= at) {
    date = next;
    next = date.add({ days: 1 });
  }
  return { start: startOf(date, timeZone), end: startOf(next, timeZone), date: date.toString() };
}
