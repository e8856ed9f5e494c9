/** What an operator is shown, asked for again while the page is visible. */
import { type QueryKey, useQuery } from "@tanstack/react-query";

const everyMs = 5_000;

export function useOperated<Value>(key: QueryKey, load: (signal: AbortSignal) => Promise<Value>) {
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => load(signal),
    refetchInterval: everyMs,
  });
  return { value: data, failure: error ?? undefined, refresh: () => void refetch() };
}
