/** Evidence: the bytes that an event brings, as moments, and what they really are. */
import { eq, inArray } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { moment } from "./evidence.sql.ts";

export { inspect, sha256 } from "./inspect.ts";
export { keyOf, uploadKeyOf } from "./key.ts";
export { type HeadFault, type PictureHead, readHead, sniff } from "./read-head.ts";

export type Moment = typeof moment.$inferSelect;

export async function listOfEvent(tx: Tx, eventId: string): Promise<Moment[]> {
  return tx.select().from(moment).where(eq(moment.eventId, eventId));
}

/** Their bytes are there and are what was announced. */
export async function markReady(tx: Tx, momentIds: readonly string[]): Promise<void> {
  await tx
    .update(moment)
    .set({ state: "ready" })
    .where(inArray(moment.id, [...momentIds]));
}
