/** How a run may move. */
import type { RunState } from "./wire.ts";

const transitions: Record<RunState, readonly RunState[]> = {
  listing: ["running", "cancelled"],
  running: ["grouping", "cancelled"],
  grouping: ["review", "cancelled"],
  review: ["sealed", "cancelled"],
  sealed: [],
  cancelled: [],
};

/** The states from which `to` can be reached. */
export function sourcesOf(to: RunState): RunState[] {
  return (Object.keys(transitions) as RunState[]).filter((from) => transitions[from].includes(to));
}
