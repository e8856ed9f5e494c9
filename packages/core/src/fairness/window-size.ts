/** How many reviews the queue holds at once. */
import { review } from "../limits.ts";
import type { QueueName } from "../review/wire.ts";

/** Work that the queue keeps ready, in seconds: enough to bridge the time from a completion to the next admission. */
const readySeconds = 4;
/** One under way and one being fetched. */
const reviewsMin = 2;
/** Until a worker has measured itself. */
const reviewsUnmeasured = 4;
const reviewsMax = 500;

/**
 * Places of each lane in the queue. Each lane may fill its window by itself, so that a worker is busy whichever has
 * work; when both have, the worker's own share between the queues decides.
 */
export function windowSize({ momentsPerSecond }: { momentsPerSecond: number }): Record<QueueName, number> {
  const wanted = Math.ceil((momentsPerSecond * readySeconds) / review.kDefault);
  const size = momentsPerSecond > 0 ? Math.min(reviewsMax, Math.max(reviewsMin, wanted)) : reviewsUnmeasured;
  return { priority: size, standard: size };
}
