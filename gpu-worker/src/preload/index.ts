/**
 * Brings evidence from the object store into memory before the processor wants it.
 *
 * 32 fetches at once and 4 per host, by priority, each with a deadline; one fetch for any number of askers of the
 * same content; an LRU cache by content hash. A passing fault is repeated inside the deadline.
 */
import { worker } from "@vigil/core/limits";
import { LRUCache } from "lru-cache";
import type { Backoff } from "../bounds/backoff.ts";
import type { Fetcher } from "./fetch.ts";
import { createFetchByDeadline, type Wanted } from "./fetch-by-deadline.ts";
import { createPlaces } from "./places.ts";
import { Unfetchable } from "./unfetchable.ts";

export { createFetcher, type Fetcher } from "./fetch.ts";
export type { Wanted } from "./fetch-by-deadline.ts";
export { createGuard, type Guard, type Resolve } from "./guard.ts";
export { Unfetchable } from "./unfetchable.ts";

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
  const places = createPlaces({
    fetchesMax: options.fetchesMax ?? worker.preloadMax,
    perHostMax: options.fetchesPerHostMax ?? worker.preloadPerHostMax,
  });
  const fetchByDeadline = createFetchByDeadline({
    fetcher,
    deadlineMs: options.deadlineMs ?? worker.preloadDeadlineMs,
    backoff: options.backoff ?? { firstMs: 100, mostMs: 1_000 },
    onRetry: () => events.onRetry(),
  });
  const cache = new LRUCache<string, Uint8Array>({
    maxSize: options.cacheBytesMax ?? worker.imageCacheBytesMax,
    sizeCalculation: (bytes) => bytes.byteLength,
  });
  const underWay = new Map<string, Promise<Uint8Array>>();
  async function load(wanted: Wanted): Promise<Uint8Array> {
    // A URL that has expired is renewed before a place is taken: a slow API must not hold up other fetches.
    await wanted.url("first");
    const giveBack = await places.take(wanted.place.host, wanted);
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    try {
      const bytes = await fetchByDeadline(wanted);
      cache.set(wanted.sha256, bytes);
      events.onFetch("fetched", bytes.byteLength, seconds());
      return bytes;
    } catch (error) {
      if (error instanceof Unfetchable) events.onFetch(error.outcome, 0, seconds());
      throw error;
    } finally {
      giveBack();
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
