/** Quantiles over the last few hundred values: what a gauge shows, beside the histogram that a query can aggregate. */
export interface Quantiles {
  add(value: number): void;
  /** The value below which the fraction `q` (0..1) lies (nearest rank); 0 until there is one. */
  at(q: number): number;
}

export function createQuantiles(valuesMax = 512): Quantiles {
  const ring: number[] = [];
  let next = 0;
  return {
    add(value) {
      ring[next] = value;
      next = (next + 1) % valuesMax;
    },
    at(q) {
      const sorted = ring.toSorted((a, b) => a - b);
      return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
    },
  };
}
