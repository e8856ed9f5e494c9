/** An ordered end: the parts stop in the opposite order of their start, each within what is left of the time. */
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "./log.ts";

export type Parts = {
  /** Stopped before everything that was added earlier. */
  add(name: string, stop: () => Promise<void> | void): void;
  /** Stops each part once; one that fails or takes too long is left behind. Never rejects. */
  stop(): Promise<void>;
};

/** @param msMax for all parts together */
export function createParts(log: Log, msMax: number): Parts {
  const parts: { name: string; stop: () => Promise<void> | void }[] = [];
  return {
    add(name, stop) {
      parts.push({ name, stop });
    },
    async stop() {
      const until = performance.now() + msMax;
      for (let part = parts.pop(); part; part = parts.pop()) {
        const { name, stop } = part;
        const ended = Promise.resolve()
          .then(stop)
          .then(
            () => true,
            (error: unknown) => {
              log.error({ err: error, part: name }, "a part failed to stop");
              return true;
            },
          );
        // An even share of what is left, so that a part that hangs does not take the time of the store.
        const share = Math.max(0, until - performance.now()) / (parts.length + 1);
        const timer = new AbortController();
        const late = pause(share, false, { signal: timer.signal }).catch(() => true);
        if (!(await Promise.race([ended, late]))) log.error({ part: name }, "a part did not stop in time");
        timer.abort();
      }
    },
  };
}
