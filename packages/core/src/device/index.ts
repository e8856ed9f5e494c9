/** Devices: what reports events. One that was removed keeps its row, for the events that it sent. */
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
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

const devicesMax = 1_000;

export async function list(tx: Tx): Promise<Device[]> {
  return tx.select().from(device).where(isNull(device.removedAt)).orderBy(asc(device.id)).limit(devicesMax);
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
