/** How long to wait before the next attempt. */

const firstMs = 1_000;

export const backoffMsMax = 60_000;

/**
 * Doubles from one second to a minute, each drawn from its upper half, so that many gateways do not come back at once.
 * @param failures in a row, at least 1
 * @param random 0..1
 * @param wantedMs what the API asked for with `Retry-After`, which is kept
 */
export function backoffMs(failures: number, random: number, wantedMs = 0): number {
  const full = Math.min(backoffMsMax, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.max(wantedMs, full * (0.5 + random / 2));
}
