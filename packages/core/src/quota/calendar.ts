/**
 * Quota days of an account whose time zone may change.
 *
 * A quota day is a local day of the account's time zone. When that changes, the quota day under way keeps its start and
 * is stretched: it ends at the first midnight of the new time zone that is still to come and not before its old end. So
 * quota days never overlap, leave no gap, and none is shorter than a local day of a time zone: however often an account
 * changes, and to whatever, it starts no more quota days than it would have by staying. (Switching at once, or at the
 * old midnight into a day that has already begun elsewhere, would let it start two days within hours, every day.)
 * Changing back within the day restores the old end. The price: on the day of a change, and only then, the allowance
 * lasts up to 48 hours.
 *
 * @example
 *   const calendar = changeTimeZone(inTimeZone("Europe/London"), "Asia/Tokyo", now);
 *   const day = quotaDay(calendar, now); // count the claims made from `day.start` until before `day.end`
 */
import type { StretchedDay } from "../account/account.sql.ts";
import { type LocalDay, localDay } from "./local-day.ts";

/** Plain JSON. Times are RFC 3339, UTC. */
export type QuotaCalendar = {
  timeZone: string;
  /** The day during which the time zone was last changed; null when it never was. */
  stretched: StretchedDay | null;
};

export function inTimeZone(timeZone: string): QuotaCalendar {
  return { timeZone, stretched: null };
}

/**
 * The quota day that holds `at`, which must not lie before the quota day of the latest change of time zone.
 * Count the claims made in it. A counter kept by `date` would not do: after a move westward across the date line two
 * days bear one date.
 */
export function quotaDay({ timeZone, stretched }: QuotaCalendar, at: Date): LocalDay {
  if (stretched && at < new Date(stretched.end)) {
    return { start: new Date(stretched.start), end: new Date(stretched.end), date: stretched.date };
  }
  return localDay(at, timeZone);
}

/** The calendar after a change of time zone at `now`. Throws `RangeError` for an unknown time zone. */
export function changeTimeZone(calendar: QuotaCalendar, timeZone: string, now: Date): QuotaCalendar {
  if (timeZone === calendar.timeZone) return calendar;
  const { stretched } = calendar;
  const day = quotaDay(calendar, now);
  const underWay = stretched !== null && now < new Date(stretched.end);
  const endUnstretched = underWay ? new Date(stretched.endUnstretched) : day.end;
  return {
    timeZone,
    stretched: {
      start: day.start.toISOString(),
      endUnstretched: endUnstretched.toISOString(),
      end: endOfStretch(endUnstretched, timeZone, now).toISOString(),
      date: day.date,
    },
  };
}

function endOfStretch(endUnstretched: Date, timeZone: string, now: Date): Date {
  const day = localDay(endUnstretched, timeZone);
  const end = day.start.getTime() === endUnstretched.getTime() ? day.start : day.end;
  return end > now ? end : localDay(now, timeZone).end;
}
