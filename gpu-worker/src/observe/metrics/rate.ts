/**
 * Rates as the worker reports them: moments finished per second lately, and what it can do when busy.
 *
 * The capacity is images looked at per second of detector time (the wall time with at least one batch out), over
 * stretches of a few busy seconds; the best stretch counts, because a stretch of small batches says little.
 */
const windowMs = 30_000;
const stretchMs = 5_000;

export interface Rates {
  onMoment(): void;
  onBatchOut(): void;
  onBatchBack(images: number): void;
  /** Moments per second over the last 30 s. */
  itemsPerSecond(): number;
  /** 0 until the detector has been busy for a few seconds. */
  itemsPerSecondCapacity(): number;
}

export function createRates(now: () => number = () => performance.now()): Rates {
  const startedAt = now();
  /** Moments finished, by whole second. */
  const perSecond = new Map<number, number>();
  let batchesOut = 0;
  let busySince = 0;
  let busyMs = 0;
  let images = 0;
  let best = 0;

  function closeStretch(): void {
    if (batchesOut > 0) {
      busyMs += now() - busySince;
      busySince = now();
    }
    if (busyMs < stretchMs) return;
    best = Math.max(best, (images * 1000) / busyMs);
    busyMs = 0;
    images = 0;
  }

  return {
    onMoment() {
      const second = Math.floor(now() / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
      for (const old of perSecond.keys()) if (old < second - windowMs / 1000) perSecond.delete(old);
    },
    onBatchOut() {
      if (batchesOut === 0) busySince = now();
      batchesOut += 1;
    },
    onBatchBack(count) {
      images += count;
      closeStretch();
      batchesOut -= 1;
    },
    itemsPerSecond() {
      const since = Math.floor((now() - windowMs) / 1000);
      let moments = 0;
      for (const [second, count] of perSecond) if (second > since) moments += count;
      return moments / (Math.min(windowMs, Math.max(1000, now() - startedAt)) / 1000);
    },
    itemsPerSecondCapacity: () => best,
  };
}
