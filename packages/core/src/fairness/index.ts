/**
 * Which waiting reviews the queue gets, how many, and in which order. Pure; the caller counts and sends.
 *
 * @example
 *   const window = Fairness.windowSize({ momentsPerSecond });
 *   const next = Fairness.admit({ waiting, inFlightByAccount, recentByAccount, room });
 */
export {
  type Admission,
  admit,
  lifeSafetyMomentsMax,
  type RecentService,
  recentMs,
  type WaitingReview,
} from "./admit.ts";
export { windowSize } from "./window-size.ts";
