/** How a camera goes on when the API is away: it asks again. */
import { setTimeout as pause } from "node:timers/promises";
import { ApiRefusal } from "../stack/api-client.ts";

/** An API that is started anew, as under `npm run dev`, takes seconds; one that died ends the stack elsewhere. */
const awayMsMax = 60_000;
const everyMs = 500;

/**
 * Asks until there is an answer, and again while the API is not there or cannot answer now.
 * @param ask may be done twice: an event's id makes it the same event
 * @throws what the API refuses, and the last fault once it has been away for too long
 */
export async function untilTaken<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  { msMax = awayMsMax, pauseMs = everyMs }: { msMax?: number; pauseMs?: number } = {},
): Promise<T> {
  for (const deadline = performance.now() + msMax; ; await pause(pauseMs, undefined, { signal })) {
    try {
      return await ask();
    } catch (error) {
      const isRefused = error instanceof ApiRefusal && error.problem.status < 500;
      if (isRefused || signal.aborted || performance.now() > deadline) throw error;
    }
  }
}
