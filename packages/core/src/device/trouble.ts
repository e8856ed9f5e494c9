/** Troubles of devices: they begin, last, and end. Beginning one that lasts, or ending one that does not, changes nothing. */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { device as limits } from "../limits.ts";
import { deviceTrouble } from "./device.sql.ts";
import type { TroubleKind } from "./wire.ts";

export type Trouble = typeof deviceTrouble.$inferSelect;

/** `part`: the sensor that it is about, empty for the device itself. */
export type TroubleName = { accountId: string; deviceId: string; kind: TroubleKind; part: string };

/** @returns undefined when it lasts already */
export async function beginTrouble(
  tx: Tx,
  { accountId, deviceId, kind, part }: TroubleName,
  at: Date,
): Promise<Trouble | undefined> {
  const calmSince = new Date(at.getTime() - limits.troubleCalmMsMin).toISOString();
  const [begun] = await tx
    .insert(deviceTrouble)
    .values({ accountId, deviceId, kind, part, since: at })
    .onConflictDoUpdate({
      target: [deviceTrouble.deviceId, deviceTrouble.kind, deviceTrouble.part],
      set: {
        since: at,
        endedAt: null,
        times: sql`${deviceTrouble.times} + 1`,
        episode: sql`${deviceTrouble.episode} + (${deviceTrouble.endedAt} < ${calmSince}::timestamptz)::int`,
      },
      setWhere: sql`${deviceTrouble.endedAt} is not null`,
    })
    .returning();
  return begun;
}

/** @returns undefined when it did not last */
export async function endTrouble(
  tx: Tx,
  { deviceId, kind, part }: TroubleName,
  at: Date,
): Promise<Trouble | undefined> {
  const [ended] = await tx
    .update(deviceTrouble)
    .set({ endedAt: at })
    .where(
      and(
        eq(deviceTrouble.deviceId, deviceId),
        eq(deviceTrouble.kind, kind),
        eq(deviceTrouble.part, part),
        isNull(deviceTrouble.endedAt),
      ),
    )
    .returning();
  return ended;
}

/** Those that last: of the account, or of one device. */
export async function listTroubles(tx: Tx, deviceId?: string): Promise<Trouble[]> {
  const ofDevice = deviceId === undefined ? undefined : eq(deviceTrouble.deviceId, deviceId);
  return tx
    .select()
    .from(deviceTrouble)
    .where(and(isNull(deviceTrouble.endedAt), ofDevice))
    .orderBy(deviceTrouble.since, deviceTrouble.part);
}
