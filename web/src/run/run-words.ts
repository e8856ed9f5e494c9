/** What the console says of a run. */
import type { Run } from "../api/contract.ts";

type Part = { name: "open" | keyof Run["ends"]; count: number; words: string };

const partWords: Readonly<Record<Part["name"], string>> = {
  inspected: "Inspected",
  reused: "Seen before",
  unreadable: "Unreadable",
  refused: "Other bytes than announced",
  dead: "Given up",
  open: "Open",
};

/** What has any items, in a fixed order; together they are all that was accepted. */
export function partsOf({ ends, open }: Pick<Run, "ends" | "open">): Part[] {
  const counts = { ...ends, open };
  const names = Object.keys(partWords) as Part["name"][];
  return names
    .map((name) => ({ name, count: counts[name], words: partWords[name] }))
    .filter(({ count }) => count > 0);
}

const words: Readonly<Record<Run["state"], string>> = {
  listing: "Pictures are being taken in.",
  running: "Being inspected.",
  grouping: "Being grouped.",
  review: "Done. Look at the groups, then seal it.",
  sealed: "Sealed.",
  cancelled: "Cancelled.",
};

export function stateWords({
  state,
  isPaused,
  manifestVersion,
}: Pick<Run, "state" | "isPaused" | "manifestVersion">): string {
  if (isPaused && (state === "listing" || state === "running")) return "Paused.";
  return manifestVersion === null ? words[state] : `Sealed, version ${manifestVersion} of its source.`;
}
