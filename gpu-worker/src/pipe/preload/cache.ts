/** Evidence by its sha256, least recently used out first, within a bound of bytes. */
import { LRUCache } from "lru-cache";
import type { LentBytes, SharedBytes } from "./shared-bytes.ts";

export interface Cache {
  find(sha256: string): SharedBytes | undefined;
  keep(sha256: string, shared: SharedBytes): void;
  /** Held now. */
  readonly bytes: number;
}

/** The cache's own hold on the bytes, and how others get theirs. */
type Entry = { shared: SharedBytes; own: LentBytes };

export function createCache(bytesMax: number): Cache {
  const entries = new LRUCache<string, Entry>({
    maxSize: bytesMax,
    sizeCalculation: ({ shared }) => shared.byteLength,
    dispose: ({ own }) => own.giveBack(),
  });
  return {
    find: (sha256) => entries.get(sha256)?.shared,
    keep(sha256, shared) {
      const entry = { shared, own: shared.lend() };
      entries.set(sha256, entry);
      // What is larger than the whole cache is not taken.
      if (entries.peek(sha256) !== entry) entry.own.giveBack();
    },
    get bytes() {
      return entries.calculatedSize;
    },
  };
}
