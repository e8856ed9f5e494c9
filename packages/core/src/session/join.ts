/** Which session of a site an event belongs to. Pure; the flow that accepts events locks the site's sessions first. */

export type JoinableSession = {
  id: string;
  /** The earliest and the latest `occurredAt` of the session's events. */
  firstEventAt: Date;
  lastEventAt: Date;
  state: "open" | "closed";
};

export type JoinBounds = {
  /** Events this far apart, or closer, belong together. */
  gapMs: number;
  /** The longest time between the first and the last event of one session. */
  lengthMsMax: number;
};

export type Join = { kind: "join"; sessionId: string } | { kind: "open" };

type Span = { first: number; last: number };

function distanceMs({ first, last }: Span, at: number): number {
  return Math.max(first - at, at - last, 0);
}

function grownLengthMs({ first, last }: Span, at: number): number {
  return Math.max(last, at) - Math.min(first, at);
}

/**
 * Joins the session within `gapMs` of whose span the event occurred, or asks for a new one.
 *
 * Order of arrival plays no part, so late and out-of-order events find the session that they belong to, a closed one
 * included. An open session goes first, because it is still to be reviewed; then the nearest; then the earliest; then
 * the smaller id. A session that would grow beyond `lengthMsMax` is no candidate.
 */
export function join(sessions: readonly JoinableSession[], occurredAt: Date, bounds: JoinBounds): Join {
  const at = occurredAt.getTime();
  const candidates = sessions
    .map((session) => {
      const span = { first: session.firstEventAt.getTime(), last: session.lastEventAt.getTime() };
      return { session, span, distance: distanceMs(span, at) };
    })
    .filter(({ span, distance }) => distance <= bounds.gapMs && grownLengthMs(span, at) <= bounds.lengthMsMax)
    .toSorted(
      (a, b) =>
        Number(a.session.state === "closed") - Number(b.session.state === "closed") ||
        a.distance - b.distance ||
        a.span.first - b.span.first ||
        (a.session.id < b.session.id ? -1 : 1),
    );
  const [best] = candidates;
  return best ? { kind: "join", sessionId: best.session.id } : { kind: "open" };
}
