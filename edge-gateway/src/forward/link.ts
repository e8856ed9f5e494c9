/** The way to the API: up, down with a time for the next attempt, or refused until somebody mends the key. */
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { backoffMs } from "./backoff.ts";

export type LinkState = "untried" | "up" | "down" | "unauthorised";

export type LinkStatus = {
  state: LinkState;
  /** Why it is not up; empty otherwise. */
  why: string;
  failures: number;
  /** Milliseconds until the next attempt. */
  nextAttemptMs: number;
  /** Milliseconds since the last answer; null before the first. */
  sinceAnswerMs: number | null;
};

export type Link = {
  /** Resolves when an attempt may be made. */
  ready(signal: AbortSignal): Promise<void>;
  /** For something urgent: the next attempt is at most a second away. */
  hurry(): void;
  succeeded(): void;
  failed(why: string, retryAfterMs: number): void;
  refused(why: string): void;
  status(): LinkStatus;
};

/** A key that is refused is tried again, because an operator may have mended it. */
const refusedMs = 60_000;
const hurryMs = 1_000;

export type LinkOptions = {
  clock: Clock;
  random: () => number;
  /** Told once for each change of state. */
  onState: (status: LinkStatus) => void;
};

export function createLink({ clock, random, onState }: LinkOptions): Link {
  let state: LinkState = "untried";
  let why = "";
  let failures = 0;
  let nextMs = 0;
  let answeredMs: number | null = null;
  let waiting = new AbortController();

  const status = (): LinkStatus => ({
    state,
    why,
    failures,
    nextAttemptMs: Math.max(0, nextMs - clock.monotonicMs()),
    sinceAnswerMs: answeredMs === null ? null : clock.monotonicMs() - answeredMs,
  });

  function become(next: LinkState, reason: string): void {
    const changed = state !== next;
    state = next;
    why = reason;
    if (changed) onState(status());
  }

  return {
    async ready(signal) {
      for (let ms = nextMs - clock.monotonicMs(); ms > 0; ms = nextMs - clock.monotonicMs()) {
        if (signal.aborted) return;
        await pause(ms, undefined, { signal: AbortSignal.any([signal, waiting.signal]) }).catch(
          () => undefined,
        );
      }
    },
    hurry() {
      const soon = clock.monotonicMs() + hurryMs;
      if (state !== "down" || nextMs <= soon) return;
      nextMs = soon;
      waiting.abort();
      waiting = new AbortController();
    },
    succeeded() {
      failures = 0;
      nextMs = 0;
      answeredMs = clock.monotonicMs();
      become("up", "");
    },
    failed(reason, retryAfterMs) {
      failures += 1;
      nextMs = clock.monotonicMs() + backoffMs(failures, random(), retryAfterMs);
      become("down", reason);
    },
    refused(reason) {
      failures += 1;
      answeredMs = clock.monotonicMs();
      nextMs = clock.monotonicMs() + refusedMs;
      become("unauthorised", reason);
    },
    status,
  };
}
