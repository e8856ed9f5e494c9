/** Profiles of an account's devices, and what was said of its pictures' files. */
import { eq, inArray } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { deviceProfile, momentCapture } from "./profile.sql.ts";
import { type DeviceProfile, nothingKnown } from "./profile.ts";
import type { Capture } from "./wire.ts";

export async function findProfile(tx: Tx, deviceId: string): Promise<DeviceProfile> {
  const [row] = await tx.select().from(deviceProfile).where(eq(deviceProfile.deviceId, deviceId));
  return row?.profile ?? nothingKnown;
}

export async function keepProfile(
  tx: Tx,
  row: { accountId: string; deviceId: string; profile: DeviceProfile },
): Promise<void> {
  const { profile } = row;
  await tx
    .insert(deviceProfile)
    .values(row)
    .onConflictDoUpdate({ target: deviceProfile.deviceId, set: { profile } });
}

export async function recordCaptures(
  tx: Tx,
  rows: readonly { momentId: string; accountId: string; capture: Capture }[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(momentCapture).values([...rows]);
}

/** By moment, of those whose file was looked at: it is never judged twice. */
export async function findCaptures(tx: Tx, momentIds: readonly string[]): Promise<Map<string, Capture>> {
  if (momentIds.length === 0) return new Map();
  const rows = await tx
    .select({ momentId: momentCapture.momentId, capture: momentCapture.capture })
    .from(momentCapture)
    .where(inArray(momentCapture.momentId, [...momentIds]));
  return new Map(rows.map(({ momentId, capture }) => [momentId, capture]));
}
