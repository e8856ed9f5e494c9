/**
 * When something truly happened, from clocks that may have been wrong. Within a boot the monotonic clock is right, and one
 * answer of the API anchors it. A boot that never reached the API is placed between its neighbours.
 */
import type { Boot, Instant } from "../store/item.ts";

/**
 * `checked`: against the API's time. `unchecked`: by a wall clock that looked sound. `estimated`: the wall clock was
 * useless; the latest time that is possible.
 */
export type ClockQuality = "checked" | "unchecked" | "estimated";

const anchoredAt = (anchor: NonNullable<Boot["anchor"]>, monotonicMs: number) =>
  anchor.trueMs + (monotonicMs - anchor.monotonicMs);

/**
 * @param boots all boots that are known, in order; the last is the present one and has an anchor
 * @param now the true time, milliseconds since 1970
 * @returns true milliseconds since 1970, never later than `now`
 */
export function heardAt(
  at: Instant,
  bootNumber: number,
  boots: readonly Boot[],
  now: number,
): { trueMs: number; quality: ClockQuality } {
  const index = boots.findIndex(({ number }) => number === bootNumber);
  const boot = boots[index];
  if (boot?.anchor) {
    return { trueMs: Math.min(now, anchoredAt(boot.anchor, at.monotonicMs)), quality: "checked" };
  }
  const later = boots.slice(index + 1).find(({ anchor }) => anchor);
  const earlier = boots.slice(0, Math.max(0, index)).findLast(({ anchor }) => anchor);
  const latest = Math.min(now, later?.anchor ? anchoredAt(later.anchor, 0) : now);
  const earliest = earlier?.anchor ? anchoredAt(earlier.anchor, earlier.lastMonotonicMs) : 0;
  if (!boot?.clockTrusted) {
    const beforeEnd = Math.max(0, (boot?.lastMonotonicMs ?? at.monotonicMs) - at.monotonicMs);
    return { trueMs: Math.max(earliest, latest - beforeEnd), quality: "estimated" };
  }
  // A clock that is off by the same amount in each boot, as one that was set to local time is.
  const offsetMs = later?.anchor ? anchoredAt(later.anchor, 0) - later.startedWallMs : 0;
  const trueMs = Math.min(latest, Math.max(earliest, at.wallMs + offsetMs));
  return { trueMs, quality: "unchecked" };
}
