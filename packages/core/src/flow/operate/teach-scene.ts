/** Somebody says what belongs before a camera, and what does not. Nobody can be taught into it, and nobody is raised by it. */
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import * as Id from "../../id.ts";
import { problem } from "../../problem.ts";
import * as Scene from "../../scene/index.ts";
import type { SceneAreas, SceneObjectChange, SceneObjectInput, SceneObjectView } from "../../scene/wire.ts";
import type { Services } from "../services.ts";

type OfDevice = Audit.Actor & { deviceId: string };
type OfObject = OfDevice & { objectId: string };

/** Reports learn under the account's lock, and so is taught: neither undoes the other. @throws `not-found` */
async function inScene<T>(
  services: Services,
  { accountId, deviceId }: OfDevice,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inAccount(services.database, accountId, async (tx) => {
    await Account.lock(tx, accountId);
    await Device.get(tx, deviceId);
    return work(tx);
  });
}

/**
 * This belongs there: it is no news from now on. What stands in the same place already gets the name.
 * @throws `not-found`; `invalid-body` for what is no thing, such as a person
 */
export async function teachObject(
  services: Services,
  by: OfDevice,
  { box, label, name }: SceneObjectInput,
): Promise<SceneObjectView> {
  if (!Scene.isLearnable(label)) {
    throw problem("invalid-body", `expected a thing or a vehicle, got ${label}`, {
      errors: [{ pointer: "/label", detail: "people and animals never belong to a scene" }],
    });
  }
  const { accountId, deviceId } = by;
  return inScene(services, by, async (tx) => {
    const at = services.clock.now();
    const standing = Scene.findAt(await Scene.listObjects(tx, [deviceId]), { label, box, confidence: 1 });
    const { learnedMomentId } = await Scene.find(tx, deviceId);
    const taught = standing
      ? { ...standing, name: name ?? standing.name }
      : {
          ...Scene.taughtObject({
            id: Id.create("object"),
            label,
            box,
            name: name ?? null,
            at,
            momentId: learnedMomentId,
          }),
          accountId,
          deviceId,
        };
    await Scene.recordObject(tx, taught);
    await Audit.record(tx, {
      ...actorOf(by),
      action: "scene.taught",
      subject: taught.id,
      detail: { deviceId },
      at,
    });
    return Scene.viewOf(taught);
  });
}

/** @throws `not-found` */
export async function renameObject(
  services: Services,
  by: OfObject,
  { name }: SceneObjectChange,
): Promise<SceneObjectView> {
  return inScene(services, by, async (tx) => {
    const renamed = { ...(await Scene.getObject(tx, by.deviceId, by.objectId)), name };
    await Scene.recordObject(tx, renamed);
    await recordCorrection(services, tx, by);
    return Scene.viewOf(renamed);
  });
}

/** It does not belong there. @throws `not-found` */
export async function forgetObject(services: Services, by: OfObject): Promise<void> {
  await inScene(services, by, async (tx) => {
    await Scene.getObject(tx, by.deviceId, by.objectId);
    await Scene.forgetObject(tx, by.objectId);
    await recordCorrection(services, tx, by);
  });
}

/** @throws `not-found` */
export async function changeAreas(
  services: Services,
  by: OfDevice,
  { areas }: SceneAreas,
): Promise<SceneAreas> {
  const { accountId, deviceId } = by;
  return inScene(services, by, async (tx) => {
    await Scene.changeAreas(tx, { accountId, deviceId, areas });
    const at = services.clock.now();
    await Audit.record(tx, {
      ...actorOf(by),
      action: "scene.areas-changed",
      subject: deviceId,
      detail: { areas },
      at,
    });
    return { areas };
  });
}

async function recordCorrection(services: Services, tx: Tx, by: OfObject): Promise<void> {
  const at = services.clock.now();
  const { objectId: subject, deviceId } = by;
  await Audit.record(tx, { ...actorOf(by), action: "scene.corrected", subject, detail: { deviceId }, at });
}

function actorOf({ accountId, actor }: Audit.Actor): Audit.Actor {
  return { accountId, actor };
}
