/** The inbox: the digests that were asked for, newest first, and what they are asked by. */

import { useMemo } from "react";
import type { InboxFilter } from "../api/digests.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Notice } from "../shell/notice.tsx";
import { go, useSearch } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { DigestList } from "./digest-list.tsx";
import { parseFilter, searchOf } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import { say } from "./say.ts";
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
      <h1 className="visually-hidden">{say.digests}</h1>
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
    return <Notice title={what} detail={next} action={everywhere.tryNow} onAction={refresh} />;
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
          title={say.noneLikeThat}
          detail={say.noneMatches}
          action={say.showAll}
          onAction={() => go("/")}
        />
      )}
    </>
  );
}

function Nothing({ lite }: { lite: boolean }) {
  return <Notice title={say.nothingYet} detail={lite ? say.liteOnly : say.comesByItself} />;
}

function Skeleton() {
  return (
    <div aria-busy="true" role="status" aria-label={say.loadingDigests}>
      <div className="skeleton-line skeleton-day" />
      <div className="cards">
        <div className="skeleton-card" data-leading="true" />
        <div className="skeleton-card" />
        <div className="skeleton-card" />
      </div>
    </div>
  );
}
