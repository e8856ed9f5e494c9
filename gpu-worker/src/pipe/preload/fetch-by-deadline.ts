/** One piece of evidence, by a deadline: passing faults are repeated, a link that is refused, or leads nowhere, is renewed once. */
import { type Backoff, backoffMs, pause } from "../../bounds/backoff.ts";
import type { Announced } from "./fetch.ts";
import { LinkRefused } from "./link-refused.ts";
import { Misdirected, Unfetchable } from "./unfetchable.ts";

export type Renewable = {
  /** 1 (highest) to 4. */
  priority: number;
  /** A URL that is good now. `refused`: the one given before was turned down, or leads to nobody. */
  url(state: "first" | "refused"): Promise<string>;
};

export type Wanted = Announced &
  Renewable & {
    /** Where it lies, without the signature: askers for the same content at the same source share one fetch. */
    source: URL;
  };

/** @returns what fetches: it throws `Unfetchable`, or whatever `wanted.url` throws */
export function createFetchByDeadline<W extends Renewable, T>(options: {
  /** One try. Throws as `Fetcher` does. */
  fetch: (url: string, wanted: W, signal: AbortSignal) => Promise<T>;
  /** By priority. */
  deadlineMs: readonly [number, number, number, number];
  backoff: Backoff;
  onRetry: () => void;
}): (wanted: W) => Promise<T> {
  const { fetch, backoff, onRetry } = options;
  return async (wanted) => {
    const deadlineMs = options.deadlineMs[Math.min(4, Math.max(1, wanted.priority)) - 1] ?? 0;
    // Just before the fetch: waiting for room may have outlived an earlier URL.
    let url = await wanted.url("first");
    const signal = AbortSignal.timeout(deadlineMs);
    const renewed = { refused: false, unreachable: false };
    let last = "no answer came";
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const answer = await fetch(url, wanted, signal).catch(asFault);
      if (!(answer instanceof Error)) return answer;
      if (answer instanceof Unfetchable) throw answer;
      if (answer instanceof LinkRefused) {
        if (renewed.refused) throw endOf(answer);
        renewed.refused = true;
        url = await wanted.url("refused");
        continue;
      }
      if (!signal.aborted) last = codeOf(answer);
      onRetry();
      await pause(backoffMs(attempt, backoff), signal);
      if (!renewed.unreachable && !signal.aborted && isUnreachable(answer)) {
        // The store may answer at another address by now.
        renewed.unreachable = true;
        url = await wanted.url("refused");
      }
    }
    throw new Unfetchable("missing", `not fetched within ${deadlineMs} ms: ${last}`, { passing: true });
  };
}

/** What a refused link means when it is a fresh one. */
function endOf({ isGone, message }: LinkRefused): Unfetchable {
  return isGone
    ? new Unfetchable("missing", message, { passing: false })
    : new Misdirected(`${message}, for a fresh link too`);
}

const unreachableCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function isUnreachable(fault: Error): boolean {
  return unreachableCodes.has(codeOf(fault));
}

function asFault(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The code of a network error; its message would name addresses. */
function codeOf(fault: Error): string {
  return "code" in fault && typeof fault.code === "string" ? fault.code : fault.message;
}
