/** Events: what devices report. */
import { and, eq, isNotNull, isNull } from "drizzle-orm";
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

/** More of its evidence is there, all of it when `whole`: somebody is to decide what that asks for. */
export async function seal(tx: Tx, id: string, { whole, at }: { whole: boolean; at: Date }): Promise<void> {
  await tx
    .update(event)
    .set({ followUpAt: at, ...(whole ? { sealedAt: at } : {}) })
    .where(eq(event.id, id));
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
