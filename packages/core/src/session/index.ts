/** Sessions: events of one site that lie close together in time. */
export { closeAt } from "./close-at.ts";
export { type JoinableSession, join } from "./join.ts";
export { correct as correctClock, observe as observeClock, type Skew, unknownClock } from "./skew.ts";
