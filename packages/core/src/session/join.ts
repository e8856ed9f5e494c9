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

export type Join =
  /** `bridges`: the event lies within the gap of more than one session, which may become one by it. */
  { kind: "join"; sessionId: string; bridges: boolean } | { kind: "open" };

/** Epoch ms. */
export type Span = { first: number; last: number };

export function spanOf({ firstEventAt, lastEventAt }: JoinableSession): Span {
  return { first: firstEventAt.getTime(), last: lastEventAt.getTime() };
}

export function lengthMs({ first, last }: Span): number {
  return last - first;
}

function distanceMs({ first, last }: Span, at: number): number {
  return Math.max(first - at, at - last, 0);
}

function grown({ first, last }: Span, at: number): Span {
  return { first: Math.min(first, at), last: Math.max(last, at) };
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
  const near = sessions
    .map((session) => ({ session, span: spanOf(session), distance: distanceMs(spanOf(session), at) }))
    .filter(({ distance }) => distance <= bounds.gapMs);
  const candidates = near
    .filter(({ span }) => lengthMs(grown(span, at)) <= bounds.lengthMsMax)
    .toSorted(
      (a, b) =>
        Number(a.session.state === "closed") - Number(b.session.state === "closed") ||
        a.distance - b.distance ||
        a.span.first - b.span.first ||
        (a.session.id < b.session.id ? -1 : 1),
    );
  const [best] = candidates;
  return best ? { kind: "join", sessionId: best.session.id, bridges: near.length > 1 } : { kind: "open" };
}
