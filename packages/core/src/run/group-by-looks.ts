/**
 * Pictures that show the same, by difference hashes and by embeddings.
 *
 * Each item belongs to the group of an earlier item that stands for it and differs from it in few bits or by a small angle, or
 * stands for itself: so nothing chains (a member is always near to what its group is named after), and the order of items alone
 * decides. Near hashes are found by multi-index hashing (M. Norouzi, A. Punjani, D. J. Fleet, 2012).
 */
import type { Pair } from "./decisions.ts";
import { followDecisions } from "./follow-decisions.ts";
import { bitCount, createNearHashes, type Hashes, hashesOf } from "./near-hashes.ts";
import { createNearestEmbeddings, questionsMax, type Tell } from "./nearest-embeddings.ts";

export type Hashed = {
  no: number;
  sha256: string /** 16 hexadecimal digits; null: no hash. */;
  hash: string | null;
};

export type GroupingOptions = {
  /** Bits in which hashes of one group differ at most. */
  distanceMax: number;
  /** Of people, newest first: they come before what looks say. */
  decisions?: readonly Pair[];
  /** What embeddings say; absent: hashes alone. */
  embeddings?: { length: number; knownMax: number; cosineMin: number };
};

export type Grouping = {
  /** The next items in order, at most 4, with their embeddings where there are any. */
  take(embeddings: readonly (Uint8Array | undefined)[]): void;
  /** By number, the number of the first item of the group; items that stand alone are left out. */
  end(): Map<number, number>;
};

/** How many items are taken at once. */
export const itemsAtOnce = questionsMax;

/** @param items all of them, in the order of their numbers */
export function createGrouping(items: readonly Hashed[], options: GroupingOptions): Grouping {
  const { distanceMax, decisions = [], embeddings } = options;
  const hashes = hashesOf(items.map(({ hash }) => hash ?? "0".repeat(16)));
  const near = createNearHashes(hashes, distanceMax);
  const nearest = embeddings && createNearestEmbeddings(embeddings);
  const said = followDecisions(decisions);
  const firstOfBytes = new Map<string, number>();
  /** By index, the index of the item that stands for it. */
  const leaders = new Int32Array(items.length);
  let next = 0;
  const saysNothing = (index: number) => !items[index]?.hash || isFlat(hashes, index);

  /** @param looked tells of the embeddings that are near */
  function place(index: number, looked: (tell: Tell) => void): void {
    const { sha256 = "" } = items[index] ?? {};
    const twin = firstOfBytes.get(sha256);
    if (twin !== undefined) {
      leaders[index] = leaders[twin] ?? twin;
      return;
    }
    const joined = said.leaderOf(sha256);
    if (joined !== undefined) leaders[index] = joined;
    else if (saysNothing(index)) leaders[index] = index;
    else leaders[index] = leaderOf(index, said.forbiddenTo(sha256), looked);
    said.place(sha256, leaders[index] ?? index);
    firstOfBytes.set(sha256, index);
  }

  /** The nearest of the earlier items that stand for others and may, by hash before embedding; or itself. */
  function leaderOf(index: number, forbidden: ReadonlySet<number>, looked: (tell: Tell) => void): number {
    const byHash = createBest();
    near(index, (other, distance) => {
      if (other < index && leaders[other] === other && !forbidden.has(other)) byHash.tell(other, -distance);
    });
    if (byHash.index !== undefined) return byHash.index;
    const byEmbedding = createBest();
    looked((other, nearness) => {
      if (leaders[other] === other && !forbidden.has(other)) byEmbedding.tell(other, nearness);
    });
    return byEmbedding.index ?? index;
  }

  return {
    take(given) {
      const from = next;
      const questions = given.map((embedding, at) => (saysNothing(from + at) ? undefined : embedding));
      const answer = questions.some((question) => question !== undefined)
        ? nearest?.ask(questions)
        : undefined;
      for (const [question] of given.entries()) {
        place(from + question, (tell) =>
          answer?.(question, (other, nearness) => tell(other < 0 ? from - 1 - other : other, nearness)),
        );
      }
      for (const [question, embedding] of questions.entries()) {
        if (embedding && leaders[from + question] === from + question) {
          nearest?.add(embedding, from + question);
        }
      }
      next += given.length;
    },
    end() {
      if (next !== items.length) throw new Error(`expected all ${items.length} items, got ${next}`);
      return groupsOf(items, leaders);
    },
  };
}

/** The largest of what it is told, and of equal ones the earliest. */
function createBest() {
  let [best, most] = [-1, Number.NEGATIVE_INFINITY];
  return {
    tell(index: number, nearness: number): void {
      if (nearness > most || (nearness === most && index < best)) [best, most] = [index, nearness];
    },
    get index() {
      return best < 0 ? undefined : best;
    },
  };
}

/** A hash with hardly a bit set, or hardly one unset, says that there is no structure: fog, a covered lens. */
const bitsMin = 6;

function isFlat({ high, low }: Hashes, index: number): boolean {
  const bits = bitCount(high[index] ?? 0) + bitCount(low[index] ?? 0);
  return bits < bitsMin || bits > 64 - bitsMin;
}

function groupsOf(items: readonly Hashed[], leaders: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const leader of leaders) sizes.set(leader, (sizes.get(leader) ?? 0) + 1);
  const groups = new Map<number, number>();
  for (const [index, item] of items.entries()) {
    const leader = leaders[index] ?? index;
    if ((sizes.get(leader) ?? 0) > 1) groups.set(item.no, items[leader]?.no ?? item.no);
  }
  return groups;
}

/** By hashes alone. */
export function groupByHash(
  items: readonly Hashed[],
  distanceMax: number,
  decisions: readonly Pair[] = [],
): Map<number, number> {
  const grouping = createGrouping(items, { distanceMax, decisions });
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    grouping.take(items.slice(from, from + itemsAtOnce).map(() => undefined));
  }
  return grouping.end();
}
