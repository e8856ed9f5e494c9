/** How much work the queue holds at once. */
import { review } from "../limits.ts";
import type { QueueName } from "../review/wire.ts";

/** Work that the queue keeps ready, in seconds: enough to bridge the time from a completion to the next admission. */
const readySeconds = 4;
/** One full review under way and one being fetched. */
const momentsMin = 2 * review.kDefault;
/** Until a worker has measured itself. */
const momentsUnmeasured = 4 * review.kDefault;
const momentsMax = 500 * review.kDefault;

/**
 * Moments of each queue's window. Each queue may fill its window by itself, so that a worker is busy whichever has work;
 * when both have, the worker's own share between the queues decides.
 */
export function windowSize({ momentsPerSecond }: { momentsPerSecond: number }): Record<QueueName, number> {
  const wanted = Math.ceil(momentsPerSecond * readySeconds);
  const size = momentsPerSecond > 0 ? Math.min(momentsMax, Math.max(momentsMin, wanted)) : momentsUnmeasured;
  return { priority: size, standard: size };
}
