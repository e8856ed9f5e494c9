/** How long the latest packets took, for percentiles that cost nothing while they are gathered. */

const kept = 1_024;

export type Timings = { add(ms: number): void; summary(): { p50: number; p95: number } };

export function createTimings(): Timings {
  const ring = new Float64Array(kept);
  let count = 0;
  return {
    add(ms) {
      ring[count++ & (kept - 1)] = ms;
    },
    summary() {
      const sorted = ring.slice(0, Math.min(count, kept)).toSorted();
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
      return { p50: at(0.5), p95: at(0.95) };
    },
  };
}
