/**
 * Brings evidence from the object store into memory before the processor wants it.
 *
 * 32 fetches at once and 4 per host, by priority, each with a deadline; one fetch for any number of askers of the
 * same content; an LRU cache by content hash. A passing fault is repeated inside the deadline.
 */
import { worker } from "@vigil/core/limits";
import { LRUCache } from "lru-cache";
import { type Backoff, backoffMs, pause } from "../bounds/backoff.ts";
import { type Budget, createBudget } from "../bounds/budget.ts";
import { type Announced, type Fetcher, UrlRefused } from "./fetch.ts";
import { Unfetchable } from "./unfetchable.ts";

export { createFetcher, type Fetcher } from "./fetch.ts";
export { createGuard, type Guard, type Resolve } from "./guard.ts";
export { Unfetchable } from "./unfetchable.ts";

export type Wanted = Announced & {
  /** 1 (highest) to 4. */
  priority: number;
  /** Where it lies, without the signature: askers for the same content at the same place share one fetch. */
  place: URL;
  /** A URL that is good now. `refused`: the one given before was turned down by the store. */
  url(state: "first" | "refused"): Promise<string>;
};

export type PreloadEvents = {
  onCacheHit(): void;
  onFetch(result: "fetched" | "missing" | "unreadable", bytes: number, seconds: number): void;
  onRetry(): void;
};

export interface Preloader {
  /** Throws `Unfetchable`, or whatever `wanted.url` throws. The bytes are shared: nobody may write to them. */
  get(wanted: Wanted): Promise<Uint8Array>;
  readonly cachedBytes: number;
  close(): Promise<void>;
}

export type PreloaderOptions = {
  fetcher: Fetcher;
  events: PreloadEvents;
  cacheBytesMax?: number;
  fetchesMax?: number;
  fetchesPerHostMax?: number;
  deadlineMs?: readonly [number, number, number, number];
  backoff?: Backoff;
};

export function createPreloader(options: PreloaderOptions): Preloader {
  const { fetcher, events } = options;
  const perHostMax = options.fetchesPerHostMax ?? worker.preloadPerHostMax;
  const deadlines = options.deadlineMs ?? worker.preloadDeadlineMs;
  const backoff = options.backoff ?? { firstMs: 100, mostMs: 1_000 };
  const cache = new LRUCache<string, Uint8Array>({
    maxSize: options.cacheBytesMax ?? worker.imageCacheBytesMax,
    sizeCalculation: (bytes) => bytes.byteLength,
  });
  const underWay = new Map<string, Promise<Uint8Array>>();
  const slots = createBudget({ name: "fetches", total: options.fetchesMax ?? worker.preloadMax });
  const slotsOfHost = new Map<string, Budget>();

  /** Few hosts are ever configured, so this map stays as small as the configuration. */
  function hostSlots(host: string): Budget {
    const known = slotsOfHost.get(host);
    if (known) return known;
    const made = createBudget({ name: `fetches from ${host}`, total: perHostMax });
    slotsOfHost.set(host, made);
    return made;
  }

  /** Repeats passing faults until the deadline; renews a refused URL once. */
  async function fetchByDeadline(wanted: Wanted, firstUrl: string): Promise<Uint8Array> {
    const deadlineMs = deadlines[Math.min(4, Math.max(1, wanted.priority)) - 1] ?? deadlines[3];
    const signal = AbortSignal.timeout(deadlineMs);
    let url = firstUrl;
    let renewed = false;
    let last = "no answer came";
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        return await fetcher.fetch(url, wanted, signal);
      } catch (error) {
        if (error instanceof Unfetchable) throw error;
        if (error instanceof UrlRefused) {
          if (renewed) {
            throw new Unfetchable("missing", "the evidence host refuses a fresh URL too", { passing: false });
          }
          renewed = true;
          url = await wanted.url("refused");
          continue;
        }
        if (!signal.aborted) last = error instanceof Error ? error.message : String(error);
      }
      events.onRetry();
      await pause(backoffMs(attempt, backoff), signal);
    }
    throw new Unfetchable("missing", `not fetched within ${deadlineMs} ms: ${last}`, { passing: true });
  }

  async function load(wanted: Wanted): Promise<Uint8Array> {
    const giveBackHost = await hostSlots(wanted.place.host).take(1, wanted);
    const giveBack = await slots.take(1, wanted);
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    try {
      // Waiting for the slot may have outlived the URL.
      const bytes = await fetchByDeadline(wanted, await wanted.url("first"));
      cache.set(wanted.sha256, bytes);
      events.onFetch("fetched", bytes.byteLength, seconds());
      return bytes;
    } catch (error) {
      if (error instanceof Unfetchable) events.onFetch(error.outcome, 0, seconds());
      throw error;
    } finally {
      giveBack();
      giveBackHost();
    }
  }

  return {
    async get(wanted) {
      const cached = cache.get(wanted.sha256);
      if (cached) {
        events.onCacheHit();
        return cached;
      }
      const key = `${wanted.sha256} ${wanted.place.origin}${wanted.place.pathname}`;
      const shared = underWay.get(key);
      if (!shared) {
        const loading = load(wanted).finally(() => underWay.delete(key));
        underWay.set(key, loading);
        return loading;
      }
      events.onCacheHit();
      return shared.catch(async (error: unknown) => {
        if (error instanceof Unfetchable) throw error;
        // What failed belongs to the other asker (its review is no longer wanted, say), not to the evidence.
        return load(wanted);
      });
    },
    get cachedBytes() {
      return cache.calculatedSize;
    },
    close: () => fetcher.close(),
  };
}
