/**
 * Times as devices write them. RFC 3339 wants an offset with a colon; ISO 8601, and so many a camera's library, also
 * writes `+0000` and `+00`.
 */
import * as z from "zod";

export const Instant = z.iso.datetime({ offset: true }).meta({
  id: "Instant",
  description: "RFC 3339 with a time zone; answered in UTC.",
  examples: ["2026-06-01T21:14:05.120Z"],
});

const form = "2026-02-03T18:02:10Z or 2026-02-03T19:02:10+01:00";
const parts =
  /^(?<date>\d{4}-\d{2}-\d{2})[Tt ](?<time>\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s?(?<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?$/;

/** Epoch ms of the years 1970 to 2999: PostgreSQL and JavaScript write those beyond four digits in different ways. */
const ourTime = { first: 0, last: Date.UTC(3000, 0) - 1 };

/** False only for a time that is of another age; what is no time at all has been refused for that. */
function isOfOurTime(instant: string): boolean {
  const at = Date.parse(instant);
  return Number.isNaN(at) || (at >= ourTime.first && at <= ourTime.last);
}

/** The time, or the nearest of our time where a clock has gone as wrong as that. */
export function toOurTime(instant: string): Date {
  return new Date(Math.min(Math.max(Date.parse(instant), ourTime.first), ourTime.last));
}

/** The same time as RFC 3339 writes it. What is written so already stays as it is, so that it stays the same request. */
function normalise(written: string): string {
  const { date, time, zone } = parts.exec(written)?.groups ?? {};
  if (date === undefined || time === undefined || zone === undefined) return written;
  const offset = /^[Zz]$/.test(zone)
    ? "Z"
    : `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "").padEnd(2, "0")}`;
  return `${date}T${time.replace(",", ".")}${offset}`;
}

/** What is wrong with a time that cannot be read, and the form that can. */
function fault(written: unknown): string {
  if (typeof written !== "string") return `expected a time as text, such as ${form}`;
  const { groups } = parts.exec(written) ?? {};
  if (groups && groups.zone === undefined) {
    return `expected a time with its zone, such as ${form}: "${written.slice(0, 40)}" does not say which zone it is in`;
  }
  return `expected a time of RFC 3339 with its zone, such as ${form}, got "${written.slice(0, 40)}"`;
}

/** A time that a device reports, of any age: its clock may be wrong. */
export const ReportedInstant = z.preprocess(
  (written) => (typeof written === "string" ? normalise(written) : written),
  z.iso.datetime({ offset: true, error: ({ input }) => fault(input) }),
);

/** The same of our time. */
export const RecentInstant = ReportedInstant.refine(isOfOurTime, "expected a time of the years 1970 to 2999");
