/** The true time, as the API's answers tell it. The gateway's own wall clock is compared with it, never believed before it. */
import type { Clock } from "../clock.ts";

export type Told = { trueMs: number; monotonicMs: number; tripMs: number };
export type Anchor = { trueMs: number; monotonicMs: number };

export type TrueTime = {
  /** An answer of the API told the time. */
  tell(told: Told): void;
  /** Milliseconds since 1970; undefined before the first answer. */
  now(): number | undefined;
  anchor(): Anchor | undefined;
  /** How far the wall clock is ahead of the true time now, in milliseconds; undefined before the first answer. */
  wallAheadMs(): number | undefined;
};

/** Crystals drift by some 50 parts in a million, 180 ms an hour: an older word is worth less than a slower one. */
const staleMs = 60 * 60 * 1000;

const at = (anchor: Anchor, monotonicMs: number) => anchor.trueMs + monotonicMs - anchor.monotonicMs;

/** `onAnchor` is called with the first word, and when a later one is better by more than a second. */
export function createTrueTime(clock: Clock, onAnchor: (anchor: Anchor) => void): TrueTime {
  let best: Told | undefined;
  const now = () => (best ? at(best, clock.monotonicMs()) : undefined);
  return {
    tell(told) {
      const before = best;
      const isBetter =
        !before || told.tripMs < before.tripMs || told.monotonicMs - before.monotonicMs > staleMs;
      if (!isBetter) return;
      best = told;
      const moved = before ? Math.abs(at(told, told.monotonicMs) - at(before, told.monotonicMs)) : Infinity;
      if (moved > 1_000) onAnchor({ trueMs: told.trueMs, monotonicMs: told.monotonicMs });
    },
    now,
    anchor: () => best && { trueMs: best.trueMs, monotonicMs: best.monotonicMs },
    wallAheadMs() {
      const trueMs = now();
      return trueMs === undefined ? undefined : clock.now().getTime() - trueMs;
    },
  };
}
