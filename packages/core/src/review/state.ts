/** How a review may move. `running` means that a worker has it in hand. */
import type { ReviewState } from "./wire.ts";

const transitions: Record<ReviewState, readonly ReviewState[]> = {
  queued: ["running", "completed", "failed", "cancelled"],
  running: ["completed", "failed", "cancelled"],
  completed: [],
  // An operator may put a failed review back.
  failed: ["queued"],
  cancelled: [],
};

/** The states from which `to` can be reached. */
export function sourcesOf(to: ReviewState): ReviewState[] {
  return (Object.keys(transitions) as ReviewState[]).filter((from) => transitions[from].includes(to));
}
