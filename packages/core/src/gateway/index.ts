/** Gateways: the keys with which they sign evidence when it is captured, and what became of their signatures. */
import { and, desc, eq, inArray, notInArray } from "drizzle-orm";
import type { CaptureSignature } from "../authenticity/wire.ts";
import type { Tx } from "../db/index.ts";
import { gateway as limits } from "../limits.ts";
import { gatewayKey, momentSignature } from "./gateway.sql.ts";

export { keyIdOf } from "./signed-text.ts";
export { isSignedBy } from "./verify-signature.ts";

export type GatewayKey = typeof gatewayKey.$inferSelect;
export type KeptSignature = typeof momentSignature.$inferSelect;

/** Told again, it is the latest again. Of more than a gateway may have, those told longest ago go. */
export async function keepKey(tx: Tx, key: GatewayKey): Promise<void> {
  const { toldAt, deviceId } = key;
  await tx
    .insert(gatewayKey)
    .values(key)
    .onConflictDoUpdate({ target: [gatewayKey.deviceId, gatewayKey.id], set: { toldAt } });
  const latest = await tx
    .select({ id: gatewayKey.id })
    .from(gatewayKey)
    .where(eq(gatewayKey.deviceId, deviceId))
    .orderBy(desc(gatewayKey.toldAt), desc(gatewayKey.id))
    .limit(limits.keysMax);
  const kept = latest.map(({ id }) => id);
  await tx.delete(gatewayKey).where(and(eq(gatewayKey.deviceId, deviceId), notInArray(gatewayKey.id, kept)));
}

export async function listKeys(tx: Tx, deviceId: string): Promise<GatewayKey[]> {
  return tx.select().from(gatewayKey).where(eq(gatewayKey.deviceId, deviceId));
}

/** The first signature of a piece of evidence counts. */
export async function recordSignatures(tx: Tx, rows: readonly KeptSignature[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(momentSignature)
    .values([...rows])
    .onConflictDoNothing();
}

/** By moment. */
export async function findSignatures(
  tx: Tx,
  momentIds: readonly string[],
): Promise<Map<string, CaptureSignature>> {
  if (momentIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(momentSignature)
    .where(inArray(momentSignature.momentId, [...momentIds]));
  return new Map(
    rows.map(({ momentId, status, signedAt, signedBy, sequence }) => [
      momentId,
      { status, at: signedAt.toISOString(), keyId: signedBy, sequence },
    ]),
  );
}
