/**
 * Calls of the outside world that end within bounded time: with their answer, or with a problem that is answered with 503
 * and a time to come back. A store or a queue that accepts a connection and never answers holds nobody.
 */
import { outside as limits } from "../limits.ts";
import { problem } from "../problem.ts";

type Bound = {
  /** Who is called, for people: "the evidence store". */
  what: string;
  msMax: number;
  /** Of whoever no longer wants the answer; what it ends is no fault of the other side. */
  signal?: AbortSignal | undefined;
};

/**
 * @param call is given a signal that ends it when the time is up; it is left behind when it does not obey
 * @throws `unavailable` when no answer came in time, when none could come, and when the other side says that it cannot now;
 *   whatever else the call throws
 */
export async function inTime<T>(
  { what, msMax, signal: wanted }: Bound,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(msMax);
  const signal = wanted ? AbortSignal.any([late, wanted]) : late;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([call(signal), ended]);
  } catch (cause) {
    if (wanted?.aborted || !(late.aborted || isPassing(cause))) throw cause;
    const said = late.aborted ? `did not answer within ${msMax / 1000} s` : "does not answer";
    throw problem("unavailable", `${what} ${said}; try again`, {
      retryAfterSeconds: limits.retryAfterSeconds,
      cause,
    });
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** How much longer than another call one that moves so many bytes may take. */
export function transferMsMax(bytes: number): number {
  return Math.ceil(bytes / limits.bytesPerMsMin);
}

/** No answer at all, or one that says that the other side cannot now. An answer that refuses is a defect of ours. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata: answered, $retryable: retryable } = error as {
    $metadata?: { httpStatusCode?: number };
    $retryable?: { throttling?: boolean };
  };
  const status = answered?.httpStatusCode;
  if (status !== undefined) return status >= 500 || status === 429 || retryable?.throttling === true;
  return "code" in error || error.name === "TimeoutError";
}
