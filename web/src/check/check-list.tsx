/** What was checked before, the newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Check } from "../api/contract.ts";
import { Notice } from "../shell/notice.tsx";
import { useTry } from "../shell/use-try.ts";
import { useVisit } from "../shell/visit.ts";
import { number } from "../words/counted.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { CheckShown } from "./check-shown.tsx";
import { say } from "./say.ts";

/** @param newest the id of the latest check of this page: with it the list is old */
export function CheckList({ newest }: { newest: string | undefined }) {
  const { api } = useVisit();
  const { busy, fault, run } = useTry();
  const list = useInfiniteQuery({
    queryKey: ["checks", "list"],
    queryFn: ({ pageParam, signal }) => api.checks(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const { refetch } = list;
  useEffect(() => {
    if (newest !== undefined) void refetch();
  }, [newest, refetch]);
  const checks = list.data?.pages.flatMap((page) => page.items);
  const failure = list.error === null ? undefined : explain(list.error);
  return (
    <section className="panel check-history" aria-labelledby="check-history" aria-busy={list.isPending}>
      <h2 id="check-history">{say.before}</h2>
      {failure === undefined ? null : (
        <Notice
          title={failure.what}
          detail={failure.next}
          action={everywhere.tryNow}
          onAction={() => void refetch()}
        />
      )}
      {checks?.length === 0 ? <p className="quiet">{say.nothingYet}</p> : null}
      <ol className="rows">
        {checks?.map((check) => (
          <Before key={check.id} check={check} />
        ))}
      </ol>
      <div className="actions">
        {list.hasNextPage ? (
          <button
            type="button"
            className="button-quiet"
            disabled={list.isFetching}
            onClick={() => void list.fetchNextPage()}
          >
            {list.isFetching ? everywhere.loadingMore : everywhere.showOlder}
          </button>
        ) : null}
        {checks !== undefined && checks.length > 0 ? (
          <button
            type="button"
            className="button-quiet"
            disabled={busy}
            onClick={() => run(async () => save(await api.checksExport()))}
          >
            {say.save}
          </button>
        ) : null}
      </div>
      {fault === undefined ? null : <p role="alert">{fault}</p>}
    </section>
  );
}

function Before({ check }: { check: Check }) {
  const { account } = useVisit();
  const { label, kind, checkedAt, generated, marks } = check;
  const name = label ?? say.kinds[kind];
  const when = dateAndTime(checkedAt, account.timeZone);
  const status = say.statuses[generated.status];
  return (
    <li className="row">
      <details>
        <summary>
          {name}{" "}
          <span className="quiet">
            {marks.length === 0
              ? say.inList(when, status)
              : say.inListOdd(when, status, number(marks.length))}
          </span>
        </summary>
        <CheckShown check={check} />
      </details>
    </li>
  );
}

function save(table: string): void {
  const url = URL.createObjectURL(new Blob([table], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "checks.csv";
  link.click();
  URL.revokeObjectURL(url);
}
