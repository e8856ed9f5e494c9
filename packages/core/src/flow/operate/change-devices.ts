/** A member adds and removes devices, and rotates their keys: the old one works until it is revoked. */
import { eq, inArray } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { duration } from "../../assessment/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import type { DeviceClock, DeviceInput, DeviceView, DeviceWithKey, KeyRotation } from "../../device/wire.ts";
import * as Id from "../../id.ts";
import * as Key from "../../key/index.ts";
import { apiKey } from "../../key/key.sql.ts";
import { enrolment as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";

const hourMs = 60 * 60 * 1000;

export async function listDevices(services: Services, accountId: string): Promise<DeviceView[]> {
  return inAccount(services.database, accountId, async (tx) => {
    return views(tx, await Device.list(tx));
  });
}

/** @throws `not-found` when the site is not one of the account's */
export async function assertSite(tx: Tx, siteId: string): Promise<void> {
  const [place] = await tx.select({ id: site.id }).from(site).where(eq(site.id, siteId));
  if (!place) throw problem("not-found", `no site ${siteId}`);
}

/** @throws `not-found` when the site is not one of the account's; `too-many` */
export async function addDevice(
  services: Services,
  by: Audit.Actor,
  input: DeviceInput,
): Promise<DeviceWithKey> {
  return inAccount(services.database, by.accountId, async (tx) => {
    await assertSite(tx, input.siteId);
    await Account.lock(tx, by.accountId);
    await Device.assertRoom(tx);
    const row = { id: Id.create("device"), accountId: by.accountId, ...input, zone: input.zone ?? null };
    const created = await Device.record(tx, row);
    const issued = await Key.issue(tx, { accountId: by.accountId, kind: "device", subjectId: row.id });
    await Audit.record(tx, { ...by, action: "device.created", subject: row.id, at: services.clock.now() });
    return { ...(await viewDevice(tx, created)), key: issued.key };
  });
}

/** Adds a key beside those that the device has. @throws `not-found`, `too-many` */
export async function addKey(services: Services, by: Audit.Actor, deviceId: string): Promise<DeviceWithKey> {
  return inAccount(services.database, by.accountId, async (tx) => {
    const found = await getWithRoom(tx, services, by, deviceId);
    const issued = await Key.issue(tx, { accountId: by.accountId, kind: "device", subjectId: deviceId });
    await Audit.record(tx, {
      ...by,
      action: "key.issued",
      subject: issued.id,
      detail: { deviceId },
      at: services.clock.now(),
    });
    return { ...(await viewDevice(tx, found)), key: issued.key };
  });
}

/** A key takes the place of those that the device has: they end once the overlap is over. @throws `not-found`, `too-many` */
export async function rotateKey(
  services: Services,
  by: Audit.Actor,
  deviceId: string,
  { overlapHours }: KeyRotation,
): Promise<DeviceWithKey> {
  return inAccount(services.database, by.accountId, async (tx) => {
    const found = await getWithRoom(tx, services, by, deviceId);
    const at = services.clock.now();
    const retired = await Key.retire(tx, deviceId, at, new Date(at.getTime() + overlapHours * hourMs));
    const issued = await Key.issue(tx, { accountId: by.accountId, kind: "device", subjectId: deviceId });
    const detail = { deviceId, overlapHours, retired };
    await Audit.record(tx, { ...by, action: "key.rotated", subject: issued.id, detail, at });
    return { ...(await viewDevice(tx, found)), key: issued.key };
  });
}

/** The device, with room for one key more. @throws `not-found`, `too-many` */
async function getWithRoom(
  tx: Tx,
  { clock }: Services,
  { accountId }: Audit.Actor,
  deviceId: string,
): Promise<Device.Device> {
  await Account.lock(tx, accountId);
  const found = await Device.get(tx, deviceId);
  const valid = await Key.listValid(tx, deviceId, clock.now());
  if (valid.length < limits.keysPerDeviceMax) return found;
  throw problem("too-many", `expected at most ${limits.keysPerDeviceMax} valid keys; revoke one first`);
}

/** @throws `not-found` */
export async function revokeKey(
  services: Services,
  by: Audit.Actor,
  deviceId: string,
  keyId: string,
): Promise<void> {
  await inAccount(services.database, by.accountId, async (tx) => {
    await Device.get(tx, deviceId);
    await Key.revoke(tx, deviceId, keyId, services.clock.now());
    await Audit.record(tx, {
      ...by,
      action: "key.revoked",
      subject: keyId,
      detail: { deviceId },
      at: services.clock.now(),
    });
  });
}

/** The device's keys stop working; its events stay. @throws `not-found` */
export async function removeDevice(services: Services, by: Audit.Actor, deviceId: string): Promise<void> {
  await inAccount(services.database, by.accountId, async (tx) => {
    await Device.get(tx, deviceId);
    await Device.remove(tx, deviceId, services.clock.now());
    await Audit.record(tx, { ...by, action: "device.removed", subject: deviceId, at: services.clock.now() });
  });
}

export async function viewDevice(tx: Tx, row: Device.Device): Promise<DeviceView> {
  const [view] = await views(tx, [row]);
  if (!view) throw new Error(`expected the device ${row.id}`);
  return view;
}

async function views(tx: Tx, rows: readonly Device.Device[]): Promise<DeviceView[]> {
  const ids = rows.map((row) => row.id);
  const keys = ids.length === 0 ? [] : await tx.select().from(apiKey).where(inArray(apiKey.subjectId, ids));
  const byDevice = Map.groupBy(keys, (key) => key.subjectId);
  const troubles = Map.groupBy(await Device.listTroubles(tx), ({ deviceId }) => deviceId);
  return rows.map(({ id, siteId, name, zone, clock, heardAt, createdAt }) => ({
    id,
    siteId,
    name,
    zone,
    clock: clockView(clock ?? Device.unknownClock),
    heardAt: heardAt?.toISOString() ?? null,
    troubles: (troubles.get(id) ?? []).map(({ kind, part, since }) => ({
      kind,
      sensor: part === "" ? null : part,
      since: since.toISOString(),
    })),
    createdAt: createdAt.toISOString(),
    keys: (byDevice.get(id) ?? []).map((key) => ({
      id: key.id,
      createdAt: key.createdAt.toISOString(),
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      expiresAt: key.expiresAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
    })),
  }));
}

function clockView(clock: Device.Clock): DeviceClock {
  const state = Device.clockStateOf(clock);
  const off = duration(Math.abs(clock.skewMs));
  return {
    state,
    offSeconds: Math.round(clock.skewMs / 1000),
    since: instantOf(clock.sinceMs),
    jumpedAt: instantOf(clock.jump?.atMs ?? null),
    text:
      state === "ahead" || state === "behind"
        ? `Its clock is ${off} ${state}. Its events are corrected; set its time zone or its time server.`
        : null,
  };
}

function instantOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
