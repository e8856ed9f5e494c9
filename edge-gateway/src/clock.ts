/**
 * The gateway's time. The wall clock of a small computer may be years wrong after a power cut and jumps when it is set,
 * so durations never come from it.
 */
import type { Clock as WallClock } from "@vigil/core/platform/clock";

export interface Clock extends WallClock {
  /** Milliseconds since an arbitrary instant; never goes back and never jumps. */
  monotonicMs(): number;
}

export const systemClock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };
