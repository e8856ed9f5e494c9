/** Events: what devices report. */
import { and, eq, isNotNull, isNull, lte } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { problem } from "../problem.ts";
import { event } from "./event.sql.ts";

export { toOurTime } from "./instant.ts";
export { type NewEvent, type NewMoment, record, recordIn, type SessionChoice } from "./record.ts";
export { recordAll } from "./record-all.ts";
export { type Timed, timeOf, type When } from "./time-of.ts";

export type Event = typeof event.$inferSelect;

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Event> {
  const [found] = await tx.select().from(event).where(eq(event.id, id));
  if (!found) throw problem("not-found", `no event ${id}`);
  return found;
}

/** As it is now, while nobody else announces or seals its evidence. @throws `not-found` */
export async function lock(tx: Tx, id: string): Promise<Event> {
  const [found] = await tx.select().from(event).where(eq(event.id, id)).for("no key update");
  if (!found) throw problem("not-found", `no event ${id}`);
  return found;
}

/** More of its evidence is there: somebody is to decide what that asks for. */
export async function askFollowUp(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(event).set({ followUpAt: at }).where(eq(event.id, id));
}

/** All of its evidence is there, and no more of it may be announced. */
export async function seal(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(event).set({ sealedAt: at, announcingUntil: null }).where(eq(event.id, id));
}

/** More of its evidence may be announced until then. */
export async function announceUntil(tx: Tx, id: string, until: Date): Promise<void> {
  await tx.update(event).set({ announcingUntil: until }).where(eq(event.id, id));
}

/** No more of its evidence may be announced, unless somebody has just done so. */
export async function endAnnouncing(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .update(event)
    .set({ announcingUntil: null })
    .where(and(eq(event.id, id), lte(event.announcingUntil, now)));
}

/** It is decided what its ready evidence asks for. */
export async function settleFollowUp(tx: Tx, id: string): Promise<void> {
  await tx.update(event).set({ followUpAt: null }).where(eq(event.id, id));
}

/** Its assessment is called false. @returns whether it was not before */
export async function dismiss(tx: Tx, id: string, at: Date): Promise<boolean> {
  const dismissed = await tx
    .update(event)
    .set({ dismissedAt: at })
    .where(and(eq(event.id, id), isNull(event.dismissedAt)))
    .returning({ id: event.id });
  return dismissed.length > 0;
}

/** No assessment of the account is called false any more. */
export async function forgetDismissals(tx: Tx): Promise<void> {
  await tx.update(event).set({ dismissedAt: null }).where(isNotNull(event.dismissedAt));
}
