/** The sessions of a day, page by page. Of a day that is over nothing is asked for again but by hand. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { SessionSummary } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";

/** Today's first pages are asked for again so often; a reader who is deep in a long day is left in peace. */
const everyMs = 5_000;
const pagesAgainMax = 2;

export function useSessions(date: string, isToday: boolean) {
  const { api } = useVisit();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ["day", date],
    queryFn: ({ pageParam, signal }) =>
      api.sessionsOf(date, pageParam === undefined ? { signal } : { cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: ({ state }) =>
      isToday && (state.data?.pages.length ?? 0) <= pagesAgainMax ? everyMs : false,
  });
  // A session that begins meanwhile moves the rest along: each is shown once.
  const sessions = useMemo(() => {
    const all = data?.pages.flatMap((page) => page.items);
    return all && [...new Map<string, SessionSummary>(all.map((each) => [each.id, each])).values()];
  }, [data]);
  const goOn = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return {
    sessions,
    isWhole: !hasNextPage,
    failure: error ?? undefined,
    goOn,
    refresh: () => void refetch(),
  };
}
