/** Whether a device's key opens anything now. */
import type { DeviceKey } from "../api/contract.ts";

export function isValidKey({ revokedAt, expiresAt }: DeviceKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now);
}
