/**
 * Pictures that show the same, by their difference hashes.
 *
 * Each item belongs to the group of an earlier item that stands for it and differs from it in few bits, or stands for
 * itself: so nothing chains (a member is always near to what its group is named after), and the order of items alone
 * decides. Near hashes are found by multi-index hashing (M. Norouzi, A. Punjani, D. J. Fleet, 2012).
 */
import type { Pair } from "./decisions.ts";
import { followDecisions } from "./follow-decisions.ts";
import { bitCount, createNearHashes, type Hashes, hashesOf } from "./near-hashes.ts";

export type Hashed = {
  no: number;
  sha256: string /** 16 hexadecimal digits; null: no hash. */;
  hash: string | null;
};

/**
 * @param items in the order of their numbers
 * @param decisions of people, newest first, which come before what hashes say
 * @returns by number, the number of the first item of the group; items that stand alone are left out
 */
export function groupByHash(
  items: readonly Hashed[],
  distanceMax: number,
  decisions: readonly Pair[] = [],
): Map<number, number> {
  const hashes = hashesOf(items.map(({ hash }) => hash ?? "0".repeat(16)));
  const near = createNearHashes(hashes, distanceMax);
  const said = followDecisions(decisions);
  const firstOfBytes = new Map<string, number>();
  /** By index, the index of the item that stands for it. */
  const leaders = new Int32Array(items.length);
  for (const [index, { sha256, hash }] of items.entries()) {
    const twin = firstOfBytes.get(sha256);
    if (twin !== undefined) {
      leaders[index] = leaders[twin] ?? twin;
      continue;
    }
    const joined = said.leaderOf(sha256);
    if (joined !== undefined) leaders[index] = joined;
    else if (hash === null || isFlat(hashes, index)) leaders[index] = index;
    else leaders[index] = leaderOf(index, near, leaders, said.forbiddenTo(sha256));
    said.place(sha256, leaders[index] ?? index);
    firstOfBytes.set(sha256, index);
  }
  return groupsOf(items, leaders);
}

/** The nearest of the earlier items that stand for others and may, or itself. */
function leaderOf(
  index: number,
  near: ReturnType<typeof createNearHashes>,
  leaders: Int32Array,
  forbidden: ReadonlySet<number>,
): number {
  let [leader, least] = [index, Number.POSITIVE_INFINITY];
  near(index, (other, distance) => {
    if (other >= index || leaders[other] !== other || forbidden.has(other)) return;
    if (distance < least || (distance === least && other < leader)) [leader, least] = [other, distance];
  });
  return leader;
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
