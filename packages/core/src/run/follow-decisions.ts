/** What people said of pairs of contents, followed while groups are made: it comes before what pictures look like. */
import type { Pair } from "./decisions.ts";

/**
 * Contents that were said to show the same stay together, also by others between them; unless that would bring together two
 * that were taken apart, which never happens: what was said last goes first, and a pair that comes too late is passed over.
 * @param pairs what was said last of each, newest first
 */
export function followDecisions(pairs: readonly Pair[]) {
  const apart = new Map<string, Set<string>>();
  const separate = (one: string, other: string) => {
    apart.set(one, (apart.get(one) ?? new Set()).add(other));
  };
  for (const { one, other, isSame } of pairs) {
    if (isSame) continue;
    separate(one, other);
    separate(other, one);
  }
  const forest = createForest();
  for (const { one, other, isSame } of pairs) {
    if (!isSame) continue;
    const [from, to] = [forest.rootOf(one), forest.rootOf(other)];
    if (from === to || apart.get(from)?.has(to)) continue;
    forest.unite(from, to);
    for (const root of apart.get(from) ?? []) {
      separate(to, root);
      separate(root, to);
    }
  }
  /** By root, the index of the item that stands for its group. */
  const leaders = new Map<string, number>();
  return {
    /** The group of what was said to show the same, if any of it was placed. */
    leaderOf: (sha256: string): number | undefined => leaders.get(forest.rootOf(sha256)),
    /** Groups that hold something that this was taken apart from. */
    forbiddenTo(sha256: string): Set<number> {
      const others = apart.get(forest.rootOf(sha256)) ?? [];
      return new Set([...others].flatMap((other) => leaders.get(forest.rootOf(other)) ?? []));
    },
    place(sha256: string, leader: number): void {
      leaders.set(forest.rootOf(sha256), leader);
    },
  };
}

/** Disjoint sets (B. A. Galler, M. J. Fischer, 1964), with halved paths. */
function createForest() {
  const parents = new Map<string, string>();
  const parentOf = (node: string) => parents.get(node) ?? node;
  return {
    rootOf(node: string): string {
      let at = node;
      while (parentOf(at) !== at) {
        parents.set(at, parentOf(parentOf(at)));
        at = parentOf(at);
      }
      return at;
    },
    unite(root: string, under: string): void {
      parents.set(root, under);
    },
  };
}
