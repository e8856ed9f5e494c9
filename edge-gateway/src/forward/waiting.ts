/** Items that failed by themselves, each with a time before which it is not tried again, so that none holds up the others. */
import type { Clock } from "../clock.ts";
import { backoffMs } from "./backoff.ts";

/** Ids that are passed over at once; more of them wait for the first ones. */
const waitingMax = 500;

/** One event that the API stumbles over costs little when it is tried every ten minutes. */
const waitMsMax = 10 * 60_000;

export type Waiting = {
  put(id: string, retryAfterMs: number): void;
  done(id: string): void;
  /** Whether it has failed before. */
  has(id: string): boolean;
  /** Ids whose time has not come. */
  ids(): string[];
  /** Milliseconds until the first one's time comes; undefined when none waits. */
  nextMs(): number | undefined;
};

export function createWaiting(clock: Clock, random: () => number): Waiting {
  const waiting = new Map<string, { failures: number; untilMs: number }>();
  return {
    put(id, retryAfterMs) {
      const failures = (waiting.get(id)?.failures ?? 0) + 1;
      if (!waiting.has(id) && waiting.size >= waitingMax) return;
      const ms = backoffMs(failures, random(), retryAfterMs, waitMsMax);
      waiting.set(id, { failures, untilMs: clock.monotonicMs() + ms });
    },
    done: (id) => void waiting.delete(id),
    has: (id) => waiting.has(id),
    ids: () => [...waiting].filter(([, { untilMs }]) => untilMs > clock.monotonicMs()).map(([id]) => id),
    nextMs() {
      const left = [...waiting.values()].map(({ untilMs }) => untilMs - clock.monotonicMs());
      const coming = left.filter((ms) => ms > 0);
      return coming.length === 0 ? undefined : Math.min(...coming);
    },
  };
}
