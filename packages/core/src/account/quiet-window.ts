/**
 * The overnight quiet window of an account: alerts wait until it ends, and a morning summary tells of them. Off unless
 * the account has one. Life-safety never waits.
 *
 * The window is given in minutes of the local day (0 to 1,439) and may span midnight: from 22:00 until 07:00 is 1320 to
 * 420. It follows the clock on the wall: where clocks change it is an hour longer or shorter, a start or an end that
 * the clock skips comes at the end of the gap, and one that it shows twice counts the first time.
 */
import { Temporal } from "temporal-polyfill";

/** Equal minutes: no window. */
export type QuietWindow = { fromMinute: number; untilMinute: number; timeZone: string };

const minutesPerDay = 24 * 60;

type Stretch = { startMs: number; endMs: number };

function at(date: Temporal.PlainDate, minute: number, timeZone: string): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  // For a time that the clock skips, "earlier" answers one before the gap, and no option its end.
  const wanted = date.toPlainDateTime(time);
  const earlier = wanted.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(wanted)) return earlier.epochMilliseconds;
  const transition = earlier.getTimeZoneTransition("next");
  return transition?.epochMilliseconds ?? earlier.epochMilliseconds;
}

/** The quiet time that begins on `date`; undefined where the clock skipped all of it. */
function stretchFrom(date: Temporal.PlainDate, window: QuietWindow): Stretch | undefined {
  const { fromMinute, untilMinute, timeZone } = window;
  const lastDate = untilMinute > fromMinute ? date : date.add({ days: 1 });
  const startMs = at(date, fromMinute, timeZone);
  const endMs = at(lastDate, untilMinute, timeZone);
  return endMs > startMs ? { startMs, endMs } : undefined;
}

function stretchAt(window: QuietWindow, instant: Date): Stretch | undefined {
  if (window.fromMinute === window.untilMinute) return undefined;
  const ms = instant.getTime();
  const today = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(window.timeZone).toPlainDate();
  return [today.subtract({ days: 1 }), today]
    .map((date) => stretchFrom(date, window))
    .find((stretch) => stretch !== undefined && stretch.startMs <= ms && ms < stretch.endMs);
}

/**
 * The window of an account's settings: null where it has none.
 * Throws `RangeError` for a minute outside the day.
 */
export function quietWindow(
  fromMinute: number | null,
  untilMinute: number | null,
  timeZone: string,
): QuietWindow | null {
  if (fromMinute === null || untilMinute === null) return null;
  for (const minute of [fromMinute, untilMinute]) {
    if (!Number.isInteger(minute) || minute < 0 || minute >= minutesPerDay) {
      throw new RangeError(
        `a quiet window's minutes must be whole and 0..${minutesPerDay - 1}, got ${minute}; 22:00 is 1320`,
      );
    }
  }
  return { fromMinute, untilMinute, timeZone };
}

/** Whether an alert of this kind waits at `instant`. */
export function isQuiet(
  window: QuietWindow | null,
  instant: Date,
  { lifeSafety }: { lifeSafety: boolean },
): boolean {
  return window !== null && !lifeSafety && stretchAt(window, instant) !== undefined;
}

export type QuietTime = { start: Date; end: Date };

/** The quiet time that began last: the one under way, or else the last that ended. Undefined where there is none. */
export function latestQuiet(window: QuietWindow | null, instant: Date): QuietTime | undefined {
  if (window === null || window.fromMinute === window.untilMinute) return undefined;
  const ms = instant.getTime();
  const today = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(window.timeZone).toPlainDate();
  // The clock may have skipped the quiet time of a day altogether.
  const latest = [0, 1, 2, 3]
    .map((days) => stretchFrom(today.subtract({ days }), window))
    .find((stretch) => stretch !== undefined && stretch.startMs <= ms);
  return latest && { start: new Date(latest.startMs), end: new Date(latest.endMs) };
}

/** When the quiet time that holds `instant` ends: the time of the morning summary. Undefined outside of one. */
export function endsAt(window: QuietWindow | null, instant: Date): Date | undefined {
  const stretch = window === null ? undefined : stretchAt(window, instant);
  return stretch && new Date(stretch.endMs);
}

/** When a quiet time ends next, strictly after `instant`. Undefined where there is none. */
export function nextEnd(window: QuietWindow, instant: Date): Date | undefined {
  if (window.fromMinute === window.untilMinute) return undefined;
  const ms = instant.getTime();
  const today = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(window.timeZone).toPlainDate();
  const next = [-1, 0, 1, 2, 3]
    .map((days) => stretchFrom(today.add({ days }), window))
    .find((stretch) => stretch !== undefined && stretch.endMs > ms);
  return next && new Date(next.endMs);
}
