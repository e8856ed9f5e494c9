/** A member adds and removes devices, and rotates their keys: the old one works until it is revoked. */
import { eq, inArray } from "drizzle-orm";
import { duration } from "../../assessment/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Device from "../../device/index.ts";
import type { DeviceClock, DeviceInput, DeviceView, DeviceWithKey } from "../../device/wire.ts";
import * as Id from "../../id.ts";
import * as Key from "../../key/index.ts";
import { apiKey } from "../../key/key.sql.ts";
import { problem } from "../../problem.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";

export async function listDevices(services: Services, accountId: string): Promise<DeviceView[]> {
  return inAccount(services.database, accountId, async (tx) => {
    return views(tx, await Device.list(tx));
  });
}

/** @throws `not-found` when the site is not one of the account's */
export async function addDevice(
  services: Services,
  by: Audit.Actor,
  input: DeviceInput,
): Promise<DeviceWithKey> {
  return inAccount(services.database, by.accountId, async (tx) => {
    const [place] = await tx.select({ id: site.id }).from(site).where(eq(site.id, input.siteId));
    if (!place) throw problem("not-found", `no site ${input.siteId}`);
    const row = { id: Id.create("device"), accountId: by.accountId, ...input, zone: input.zone ?? null };
    const created = await Device.record(tx, row);
    const issued = await Key.issue(tx, { accountId: by.accountId, kind: "device", subjectId: row.id });
    await Audit.record(tx, { ...by, action: "device.created", subject: row.id, at: services.clock.now() });
    const [view] = await views(tx, [created]);
    if (!view) throw new Error("expected the device that was just added");
    return { ...view, key: issued.key };
  });
}

/** Adds a key beside those that the device has. @throws `not-found` */
export async function addKey(services: Services, by: Audit.Actor, deviceId: string): Promise<DeviceWithKey> {
  return inAccount(services.database, by.accountId, async (tx) => {
    const found = await Device.get(tx, deviceId);
    const issued = await Key.issue(tx, { accountId: by.accountId, kind: "device", subjectId: deviceId });
    await Audit.record(tx, {
      ...by,
      action: "key.issued",
      subject: issued.id,
      detail: { deviceId },
      at: services.clock.now(),
    });
    const [view] = await views(tx, [found]);
    if (!view) throw new Error(`expected the device ${deviceId}`);
    return { ...view, key: issued.key };
  });
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
