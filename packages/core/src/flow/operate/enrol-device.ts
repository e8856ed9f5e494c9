/**
 * A device is let in by a code. It asks, an owner types the code and says where it stands, and the device gets its key. A wrong
 * code is counted in a transaction of its own account, and the answer follows the commit: no error takes the count back.
 */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Queryable, type Tx } from "../../db/index.ts";
import { device } from "../../device/device.sql.ts";
import * as Device from "../../device/index.ts";
import type { DeviceView } from "../../device/wire.ts";
import * as Enrolment from "../../enrolment/index.ts";
import type {
  EnrolledDevice,
  EnrolmentCodes,
  EnrolmentGrant,
  EnrolmentInput,
  EnrolmentShown,
} from "../../enrolment/wire.ts";
import * as Id from "../../id.ts";
import * as Key from "../../key/index.ts";
import { enrolment as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { assertSite, viewDevice } from "./change-devices.ts";

/** @throws `overloaded` */
export async function askEnrolment(services: Services, input: EnrolmentInput): Promise<EnrolmentCodes> {
  const { deviceCode, userCode } = await Enrolment.record(services.database, input, services.clock.now());
  const verificationUri = `${services.telling.consoleOrigin}/enrol`;
  return {
    deviceCode,
    userCode,
    verificationUri,
    // Behind #, so that no server and no log sees it.
    verificationUriComplete: `${verificationUri}#${userCode}`,
    expiresIn: limits.codeMsMax / 1000,
    interval: limits.pollSecondsMin,
  };
}

/** The device that waits with a code. @throws `code-unknown`, `rate-limited` */
export async function showEnrolment(
  services: Services,
  by: Audit.Actor,
  userCode: string,
): Promise<EnrolmentShown> {
  return withWaiting(services, by, userCode, async (_tx, _sql, { name, kind, askedAt, expiresAt }) => ({
    name,
    kind,
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Lets it in: a device of the account. @throws `not-found` for the site, `code-unknown`, `rate-limited`, `too-many` */
export async function grantEnrolment(
  services: Services,
  by: Audit.Actor,
  { userCode, ...input }: EnrolmentGrant,
): Promise<DeviceView> {
  const { accountId } = by;
  await inAccount(services.database, accountId, (tx) => assertSite(tx, input.siteId));
  return withWaiting(services, by, userCode, async (tx, sql, { id, name, kind }) => {
    await Device.assertRoom(tx);
    const row = { id: Id.create("device"), accountId, ...input, zone: input.zone ?? null };
    const added = await Device.record(tx, row);
    await Enrolment.grant(sql, { id, accountId, deviceId: added.id });
    const detail = { saidName: name, kind, enrolment: id };
    const at = services.clock.now();
    await Audit.record(tx, { ...by, action: "device.enrolled", subject: added.id, detail, at });
    return viewDevice(tx, added);
  });
}

/** Turns it away. @throws `code-unknown`, `rate-limited` */
export async function refuseEnrolment(services: Services, by: Audit.Actor, userCode: string): Promise<void> {
  await withWaiting(services, by, userCode, async (tx, sql, { id, name, kind }) => {
    await Enrolment.refuse(sql, id);
    const detail = { saidName: name, kind };
    const at = services.clock.now();
    await Audit.record(tx, { ...by, action: "enrolment.refused", subject: id, detail, at });
  });
}

async function withWaiting<T>(
  services: Services,
  by: Audit.Actor,
  userCode: string,
  work: (tx: Tx, sql: Queryable, waiting: Enrolment.Waiting) => Promise<T>,
): Promise<T> {
  const { accountId } = by;
  const outcome = await inAccount(services.database, accountId, async (tx, sql) => {
    await Account.lock(tx, accountId);
    const at = services.clock.now();
    await Enrolment.assertMayType(tx, accountId, at);
    const waiting = await Enrolment.lockWaiting(sql, userCode, at);
    if (waiting) return { done: await work(tx, sql, waiting) };
    const { left } = await Enrolment.countWrong(tx, accountId, at);
    if (left === 0) {
      await Audit.record(tx, { ...by, action: "enrolment.locked", subject: accountId, at });
    }
    return undefined;
  });
  if (outcome) return outcome.done;
  throw problem(
    "code-unknown",
    "no device waits with this code: look at it once more, or have the device ask anew",
  );
}

/**
 * The key of a device that was let in: one, valid from this answer on. Where the answer before was lost, and its key never
 * used, another takes its place.
 * @throws `authorization-pending`, `slow-down`, `access-denied`, `expired-token`
 */
export async function collectKey(services: Services, deviceCode: string): Promise<EnrolledDevice> {
  const at = services.clock.now();
  const { id, accountId } = await Enrolment.poll(services.database, deviceCode, at);
  return inAccount(services.database, accountId, async (tx) => {
    const { deviceId, keyId } = await Enrolment.lock(tx, id);
    const [found] = await tx.select().from(device).where(eq(device.id, deviceId)).for("update");
    if (!found || found.removedAt !== null) throw Enrolment.ended();
    if (keyId !== null) {
      const isUsed = found.heardAt !== null || (await Key.isUsed(tx, keyId));
      if (isUsed) throw Enrolment.ended();
      await Key.revoke(tx, deviceId, keyId, at);
    }
    const issued = await Key.issue(tx, { accountId, kind: "device", subjectId: deviceId });
    await Enrolment.collect(tx, id, issued.id);
    const detail = { deviceId, ...(keyId === null ? {} : { inPlaceOf: keyId }) };
    await Audit.record(tx, {
      accountId,
      actor: deviceId,
      action: "key.issued",
      subject: issued.id,
      detail,
      at,
    });
    const { siteId, name, zone } = found;
    return { deviceId, siteId, name, zone, key: issued.key };
  });
}
