/** When moments that a busy system deferred are looked at after all. */
import { review } from "../limits.ts";
import type { Overload } from "./step.ts";

/** The queue has been calm for this long before the first deferred moment joins it. */
const calmMsMin = 60_000;
/** Addenda fill the queue up to this much work, so that a new review hardly waits for them. */
const queueSecondsMax = 4;

/**
 * How many addenda, each of at most `review.kDefault` moments, may join the queue now: 0 while the system is busy, has
 * no workers, or has been calm for less than a minute; otherwise what the queue lacks of a few seconds' work, and one
 * when it is empty. `depthReviews` counts the addenda that are in it already. How fast workers are is not known before they have
 * been busy for some seconds, which at a quiet site may be never.
 */
export function addendaRoom(
  state: Overload,
  { at, depthReviews, workers }: { at: Date; depthReviews: number; workers: number },
): number {
  const momentsPerSecond = state.last?.momentsPerSecond ?? 0;
  if (workers === 0 || state.calmSince === null) return 0;
  if (at.getTime() - new Date(state.calmSince).getTime() < calmMsMin) return 0;
  const most = Math.max(1, Math.floor((momentsPerSecond * queueSecondsMax) / review.kDefault));
  return Math.max(0, most - depthReviews);
}
