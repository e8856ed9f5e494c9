/**
 * When a delivery is tried: ten attempts over some three days, as Standard Webhooks proposes
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability).
 */
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after an attempt failed the next one is made, in milliseconds. */
export const delaysMs: readonly number[] = Object.freeze([
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]);

export const attemptsMax = delaysMs.length + 1;
/** Of a delay, either way: receivers that failed together are not tried again all at once. */
const jitter = 0.1;
const retryAfterMsMax = 24 * hour;

/**
 * @param failed how many attempts have failed, 1 or more
 * @param random 0..1
 * @param retryAfterMs what the receiver asked for; it makes the wait longer, never shorter
 * @returns milliseconds from now; undefined when no attempt is left
 */
export function nextDelayMs(failed: number, random: number, retryAfterMs = 0): number | undefined {
  const delay = delaysMs[failed - 1];
  if (delay === undefined) return undefined;
  const spread = delay * (1 + jitter * (2 * random - 1));
  return Math.round(Math.max(spread, Math.min(retryAfterMs, retryAfterMsMax)));
}

/** Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or an HTTP date. @returns milliseconds; 0 where it says nothing */
export function readRetryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * second;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
