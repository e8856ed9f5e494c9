/** A polled answer as React state: kept between pages, asked for again only while the page is visible. */
import { useEffect, useRef, useState } from "react";
import { type Poll, poll } from "./poll.ts";

export type Polled<Value> = {
  value: Value | undefined;
  failure: unknown;
  refresh: () => void;
};

/** The answers of one signed-in session by key, so that going back shows at once what was there. */
export type AnswerCache = Map<string, unknown>;

export function usePolled<Value>(
  cache: AnswerCache,
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
  intervalMs: number,
): Polled<Value> {
  const [state, setState] = useState({
    key,
    value: cache.get(key) as Value | undefined,
    failure: undefined as unknown,
  });
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const running = useRef<Poll | null>(null);

  useEffect(() => {
    const start = () => {
      running.current ??= poll({
        load: (signal) => latest.current(signal),
        intervalMs,
        onValue: (value) => {
          cache.set(key, value);
          setState({ key, value, failure: undefined });
        },
        onFailure: (failure) => setState({ key, value: cache.get(key) as Value | undefined, failure }),
      });
    };
    const stop = () => {
      running.current?.stop();
      running.current = null;
    };
    const follow = () => (document.visibilityState === "visible" ? start() : stop());
    const again = () => void running.current?.refresh();
    follow();
    document.addEventListener("visibilitychange", follow);
    window.addEventListener("online", again);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      window.removeEventListener("online", again);
      stop();
    };
  }, [cache, key, intervalMs]);

  const current =
    state.key === key ? state : { value: cache.get(key) as Value | undefined, failure: undefined };
  return {
    value: current.value,
    failure: current.failure,
    refresh: () => void running.current?.refresh(),
  };
}
