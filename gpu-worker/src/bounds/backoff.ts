/** How long to wait between tries: exponential with full jitter, so that a fleet does not retry in step. */
import { setTimeout as wait } from "node:timers/promises";

export type Backoff = { firstMs: number; mostMs: number };

/** Milliseconds before try number `attempt` (0 for the first repeat). `random` is in [0, 1). */
export function backoffMs(attempt: number, { firstMs, mostMs }: Backoff, random = Math.random()): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30));
  return ceiling / 2 + (ceiling / 2) * random;
}

/** Waits; returns early, without an error, when the signal fires. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}
