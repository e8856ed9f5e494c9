/**
 * Asks again and again: every `intervalMs` while things go well, later and later while they do not.
 * At most one request is in flight; `refresh` joins the one that is.
 */
import { mayPass } from "./failure.ts";

export type Poll = { refresh(): Promise<void>; stop(): void };

export type PollOptions<Value> = {
  load: (signal: AbortSignal) => Promise<Value>;
  intervalMs: number;
  onValue: (value: Value) => void;
  onFailure: (failure: unknown) => void;
};

const waitMsMax = 30_000;

/** How long to wait after `failures` failed tries in a row: doubling, up to 30 s (or the interval, where it is longer). */
export function waitMs(intervalMs: number, failures: number): number {
  return Math.max(intervalMs, Math.min(intervalMs * 2 ** Math.min(failures, 16), waitMsMax));
}

export function poll<Value>({ load, intervalMs, onValue, onFailure }: PollOptions<Value>): Poll {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<void> | undefined;
  let failures = 0;

  async function once(): Promise<void> {
    try {
      const value = await load(stopping.signal);
      failures = 0;
      if (!stopping.signal.aborted) onValue(value);
    } catch (failure) {
      failures += 1;
      if (stopping.signal.aborted) return;
      onFailure(failure);
      // A refusal stays one until the question changes: ask at the slowest pace only.
      if (!mayPass(failure)) failures = 16;
    }
  }

  function refresh(): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    clearTimeout(timer);
    inFlight ??= once().finally(() => {
      inFlight = undefined;
      if (!stopping.signal.aborted) timer = setTimeout(() => void refresh(), waitMs(intervalMs, failures));
    });
    return inFlight;
  }

  void refresh();
  return {
    refresh,
    stop() {
      clearTimeout(timer);
      stopping.abort();
    },
  };
}
