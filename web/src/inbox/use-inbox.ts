/** One inbox: its newest page, asked for as the account changes, and older pages as the reader comes to them. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { InboxFilter, InboxPage } from "../api/digests.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { parseFilter, searchOf } from "./filter.ts";
import type { Inbox } from "./grow-inbox.ts";

const everyMs = 3_000;
/** What fills a screen comes first and soon; what follows, in few requests. */
const newestPerPage = 24;
const olderPerPage = 100;

export type UsedInbox = {
  inbox: Inbox | undefined;
  newest: InboxPage | undefined;
  failure: unknown;
  refresh: () => void;
  older: { busy: boolean; failure: unknown; goOn: () => void };
};

export function useInbox(filter: InboxFilter): UsedInbox {
  const { api, inboxes } = useVisit();
  const search = searchOf(filter);
  const load = (signal: AbortSignal) => api.digests(filter, { limit: newestPerPage, signal });
  const { value: newest, failure, refresh } = useAnswer(["digests", search], load, everyMs);
  const inbox = useSyncExternalStore(inboxes.subscribe, () => inboxes.read(search));
  useEffect(() => {
    if (newest !== undefined) inboxes.newest(search, newest);
  }, [inboxes, search, newest]);
  return { inbox, newest, failure, refresh, older: useOlder(filter, inbox) };
}

function useOlder(filter: InboxFilter, inbox: Inbox | undefined): UsedInbox["older"] {
  const { api, inboxes } = useVisit();
  const [state, setState] = useState<{ busy: boolean; failure?: unknown }>({ busy: false });
  const busy = useRef(false);
  const search = searchOf(filter);
  const cursor = inbox?.nextCursor ?? null;
  const goOn = useCallback(async () => {
    if (cursor === null || busy.current) return;
    busy.current = true;
    setState({ busy: true });
    try {
      const page = await api.digests(parseFilter(search), { limit: olderPerPage, cursor });
      inboxes.older(search, page, cursor);
      setState({ busy: false });
    } catch (failure) {
      setState({ busy: false, failure });
    } finally {
      busy.current = false;
    }
  }, [api, inboxes, search, cursor]);
  return { busy: state.busy, failure: state.failure, goOn: useCallback(() => void goOn(), [goOn]) };
}
