/** Whether a new version keeps the promises as the one before does: goes on, is promoted, or is rolled back. Pure. */
import { logBetter } from "../always-valid.ts";
import { deployment as limits } from "../limits.ts";
import type { Traffic } from "./wire.ts";

/** What a version may break, and how it is said. */
const promises = { failed: "failed", slow: "slower than promised" } as const;

/** One request says nothing of a version. */
const leaningMin = 2;

export type Verdict = { verdict: "go-on" | "promote" | "roll-back"; reasons: string[] };

/**
 * Each request goes to the new version by chance, with the same `share` all the time: while it is no worse, so does each request that
 * fails, and the evidence that it fails more often may be looked at as often as one likes. At `promises / alpha` it is rolled
 * back, early when it is much worse. With `requestsMin` of its own and nothing that speaks against it, it is promoted; while more
 * speaks against it than for it, it waits, and with `requestsMax` it is rolled back for that.
 */
export function judge({ canary, stable }: { canary: Traffic; stable: Traffic }, share: number): Verdict {
  const names = Object.keys(promises) as (keyof typeof promises)[];
  const tests = names.map((name) => ({
    name,
    log: logBetter({ wins: canary[name], losses: stable[name] }, share),
    said: `${promises[name]}: ${canary[name]} of ${canary.requests} requests, and ${stable[name]} of ${stable.requests} before`,
  }));
  const worse = tests.filter(({ log }) => log >= Math.log(names.length / limits.alpha));
  const leaning = tests.filter(({ log, name }) => log > 0 && canary[name] >= leaningMin);
  const said = (some: typeof tests) => some.map((test) => test.said);
  if (worse.length > 0) return { verdict: "roll-back", reasons: said(worse) };
  if (canary.requests < limits.requestsMin) {
    return { verdict: "go-on", reasons: [`${canary.requests} of ${limits.requestsMin} requests`] };
  }
  if (leaning.length === 0) return { verdict: "promote", reasons: said(tests) };
  const verdict = canary.requests >= limits.requestsMax ? "roll-back" : "go-on";
  return { verdict, reasons: said(leaning) };
}
