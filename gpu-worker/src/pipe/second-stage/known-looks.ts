/**
 * Who was seen in the earlier parts of a review, so that a person whom a second camera sees a minute later is known again. What
 * people look like stays in the memory of this process, for as long as an incident may go on, and reaches neither disk nor API.
 */
import { LRUCache } from "lru-cache";
import type { KnownPerson } from "./tracks.ts";

/** `since`: the part whose report numbered them first. `until`: the part that saw them last. */
export type KnownLooks = { since: number; until: number; people: readonly KnownPerson[] };

export type LooksOfReviews = {
  /** Who is known of the parts before this one; nobody where this part, or a later one, was looked at already. */
  before: (reviewId: string, part: number) => KnownLooks | undefined;
  keep: (reviewId: string, looks: KnownLooks) => void;
};

/** An incident goes on for 15 minutes; its last part is looked at some minutes after it. */
const keptMs = 20 * 60 * 1000;
/** Of 512 numbers each, 20 people a review: some 40 MB at the most. */
const reviewsMax = 1_000;
const peopleMax = 20;

export function createLooksOfReviews(): LooksOfReviews {
  const kept = new LRUCache<string, KnownLooks>({ max: reviewsMax, ttl: keptMs });
  return {
    before: (reviewId, part) => {
      const known = kept.get(reviewId);
      return known && known.until < part ? known : undefined;
    },
    keep: (reviewId, looks) => {
      const people = looks.people.slice(0, peopleMax);
      if (people.length > 0) kept.set(reviewId, { ...looks, people });
    },
  };
}
