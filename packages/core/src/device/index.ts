/** Devices: what reports events. One that was removed keeps its row, for the events that it sent. */
import { and, asc, count, eq, isNull } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { enrolment as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import { device } from "./device.sql.ts";

export {
  type Clock,
  type ClockState,
  correct as correctClock,
  misdated,
  observe as observeClock,
  stateOf as clockStateOf,
  unknownClock,
} from "./clock.ts";

export { type Heard, isSilent } from "./is-silent.ts";
export { beginTrouble, endTrouble, listTroubles, type Trouble, type TroubleName } from "./trouble.ts";

export type Device = typeof device.$inferSelect;

export async function list(tx: Tx): Promise<Device[]> {
  return tx
    .select()
    .from(device)
    .where(isNull(device.removedAt))
    .orderBy(asc(device.id))
    .limit(limits.devicesPerAccountMax);
}

/** Inside a transaction that holds the account's lock. @throws `too-many` */
export async function assertRoom(tx: Tx): Promise<void> {
  const [row] = await tx.select({ rows: count() }).from(device).where(isNull(device.removedAt));
  if ((row?.rows ?? 0) < limits.devicesPerAccountMax) return;
  throw problem("too-many", `expected at most ${limits.devicesPerAccountMax} devices; remove one first`);
}

/** @throws `not-found`, also for one that was removed */
export async function get(tx: Tx, id: string): Promise<Device> {
  const [found] = await tx
    .select()
    .from(device)
    .where(and(eq(device.id, id), isNull(device.removedAt)));
  if (!found) throw problem("not-found", `no device ${id}`);
  return found;
}

export async function record(
  tx: Tx,
  added: Pick<Device, "id" | "accountId" | "siteId" | "name" | "zone">,
): Promise<Device> {
  const [created] = await tx.insert(device).values(added).returning();
  if (!created) throw new Error("expected the device that was just added");
  return created;
}

export async function remove(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(device).set({ removedAt: at }).where(eq(device.id, id));
}

export async function removeAll(tx: Tx, at: Date): Promise<void> {
  await tx.update(device).set({ removedAt: at }).where(isNull(device.removedAt));
}
