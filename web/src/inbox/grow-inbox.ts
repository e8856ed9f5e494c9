/**
 * What is known of an inbox: one unbroken stretch of its digests from the newest on, and where it goes on. The newest page
 * is asked for again and again, and older ones as the reader comes to them; nothing between the two is ever missing.
 */
import type { InboxDigest } from "../api/contract.ts";
import type { InboxPage } from "../api/digests.ts";

export type Inbox = {
  /** What happened last first. */
  digests: readonly InboxDigest[];
  /** Where older ones are; null: there are none. */
  nextCursor: string | null;
};

/** A first page that does not reach what is known begins anew: what lies between is not known. */
export function withNewest(known: Inbox | undefined, page: InboxPage): Inbox {
  const ids = new Set(page.items.map(({ id }) => id));
  const last = page.items.at(-1);
  const reaches = known?.digests.some(({ id }) => ids.has(id)) ?? false;
  if (known === undefined || last === undefined || page.nextCursor === null || !reaches) {
    return { digests: page.items.toSorted(newestFirst), nextCursor: page.nextCursor };
  }
  // What the page should hold and does not is gone, or is not what is asked for any more.
  const older = known.digests.filter((digest) => newestFirst(digest, last) > 0);
  return { digests: [...page.items.toSorted(newestFirst), ...older], nextCursor: known.nextCursor };
}

/** @param cursor where the page was asked for: an answer that comes late, for another place, changes nothing */
export function withOlder(known: Inbox, page: InboxPage, cursor: string): Inbox {
  if (known.nextCursor !== cursor) return known;
  const ids = new Set(page.items.map(({ id }) => id));
  const newer = known.digests.filter(({ id }) => !ids.has(id));
  return { digests: [...newer, ...page.items].toSorted(newestFirst), nextCursor: page.nextCursor };
}

/** With one digest read, or unread again. */
export function withReading(known: Inbox, isRead: (digest: InboxDigest) => boolean | undefined): Inbox {
  const digests = known.digests.map((digest) => {
    const read = isRead(digest);
    return read === undefined || read !== digest.unread ? digest : { ...digest, unread: !read };
  });
  return { ...known, digests };
}

function newestFirst(a: InboxDigest, b: InboxDigest): number {
  const times = Date.parse(b.occurredAt) - Date.parse(a.occurredAt);
  if (times !== 0) return times;
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1;
}
