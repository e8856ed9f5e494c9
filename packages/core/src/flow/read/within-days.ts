/** Days of an account's calendar as a condition: from the first midnight until the one after the last day. */
import { type AnyColumn, and, type SQL, sql } from "drizzle-orm";
import type { Days } from "../../trend/wire.ts";

/** Undefined: at any time. */
export function withinDays(column: AnyColumn, { from, until }: Days, timeZone: string): SQL | undefined {
  const midnight = (date: string, after: number) =>
    sql`((${date}::date + ${after}::int)::timestamp at time zone ${timeZone})`;
  return and(
    from === undefined ? undefined : sql`${column} >= ${midnight(from, 0)}`,
    until === undefined ? undefined : sql`${column} < ${midnight(until, 1)}`,
  );
}
