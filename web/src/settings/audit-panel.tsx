/** Everything that was done in the account, by whom and when, as far back as it goes. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { deedOf } from "../people/words.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

export function AuditPanel() {
  const { api, account } = useVisit();
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ["audit", "all"],
    queryFn: ({ pageParam, signal }) => api.auditPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const entries = data?.pages.flatMap((page) => page.items);
  return (
    <section className="panel" aria-labelledby="audit-title" aria-busy={entries === undefined}>
      <h2 id="audit-title">{say.whatWasDone}</h2>
      {entries?.length === 0 ? <p className="quiet">{everywhere.nothingYet}</p> : null}
      <ol className="rows">
        {entries?.map((entry) => (
          <li key={entry.id} className="session">
            <p>{deedOf(entry)}</p>
            <p className="quiet">
              <time dateTime={entry.at}>{dateAndTime(entry.at, account.timeZone)}</time>
            </p>
          </li>
        ))}
      </ol>
      <p className="fault" role="alert">
        {error === null ? null : explain(error).what}
      </p>
      {hasNextPage ? (
        <div>
          <button
            type="button"
            className="button-small"
            disabled={isFetching}
            onClick={() => void fetchNextPage()}
          >
            {isFetching ? everywhere.loadingMore : everywhere.showOlder}
          </button>
        </div>
      ) : null}
    </section>
  );
}
