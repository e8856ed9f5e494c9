/** What stands before a camera, as its account reads it. */
import { eq } from "drizzle-orm";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import { moment } from "../../evidence/evidence.sql.ts";
import * as Evidence from "../../evidence/index.ts";
import { evidence as limits } from "../../limits.ts";
import * as Scene from "../../scene/index.ts";
import type { DeviceMasks, SceneView } from "../../scene/wire.ts";
import type { Services } from "../services.ts";

/** @throws `not-found` */
export async function getScene(
  services: Services,
  { accountId, deviceId }: { accountId: string; deviceId: string },
): Promise<SceneView> {
  const { key, momentId, ...view } = await inAccount(services.database, accountId, async (tx) => {
    await Device.get(tx, deviceId);
    const known = await Scene.find(tx, deviceId);
    return {
      deviceId,
      learnedUntil: known.learnedUntil?.toISOString() ?? null,
      objects: (await Scene.listObjects(tx, [deviceId])).map(Scene.viewOf),
      areas: known.areas,
      momentId: known.learnedMomentId,
      key: known.learnedMomentId === null ? undefined : await keyOf(tx, known.learnedMomentId),
    };
  });
  if (key === undefined || momentId === null) return { ...view, picture: null };
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: limits.urlSecondsMax });
  return { ...view, picture: { url, expiresAt: expiresAt.toISOString(), momentId } };
}

/** What a device is to blacken itself. */
export async function getMasks(
  { database }: Services,
  { accountId, deviceId }: { accountId: string; deviceId: string },
): Promise<DeviceMasks> {
  const { areas } = await inAccount(database, accountId, (tx) => Scene.find(tx, deviceId));
  return { masks: Scene.masksOf(areas) };
}

async function keyOf(tx: Tx, momentId: string): Promise<string | undefined> {
  const [found] = await tx.select().from(moment).where(eq(moment.id, momentId));
  return found && found.state !== "erased"
    ? Evidence.keyOf(found.accountId, found.eventId, found.id)
    : undefined;
}
