/** Waits for a condition, looking at it every `everyMs`. */
import { setTimeout as pause } from "node:timers/promises";

/** Returns the first value that is not undefined; throws `because` when `withinMs` have passed. */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  options: { withinMs: number; everyMs?: number; because: string; signal?: AbortSignal },
): Promise<T> {
  const deadlineMs = Date.now() + options.withinMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() >= deadlineMs) throw new Error(options.because);
    await pause(options.everyMs ?? 25, undefined, options.signal ? { signal: options.signal } : {});
  }
}
