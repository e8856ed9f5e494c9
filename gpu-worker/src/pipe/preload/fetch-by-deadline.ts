/** One piece of evidence, by a deadline: passing faults are repeated, a refused URL is replaced once. */
import { type Backoff, backoffMs, pause } from "../../bounds/backoff.ts";
import { type Announced, type Fetcher, UrlRefused } from "./fetch.ts";
import type { ReadBytes } from "./shared-bytes.ts";
import { Unfetchable } from "./unfetchable.ts";

export type Wanted = Announced & {
  /** 1 (highest) to 4. */
  priority: number;
  /** Where it lies, without the signature: askers for the same content at the same place share one fetch. */
  place: URL;
  /** A URL that is good now. `refused`: the one given before was turned down by the store. */
  url(state: "first" | "refused"): Promise<string>;
};

/** Throws `Unfetchable`, or whatever `wanted.url` throws. */
export type FetchByDeadline = (wanted: Wanted) => Promise<ReadBytes>;

export function createFetchByDeadline(options: {
  fetcher: Fetcher;
  /** By priority. */
  deadlineMs: readonly [number, number, number, number];
  backoff: Backoff;
  onRetry: () => void;
}): FetchByDeadline {
  const { fetcher, backoff, onRetry } = options;
  return async (wanted) => {
    const deadlineMs = options.deadlineMs[Math.min(4, Math.max(1, wanted.priority)) - 1] ?? 0;
    // Just before the fetch: waiting for a place may have outlived an earlier URL.
    let url = await wanted.url("first");
    const signal = AbortSignal.timeout(deadlineMs);
    let isReplaced = false;
    let last = "no answer came";
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const answer = await fetcher.fetch(url, wanted, signal).catch(asFault);
      if (!(answer instanceof Error)) return answer;
      if (answer instanceof Unfetchable) throw answer;
      if (answer instanceof UrlRefused) {
        if (isReplaced) throw refusedTwice();
        isReplaced = true;
        url = await wanted.url("refused");
        continue;
      }
      if (!signal.aborted) last = codeOf(answer);
      onRetry();
      await pause(backoffMs(attempt, backoff), signal);
    }
    throw new Unfetchable("missing", `not fetched within ${deadlineMs} ms: ${last}`, { passing: true });
  };
}

function asFault(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function refusedTwice(): Unfetchable {
  return new Unfetchable("missing", "the evidence host refuses a fresh URL too", { passing: false });
}

/** The code of a network error; its message would name addresses. */
function codeOf(fault: Error): string {
  return "code" in fault && typeof fault.code === "string" ? fault.code : fault.message;
}
