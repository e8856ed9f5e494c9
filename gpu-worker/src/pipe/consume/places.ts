/**
 * Places in the pipe for items of runs: so few that a review that comes waits for one batch of them at most, and none while
 * reviews are in hand.
 */
import { untilAborted } from "../../bounds/until-aborted.ts";

export interface Places {
  /** Resolves with what gives the place back. Rejects with the signal's reason when it fires while waiting. */
  take(signal: AbortSignal): Promise<() => void>;
  /** Resolves when no review is in hand. */
  quiet(): Promise<void>;
  /** Called whenever reviews came or went. */
  changed(): void;
}

export function createPlaces(options: { total: number; reviewsInHand: () => number }): Places {
  let used = 0;
  let change = Promise.withResolvers<void>();
  const changed = () => {
    change.resolve();
    change = Promise.withResolvers<void>();
  };
  const quiet = async () => {
    while (options.reviewsInHand() > 0) await change.promise;
  };
  return {
    changed,
    quiet,
    async take(signal) {
      while (used >= options.total || options.reviewsInHand() > 0) await untilAborted(change.promise, signal);
      signal.throwIfAborted();
      used += 1;
      return () => {
        used -= 1;
        changed();
      };
    },
  };
}
