/** The inbox: the digests that were asked for, newest first, and what they are asked by. */
import { useMemo } from "react";
import type { InboxFilter } from "../api/digests.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Notice } from "../shell/notice.tsx";
import { go, useSearch } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { DigestList } from "./digest-list.tsx";
import { parseFilter, searchOf } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import { Understood } from "./understood.tsx";
import { useAnnouncement } from "./use-announcement.ts";
import { useInbox } from "./use-inbox.ts";
import { useTitle } from "./use-title.ts";

const unreadEveryMs = 30_000;

export function InboxPage() {
  const { api } = useVisit();
  const search = useSearch();
  const filter = useMemo(() => parseFilter(search), [search]);
  const { value: unread } = useAnswer(["unread"], api.countUnread, unreadEveryMs);
  useTitle(unread);
  return (
    <>
      <h1 className="visually-hidden">Digests</h1>
      <FilterBar filter={filter} unread={unread} onChange={(next) => go(`/${searchOf(next)}`)} />
      <Digests key={`list ${searchOf(filter)}`} filter={filter} />
    </>
  );
}

function Digests({ filter }: { filter: InboxFilter }) {
  const { account } = useVisit();
  const { inbox, newest, failure, refresh, older } = useInbox(filter);
  const announcement = useAnnouncement(newest?.items);
  if (inbox === undefined) {
    if (failure === undefined) return <Skeleton />;
    const { what, next } = explain(failure);
    return <Notice title={what} detail={next} action="Try now" onAction={refresh} />;
  }
  const isAll = searchOf(filter) === "";
  return (
    <>
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
      {newest?.understood === undefined ? null : (
        <Understood
          understood={newest.understood}
          count={inbox.digests.length}
          isAll={inbox.nextCursor === null}
        />
      )}
      {inbox.digests.length > 0 ? (
        <DigestList search={searchOf(filter)} inbox={inbox} older={older} />
      ) : isAll ? (
        <Nothing lite={account.tier === "lite"} />
      ) : (
        <Notice
          title="No digest is like that"
          detail="None of those that there are matches all that is asked for."
          action="Show all digests"
          onAction={() => go("/")}
        />
      )}
    </>
  );
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
