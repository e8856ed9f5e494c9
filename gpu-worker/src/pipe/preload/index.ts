/**
 * Brings evidence from the object store into memory before the processor wants it.
 *
 * 32 fetches at once and 4 per host, by priority, each with a deadline; one fetch for all who ask for the same object
 * at the same time. A passing fault is repeated inside the deadline. Nothing is kept beyond its readers: what lies in the
 * store now is what counts, not what lay there, or elsewhere under the same announced hash, before.
 */

import assert from "node:assert/strict";
import { worker } from "@vigil/core/limits";
import type { Backoff } from "../../bounds/backoff.ts";
import type { Fetcher } from "./fetch.ts";
import { createFetchByDeadline, type Wanted } from "./fetch-by-deadline.ts";
import { createFetchLimits } from "./fetch-limits.ts";
import { type LentBytes, type ReadBytes, type SharedBytes, shareBytes } from "./shared-bytes.ts";
import { Unfetchable } from "./unfetchable.ts";

export { createFetcher, type Fetcher } from "./fetch.ts";
export { createFetchByDeadline, type Wanted } from "./fetch-by-deadline.ts";
export { createGuard } from "./guard.ts";
export type { LentBytes, ReadBytes } from "./shared-bytes.ts";
export { Misdirected, Unfetchable } from "./unfetchable.ts";

export type PreloadEvents = {
  /** A fetch that was under way served one asker more. */
  onShared(): void;
  onFetch(result: "fetched" | "missing" | "unreadable", bytes: number, seconds: number): void;
  onRetry(): void;
};

export interface Preloader {
  /** Throws `Unfetchable`, or whatever `wanted.url` throws. Loans that are never given back cost memory, not sense. */
  get(wanted: Wanted): Promise<LentBytes>;
  close(): Promise<void>;
}

export type PreloaderOptions = {
  fetcher: Pick<Fetcher, "fetch" | "close">;
  events: PreloadEvents;
  fetchesMax?: number;
  fetchesPerHostMax?: number;
  deadlineMs?: readonly [number, number, number, number];
  backoff?: Backoff;
};

export function createPreloader(options: PreloaderOptions): Preloader {
  const { fetcher, events } = options;
  const limits = createFetchLimits({
    fetchesMax: options.fetchesMax ?? worker.preloadMax,
    perHostMax: options.fetchesPerHostMax ?? worker.preloadPerHostMax,
  });
  const fetchByDeadline = createFetchByDeadline<Wanted, ReadBytes>({
    fetch: (url, wanted, signal) => fetcher.fetch(url, wanted, signal),
    deadlineMs: options.deadlineMs ?? worker.preloadDeadlineMs,
    backoff: options.backoff ?? { firstMs: 100, mostMs: 1_000 },
    onRetry: () => events.onRetry(),
  });
  const underWay = new Map<string, { askers: number; loans: Promise<LentBytes[]> }>();

  async function load(wanted: Wanted): Promise<SharedBytes> {
    // A URL that has expired is renewed before room is taken: a slow API must not hold up other fetches.
    await wanted.url("first");
    const giveBack = await limits.take(wanted.source.host, wanted);
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    try {
      const read = await fetchByDeadline(wanted);
      events.onFetch("fetched", read.bytes.byteLength, seconds());
      return shareBytes(read);
    } catch (error) {
      if (error instanceof Unfetchable) events.onFetch(error.outcome, 0, seconds());
      throw error;
    } finally {
      giveBack();
    }
  }

  /** The first asker loads; every asker who has come by the end gets a loan of the same bytes. */
  function loadForAll(wanted: Wanted, key: string): Promise<LentBytes[]> {
    const loading = { askers: 1, loans: lendToAll() };
    underWay.set(key, loading);
    return loading.loans;

    async function lendToAll(): Promise<LentBytes[]> {
      try {
        const shared = await load(wanted);
        return Array.from({ length: loading.askers }, () => shared.lend());
      } finally {
        underWay.delete(key);
      }
    }
  }

  return {
    async get(wanted) {
      const key = `${wanted.sha256} ${wanted.source.origin}${wanted.source.pathname}`;
      const loading = underWay.get(key);
      if (!loading) return loanOf(await loadForAll(wanted, key), 0);
      const asker = loading.askers;
      loading.askers += 1;
      events.onShared();
      try {
        return loanOf(await loading.loans, asker);
      } catch (error) {
        if (error instanceof Unfetchable) throw error;
        // What failed belongs to the other asker (its review is no longer wanted, say), not to the evidence.
        return (await load(wanted)).lend();
      }
    },
    close: () => fetcher.close(),
  };
}

function loanOf(loans: readonly LentBytes[], asker: number): LentBytes {
  const loan = loans[asker];
  assert.ok(loan, "every asker has a loan");
  return loan;
}
