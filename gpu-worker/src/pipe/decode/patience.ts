/**
 * How long decoding a picture may take. Each gets what a picture of its size costs; what it takes beyond comes out of its
 * account's spare time, which runs out and comes back slowly. So one odd picture is waited for, and an account that sends
 * one costly picture after another is soon given no more than everybody pays.
 */
import { worker } from "@vigil/core/limits";
import { LRUCache } from "lru-cache";

export interface Patience {
  /** Milliseconds that the account's picture may take. */
  msFor(accountId: string, pixels: number): number;
  /** A picture took this much, in milliseconds of processor time: a busy machine is not the account's fault. */
  spend(accountId: string, pixels: number, ms: number): void;
}

/** Those that were silent longest are forgotten first: their spare time has come back. */
const accountsMax = 10_000;

/** @param now milliseconds of a clock that never goes back */
export function createPatience(now: () => number): Patience {
  const accounts = new LRUCache<string, { spareMs: number; at: number }>({ max: accountsMax });
  const { decodeSpareMsPerAccountMax: most, decodeSpareMsPerSecond, decodeSpareMsMax } = worker;

  function spareOf(accountId: string): number {
    const known = accounts.get(accountId);
    if (!known) return most;
    return Math.min(most, known.spareMs + ((now() - known.at) / 1000) * decodeSpareMsPerSecond);
  }

  return {
    msFor: (accountId, pixels) => usualMs(pixels) + Math.min(decodeSpareMsMax, spareOf(accountId)),
    spend(accountId, pixels, ms) {
      const spareMs = Math.max(0, spareOf(accountId) - Math.max(0, ms - usualMs(pixels)));
      accounts.set(accountId, { spareMs, at: now() });
    },
  };
}

/** What a picture of so many pixels costs at most on a slow processor. */
function usualMs(pixels: number): number {
  return worker.decodeMsMin + (pixels / 1e6) * worker.decodeMsPerMegapixelMax;
}
