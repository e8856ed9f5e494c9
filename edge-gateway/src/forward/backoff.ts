/** How long to wait before the next attempt. */

const firstMs = 1_000;

/**
 * Doubles from one second to `msMax`, each drawn from its upper half, so that many gateways do not come back at once.
 * @param failures in a row, at least 1
 * @param random 0..1
 * @param wantedMs what the API asked for with `Retry-After`, which is kept
 */
export function backoffMs(failures: number, random: number, wantedMs = 0, msMax = 60_000): number {
  const full = Math.min(msMax, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.max(wantedMs, full * (0.5 + random / 2));
}
