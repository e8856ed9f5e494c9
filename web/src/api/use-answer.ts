/** An answer of the API as React state: kept between pages, asked for again while the page is visible, and when the stream says so. */
import { type QueryKey, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useLive } from "../shell/visit.ts";
import { mayPass } from "./failure.ts";

export type Answer<Value> = {
  /** The latest answer, also while a later question goes unanswered. */
  value: Value | undefined;
  failure: unknown;
  refresh: () => void;
};

/** While the stream tells what happens, answers are asked for again only in case it has missed something. */
const liveEveryMsMin = 10_000;
/** A refusal stays one until the question changes. */
const refusedEveryMs = 30_000;
const failingEveryMsMin = 5_000;

/** @param everyMs how often it is asked for while nothing tells of changes */
export function useAnswer<Value>(
  key: QueryKey,
  load: (signal: AbortSignal) => Promise<Value>,
  everyMs: number,
): Answer<Value> {
  const live = useLive();
  const isLive = useSyncExternalStore(live.subscribe, live.read);
  const calmMs = isLive ? Math.max(everyMs, liveEveryMsMin) : everyMs;
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => load(signal),
    refetchInterval: ({ state }) => {
      if (state.error === null) return calmMs;
      return mayPass(state.error) ? Math.max(everyMs, failingEveryMsMin) : refusedEveryMs;
    },
  });
  return { value: data, failure: error ?? undefined, refresh: () => void refetch() };
}
