/** What is said of a device's key. */
import type { DeviceKey } from "../api/contract.ts";
import { ago, dateAndTime } from "../words/time.ts";

export function isValidKey({ revokedAt, expiresAt }: DeviceKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now);
}

/** "made 3 days ago · used 2 minutes ago · ends 28 Nov 2026, 10:00" */
export function keyWords(
  { createdAt, lastUsedAt, expiresAt }: DeviceKey,
  timeZone: string,
  now: number,
): string {
  const made = `made ${ago(createdAt, timeZone, now)}`;
  const used = lastUsedAt === null ? "" : ` · used ${ago(lastUsedAt, timeZone, now)}`;
  const ends = expiresAt === null ? "" : ` · ends ${dateAndTime(expiresAt, timeZone)}`;
  return made + used + ends;
}
