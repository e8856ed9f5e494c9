/** The order in which work of different priorities is served, wherever it queues inside the worker. */

/** Head start of one priority step over the next, in milliseconds of waiting. */
const priorityStepMs = 2_000;

/**
 * The least rank is served first. Urgent work has a head start and no more: a stream of it delays the rest and never
 * starves it. `priority` is 1 (highest) to 4, `nowMs` the time at which the waiting begins.
 */
export function rankOf(priority: number, nowMs: number): number {
  return nowMs + priority * priorityStepMs;
}
