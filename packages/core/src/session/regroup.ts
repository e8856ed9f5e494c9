/**
 * Which sessions of a site have come so close that they are one. A late event may lie between two of them, and a clock
 * that is corrected moves some. Pure.
 */
import { type JoinableSession, type JoinBounds, lengthMs, spanOf } from "./join.ts";

export type Regroupable = JoinableSession & {
  /** Whether a review was asked for: what was told of a session is not taken back. */
  reviewed: boolean;
};

/** Several sessions become the first one named. */
export type Merge = { survivorId: string; absorbedIds: string[] };

/**
 * Joins neighbours in the order of time, while they are `gapMs` apart or less, together no longer than `lengthMsMax`,
 * and at most one of them was reviewed. The reviewed one stays, else an open one, else the oldest.
 */
export function regroup(sessions: readonly Regroupable[], bounds: JoinBounds): Merge[] {
  const groups: Regroupable[][] = [];
  const inOrder = sessions.toSorted(
    (a, b) => a.firstEventAt.getTime() - b.firstEventAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  for (const session of inOrder) {
    const group = groups.at(-1);
    if (group && belongsTo(group, session, bounds)) group.push(session);
    else groups.push([session]);
  }
  return groups.flatMap((group) => {
    const [survivor, ...absorbed] = group.toSorted(
      (a, b) =>
        Number(b.reviewed) - Number(a.reviewed) ||
        Number(a.state === "closed") - Number(b.state === "closed") ||
        (a.id < b.id ? -1 : 1),
    );
    if (!survivor || absorbed.length === 0) return [];
    return [{ survivorId: survivor.id, absorbedIds: absorbed.map(({ id }) => id) }];
  });
}

function belongsTo(group: readonly Regroupable[], session: Regroupable, bounds: JoinBounds): boolean {
  const spans = group.map(spanOf);
  const first = Math.min(...spans.map((span) => span.first));
  const last = Math.max(...spans.map((span) => span.last));
  const own = spanOf(session);
  return (
    own.first - last <= bounds.gapMs &&
    lengthMs({ first: Math.min(first, own.first), last: Math.max(last, own.last) }) <= bounds.lengthMsMax &&
    !(session.reviewed && group.some((other) => other.reviewed))
  );
}
