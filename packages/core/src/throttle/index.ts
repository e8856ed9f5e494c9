/**
 * Overload: when it begins and ends, what it changes, and why. Pure; the caller keeps the state.
 *
 * @example
 *   const state = Throttle.step(stored ?? Throttle.calm, { at, depthReviews, depthMoments, momentsPerSecond });
 *   const k = Throttle.kFor(state, { tier: "pro", idle: Throttle.isIdle(state) });
 */
export { addendaRoom } from "./addenda.ts";
export { expectedWaitSeconds } from "./expected-wait.ts";
export { reasons } from "./reasons.ts";
export { extraBatchWindowMs, isIdle, kFor } from "./shrink-k.ts";
export { calm, type Measurement, type Overload, step } from "./step.ts";
