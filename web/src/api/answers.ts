/** The answers of one signed-in visit, and which of them a told change makes old. */
import { QueryClient, type QueryKey } from "@tanstack/react-query";
import type { Schemas } from "@vigil/client";

/** Nothing is retried behind the page's back: it asks again soon anyway, and shows meanwhile that nothing came. */
export function createAnswers(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: "always", gcTime: Number.POSITIVE_INFINITY } },
  });
}

type Entry = Pick<Schemas["StreamEntry"], "kind" | "subject">;

/** The answers that an entry of the stream makes old: by the first part of their keys, and the second where it matters. */
export function keysOf({ kind, subject }: Entry): QueryKey[] {
  switch (kind) {
    case "digest":
    case "addendum":
      return [["digests"], ["digest", subject], ["unread"], ["sessions"], ["usage"], ["review"]];
    case "review":
      return [["review", subject], ["sessions"], ["usage"]];
    case "assessment":
    case "session":
      return [["sessions"]];
    case "device":
      return [["devices"], ["gateways"]];
  }
}
