/**
 * Whether the system is overloaded, as a fold over measurements.
 *
 * Two triggers, each with hysteresis: the depth of the queue in reviews (in above `depthEnter`, out below `depthLeave`)
 * and the expected wait in seconds (`waitSecondsEnter`, `waitSecondsLeave`). Either one overloads the system; it is
 * calm again when both are out. Neither state is left within `dwellMsMin`, so it never oscillates faster than that.
 */
import { overload } from "../limits.ts";
import { expectedWaitSeconds } from "./expected-wait.ts";

export type Measurement = {
  at: Date;
  /** Reviews that are asked for and not done: waiting, in the queue, and in flight. */
  depthReviews: number;
  /** The moments of those reviews, deferred ones left out. */
  depthMoments: number;
  /** What the workers that report can do together when they are busy; 0 when there are none or none has measured yet. */
  momentsPerSecond: number;
};

/** Plain JSON, kept in one row. Times are RFC 3339, UTC. */
export type Overload = {
  overloaded: boolean;
  /** When `overloaded` last changed; null when it never did. */
  changedAt: string | null;
  depthHigh: boolean;
  waitHigh: boolean;
  /** Since when nothing but a trickle waits; null while more does. */
  calmSince: string | null;
  /** Since when nothing waits at all although there are workers; null while something does. */
  idleSince: string | null;
  last: {
    at: string;
    depthReviews: number;
    depthMoments: number;
    momentsPerSecond: number;
    expectedWaitSeconds: number | null;
  } | null;
};

export const calm: Overload = Object.freeze({
  overloaded: false,
  changedAt: null,
  depthHigh: false,
  waitHigh: false,
  calmSince: null,
  idleSince: null,
  last: null,
});

/** Calm, as deferred moments need it: less work than this waits. */
const calmWaitSecondsMax = 10;

/** High above `enter`, low below `leave`, unchanged between them. */
function hysteresis(high: boolean, value: number, enter: number, leave: number): boolean {
  return high ? value >= leave : value > enter;
}

function keptSince(held: boolean, previous: string | null, at: Date): string | null {
  return held ? (previous ?? at.toISOString()) : null;
}

/** Folds one measurement in. One that is older than the last is ignored: processes report out of order. */
export function step(state: Overload, measurement: Measurement): Overload {
  const { at, depthReviews, depthMoments, momentsPerSecond } = measurement;
  if (state.last && at < new Date(state.last.at)) return state;

  const wait = expectedWaitSeconds(depthMoments, momentsPerSecond);
  const depthHigh = hysteresis(state.depthHigh, depthReviews, overload.depthEnter, overload.depthLeave);
  const waitHigh =
    wait === null
      ? state.waitHigh
      : hysteresis(state.waitHigh, wait, overload.waitSecondsEnter, overload.waitSecondsLeave);

  const dwelt =
    state.changedAt === null || at.getTime() - new Date(state.changedAt).getTime() >= overload.dwellMsMin;
  const overloaded = dwelt ? depthHigh || waitHigh : state.overloaded;
  const quiet = !overloaded && wait !== null && wait <= calmWaitSecondsMax;
  return {
    overloaded,
    changedAt: overloaded === state.overloaded ? state.changedAt : at.toISOString(),
    depthHigh,
    waitHigh,
    calmSince: keptSince(quiet, state.calmSince, at),
    idleSince: keptSince(quiet && depthReviews === 0 && momentsPerSecond > 0, state.idleSince, at),
    last: { at: at.toISOString(), depthReviews, depthMoments, momentsPerSecond, expectedWaitSeconds: wait },
  };
}

/** Whether a state that began at `since` held for `durationMs` at the last measurement. */
export function heldFor(state: Overload, since: string | null, durationMs: number): boolean {
  if (since === null || state.last === null) return false;
  return new Date(state.last.at).getTime() - new Date(since).getTime() >= durationMs;
}
