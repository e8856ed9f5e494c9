/** The inboxes of a visit, by what they were asked for: whoever comes back finds what was loaded. */
import type { InboxPage } from "../api/digests.ts";
import { type Inbox, withNewest, withOlder, withReading } from "./grow-inbox.ts";

export type Inboxes = {
  subscribe: (onChange: () => void) => () => void;
  /** Undefined: not asked for yet. The same object until it changes. */
  read: (search: string) => Inbox | undefined;
  newest: (search: string, page: InboxPage) => void;
  older: (search: string, page: InboxPage, cursor: string) => void;
  /** A digest has been read, or called unread, in this tab; all, where none is named. */
  noteReading: (read: boolean, id?: string) => void;
};

export function createInboxes(): Inboxes {
  const known = new Map<string, Inbox>();
  const listeners = new Set<() => void>();
  const set = (search: string, inbox: Inbox) => {
    if (known.get(search) === inbox) return;
    known.set(search, inbox);
    for (const tell of listeners) tell();
  };
  return {
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    read: (search) => known.get(search),
    newest: (search, page) => set(search, withNewest(known.get(search), page)),
    older(search, page, cursor) {
      const inbox = known.get(search);
      if (inbox !== undefined) set(search, withOlder(inbox, page, cursor));
    },
    noteReading(read, id) {
      for (const [search, inbox] of known) {
        set(
          search,
          withReading(inbox, (digest) => (id === undefined || digest.id === id ? read : undefined)),
        );
      }
    },
  };
}
