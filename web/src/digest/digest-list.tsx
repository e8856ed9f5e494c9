/** The digests of the account, newest first, under the days on which things happened. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { DigestPage as DigestPageBody, DigestSummary } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Notice } from "../shell/notice.tsx";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { day } from "../words/time.ts";
import { DigestCard } from "./digest-card.tsx";
import { mergeDigests } from "./merge-digests.ts";

const everyMs = 3_000;

export function DigestList() {
  const { api, account } = useVisit();
  const load = (signal: AbortSignal) => api.digests({ signal });
  const { value: first, failure, refresh } = useAnswer(["digests", "newest"], load, everyMs);
  const { digests, ...older } = useAllPages(first);
  const now = useNow(60_000);
  const announcement = useAnnouncement(first?.items);

  if (first === undefined) {
    if (failure === undefined) return <Skeleton />;
    const { what, next } = explain(failure);
    return <Notice title={what} detail={next} action="Try now" onAction={refresh} />;
  }
  return (
    <>
      <h1 className="visually-hidden">Digests</h1>
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
      {digests.length === 0 ? <Nothing lite={account.tier === "lite"} /> : null}
      {byDay(digests, account.timeZone, now).map(([name, group], index) => (
        <section key={name} className="day" aria-label={name}>
          <h2>{name}</h2>
          <ol className="cards">
            {group.map((digest, position) => (
              <DigestCard key={digest.id} digest={digest} leading={index === 0 && position === 0} />
            ))}
          </ol>
        </section>
      ))}
      {older.canGoOn ? (
        <button type="button" className="button-quiet older" onClick={older.goOn} disabled={older.busy}>
          {older.busy ? "Loading…" : "Show older digests"}
        </button>
      ) : null}
      <p className="fault" role="alert">
        {older.failure === undefined
          ? null
          : `${explain(older.failure).what} Older digests could not be loaded.`}
      </p>
    </>
  );
}

/** The first page, and those after it as the reader asks for them: they are asked for once, and do not change. */
function useAllPages(first: DigestPageBody | undefined) {
  const { api } = useVisit();
  // Undefined until the reader asks for older ones: until then the first page, and its cursor which moves with it, are all.
  const [anchor, setAnchor] = useState<{ cursor: string; newest: readonly DigestSummary[] }>();
  const older = useInfiniteQuery({
    queryKey: ["older digests", anchor?.cursor],
    queryFn: ({ pageParam, signal }) => api.digests({ cursor: pageParam, signal }),
    initialPageParam: anchor?.cursor ?? "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: anchor !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const digests = useMemo(() => {
    const pages = older.data?.pages.flatMap((page) => page.items) ?? [];
    return mergeDigests(mergeDigests(pages, anchor?.newest ?? []), first?.items ?? []);
  }, [older.data, anchor, first]);
  const next = first?.nextCursor ?? null;
  const goOn = () => {
    if (anchor !== undefined) void older.fetchNextPage();
    else if (next !== null) setAnchor({ cursor: next, newest: first?.items ?? [] });
  };
  const canGoOn =
    anchor === undefined ? next !== null : older.hasNextPage || older.isError || older.isFetching;
  return { digests, canGoOn, busy: older.isFetching, failure: older.error ?? undefined, goOn };
}

/** Says a digest that has just arrived aloud, and not the ones that were there at the start. */
function useAnnouncement(items: readonly DigestSummary[] | undefined): string {
  const newest = useRef<string>(undefined);
  const [words, setWords] = useState("");
  useEffect(() => {
    const latest = items?.[0];
    if (latest === undefined) return;
    if (newest.current !== undefined && newest.current !== latest.id) setWords(`New digest: ${latest.title}`);
    newest.current = latest.id;
  }, [items]);
  return words;
}

function byDay(digests: readonly DigestSummary[], timeZone: string, now: number) {
  return [...Map.groupBy(digests, (digest) => day(digest.occurredAt, timeZone, now))];
}

function Nothing({ lite }: { lite: boolean }) {
  return (
    <Notice
      title="Nothing to tell yet"
      detail={
        lite
          ? "Lite assesses every event: you see them beside this. Deep reviews, and with them digests, come with Guardian and Pro."
          : "When something happens in front of a camera, its digest appears here by itself."
      }
    />
  );
}

function Skeleton() {
  return (
    <div aria-busy="true" role="status" aria-label="Loading digests">
      <div className="skeleton-line skeleton-day" />
      <div className="cards">
        <div className="skeleton-card" data-leading="true" />
        <div className="skeleton-card" />
        <div className="skeleton-card" />
      </div>
    </div>
  );
}
