/** Items that somebody has chosen, and what may be said of them. */
import type { RunItem } from "../api/contract.ts";

/** By number, its group; null: it stands alone. */
export type Chosen = ReadonlyMap<number, number | null>;

export function toggled(chosen: Chosen, { no, group }: Pick<RunItem, "no" | "group">): Chosen {
  const next = new Map(chosen);
  if (!next.delete(no)) next.set(no, group);
  return next;
}

/** They leave one group, and stay together. */
export function maySplit(chosen: Chosen): boolean {
  const groups = new Set(chosen.values());
  return groups.size === 1 && !groups.has(null);
}

/** They are of different groups, or stand alone. */
export function mayJoin(chosen: Chosen): boolean {
  return new Set([...chosen].map(([no, group]) => group ?? `alone ${no}`)).size > 1;
}
