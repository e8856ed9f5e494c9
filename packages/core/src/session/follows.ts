/** Whether a session goes on with what the one before it showed: then both are one incident. */
import { type JoinableSession, lengthMs, spanOf } from "./join.ts";

/** Whoever is seen again this shortly after may be the same, by another camera or the same one. */
export const incidentGapMs = 60_000;

/**
 * Of sessions whose pictures show somebody or something that moves at their end, the one that this session follows: the
 * latest that ended up to a minute before it began, or lies around it. None where both together were too long. Pure.
 */
export function findIncident<Earlier extends JoinableSession>(
  earlier: readonly Earlier[],
  later: JoinableSession,
  lengthMsMax: number,
): Earlier | undefined {
  const own = spanOf(later);
  return earlier
    .filter((one) => {
      const span = spanOf(one);
      const apart = own.first - span.last;
      const whole = { first: Math.min(span.first, own.first), last: Math.max(span.last, own.last) };
      return (
        one.id !== later.id &&
        apart <= incidentGapMs &&
        span.first <= own.first &&
        lengthMs(whole) <= lengthMsMax
      );
    })
    .toSorted((a, b) => spanOf(b).last - spanOf(a).last || (a.id < b.id ? -1 : 1))[0];
}
