/** What always stands before each camera: read, learned from its pictures, taught and corrected. */
import { and, eq, gte, inArray, isNull, or } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { type CameraLook, learn, type SceneMemory } from "./learn.ts";
import type { SceneObject } from "./object.ts";
import { type OpticsPicture, observeOptics } from "./optics.ts";
import { scene, sceneObject } from "./scene.sql.ts";
import type { SceneArea } from "./wire.ts";

export { masksOf, stateOf } from "./areas.ts";
export { isLearnable } from "./learnable.ts";
export { faultsOf, flawsBeside, lightOf, type Optics } from "./optics.ts";
export { iou } from "./overlap.ts";
export { departuresIn, recognise } from "./recall.ts";
export { findAt, taughtObject, viewOf } from "./teach.ts";

export type Scene = typeof scene.$inferSelect;
export type SceneObjectRow = typeof sceneObject.$inferSelect;

/** What is kept of a camera that nothing is known of yet. */
const unknown = { learnedUntil: null, learnedIn: null, learnedMomentId: null, optics: null, areas: [] };

export async function find(tx: Tx, deviceId: string): Promise<Omit<Scene, "accountId" | "deviceId">> {
  const [found] = await tx.select().from(scene).where(eq(scene.deviceId, deviceId));
  return found ?? unknown;
}

/** What is kept of these cameras, by their ids. */
export async function list(tx: Tx, deviceIds: readonly string[]): Promise<Map<string, Scene>> {
  if (deviceIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(scene)
    .where(inArray(scene.deviceId, [...deviceIds]));
  return new Map(rows.map((row) => [row.deviceId, row]));
}

/** How pictures of one camera are, taken into what is usual. The transaction holds the account's lock. */
export async function observe(
  tx: Tx,
  {
    accountId,
    deviceId,
    pictures,
  }: { accountId: string; deviceId: string; pictures: readonly OpticsPicture[] },
): Promise<void> {
  let { optics } = await find(tx, deviceId);
  for (const picture of pictures.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    optics = observeOptics(optics, picture);
  }
  await tx
    .insert(scene)
    .values({ accountId, deviceId, optics })
    .onConflictDoUpdate({ target: scene.deviceId, set: { optics } });
}

/** What stands before these cameras, and what stood there after an instant. */
export async function listObjects(
  tx: Tx,
  deviceIds: readonly string[],
  after?: Date,
): Promise<SceneObjectRow[]> {
  if (deviceIds.length === 0) return [];
  const stands = isNull(sceneObject.goneAt);
  return tx
    .select()
    .from(sceneObject)
    .where(
      and(
        inArray(sceneObject.deviceId, [...deviceIds]),
        after === undefined ? stands : or(stands, gte(sceneObject.goneAt, after)),
      ),
    )
    .orderBy(sceneObject.id);
}

type Learning = { accountId: string; deviceId: string; looks: readonly CameraLook[]; createId: () => string };

/** Learns from pictures of one camera. The transaction holds the account's lock, and records the report that they are of. */
export async function learnFrom(tx: Tx, { accountId, deviceId, looks, createId }: Learning): Promise<void> {
  const known = await find(tx, deviceId);
  const rows = await tx.select().from(sceneObject).where(eq(sceneObject.deviceId, deviceId));
  const learned = learn({ ...known, objects: rows }, looks, createId);
  const newest = looks.find(({ at }) => at.getTime() === learned.learnedUntil?.getTime());
  const { learnedUntil, learnedIn } = learned;
  const learnedMomentId = newest?.momentId ?? known.learnedMomentId;
  await tx
    .insert(scene)
    .values({ accountId, deviceId, learnedUntil, learnedIn, learnedMomentId })
    .onConflictDoUpdate({ target: scene.deviceId, set: { learnedUntil, learnedIn, learnedMomentId } });
  await store(tx, { accountId, deviceId, before: rows, learned });
}

async function store(
  tx: Tx,
  asked: { accountId: string; deviceId: string; before: readonly SceneObjectRow[]; learned: SceneMemory },
): Promise<void> {
  const { accountId, deviceId, before, learned } = asked;
  const known = new Map<string, SceneObject>(before.map((row) => [row.id, row]));
  const kept = new Set(learned.objects.map(({ id }) => id));
  const dropped = before.map(({ id }) => id).filter((id) => !kept.has(id));
  if (dropped.length > 0) await tx.delete(sceneObject).where(inArray(sceneObject.id, dropped));
  for (const object of learned.objects) {
    if (known.get(object.id) === object) continue;
    const { id, ...values } = object;
    await tx
      .insert(sceneObject)
      .values({ id, ...values, accountId, deviceId })
      .onConflictDoUpdate({ target: sceneObject.id, set: values });
  }
}

/** @throws `not-found` */
export async function getObject(tx: Tx, deviceId: string, id: string): Promise<SceneObjectRow> {
  const [found] = await tx
    .select()
    .from(sceneObject)
    .where(and(eq(sceneObject.deviceId, deviceId), eq(sceneObject.id, id), isNull(sceneObject.goneAt)));
  if (!found) throw problem("not-found", `no object ${id} before ${deviceId}`);
  return found;
}

/** What somebody says of it. */
export async function recordObject(tx: Tx, said: SceneObjectRow): Promise<void> {
  await tx
    .insert(sceneObject)
    .values(said)
    .onConflictDoUpdate({ target: sceneObject.id, set: { name: said.name } });
}

/** It does not belong there: when it is seen again it is news. */
export async function forgetObject(tx: Tx, id: string): Promise<void> {
  await tx.delete(sceneObject).where(eq(sceneObject.id, id));
}

export async function changeAreas(
  tx: Tx,
  { accountId, deviceId, areas }: { accountId: string; deviceId: string; areas: SceneArea[] },
): Promise<void> {
  await tx
    .insert(scene)
    .values({ accountId, deviceId, areas })
    .onConflictDoUpdate({ target: scene.deviceId, set: { areas } });
}
