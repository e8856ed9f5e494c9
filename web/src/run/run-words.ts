/** What the console says of a run. */

import type { Run } from "../api/contract.ts";
import { say } from "./say.ts";

type Part = { name: "open" | keyof Run["ends"]; count: number; words: string };

/** What has any items, in a fixed order; together they are all that was accepted. */
export function partsOf({ ends, open }: Pick<Run, "ends" | "open">): Part[] {
  const counts = { ...ends, open };
  const names = Object.keys(say.parts) as Part["name"][];
  return names
    .map((name) => ({ name, count: counts[name], words: say.parts[name] }))
    .filter(({ count }) => count > 0);
}

export function stateWords({
  state,
  isPaused,
  manifestVersion,
}: Pick<Run, "state" | "isPaused" | "manifestVersion">): string {
  if (isPaused && (state === "listing" || state === "running")) return say.paused;
  return manifestVersion === null ? say.states[state] : say.sealedAs(manifestVersion);
}
