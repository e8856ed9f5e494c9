/** Asking for digests in words. While nothing is asked, all of them are shown. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import type { SearchPage } from "../api/contract.ts";
import { Notice } from "../shell/notice.tsx";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { clock, day } from "../words/time.ts";
import { DigestCard } from "./digest-card.tsx";

/** @param children what is shown while nothing is asked */
export function DigestSearch({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState("");
  const [words, setWords] = useState("");
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(words.trim());
  };
  const clear = () => {
    setWords("");
    setAsked("");
  };
  return (
    <>
      <form role="search" className="ask" onSubmit={submit}>
        <label htmlFor={field} className="visually-hidden">
          Ask in words
        </label>
        <input
          id={field}
          type="search"
          maxLength={200}
          value={words}
          placeholder="Person at the back door last night"
          onChange={(event) => setWords(event.target.value)}
        />
        <button type="submit" className="button-small">
          Ask
        </button>
        {asked === "" ? null : (
          <button type="button" className="button-quiet" onClick={clear}>
            All digests
          </button>
        )}
      </form>
      {asked === "" ? children : <Answers question={asked} />}
    </>
  );
}

function Answers({ question }: { question: string }) {
  const { api } = useVisit();
  const found = useInfiniteQuery({
    queryKey: ["digests", "search", question],
    queryFn: ({ pageParam, signal }) => api.search(question, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const digests = found.data?.pages.flatMap((page) => page.items) ?? [];
  const understood = found.data?.pages[0]?.understood;
  if (found.error !== null) {
    const { what, next } = explain(found.error);
    return <Notice title={what} detail={next} action="Try now" onAction={() => void found.refetch()} />;
  }
  if (understood === undefined) return <div className="skeleton-line" aria-busy="true" />;
  return (
    <section aria-label="Answers">
      <p className="quiet" role="status">
        <UnderstoodWords understood={understood} count={digests.length} isAll={!found.hasNextPage} />
      </p>
      <ol className="cards">
        {digests.map((digest) => (
          <DigestCard key={digest.id} digest={digest} leading={false} />
        ))}
      </ol>
      {found.hasNextPage ? (
        <button
          type="button"
          className="button-quiet older"
          disabled={found.isFetching}
          onClick={() => void found.fetchNextPage()}
        >
          {found.isFetching ? "Loading…" : "Show older ones"}
        </button>
      ) : null}
    </section>
  );
}

type Understood = SearchPage["understood"];

function UnderstoodWords(props: { understood: Understood; count: number; isAll: boolean }) {
  const { understood, count, isAll } = props;
  const { account } = useVisit();
  const now = useNow(60_000);
  const at = (instant: string) =>
    `${day(instant, account.timeZone, now)} ${clock(instant, account.timeZone)}`;
  const times = understood.stretches?.map(({ from, until }) => `${at(from)} to ${at(until)}`) ?? [
    "at any time",
  ];
  const what = understood.words === "" ? "anything" : understood.words;
  const when = times.length === 0 ? "at a time that has not come yet" : times.slice(0, 3).join(", ");
  const more = times.length > 3 ? ` and ${times.length - 3} more` : "";
  const many = count === 0 ? "Nothing was found" : `${count}${isAll ? "" : " or more"} found`;
  return `${many}. Looked for: ${what}, ${when}${more}.`;
}
