/** Evidence: the bytes that an event brings, as moments, and what they really are. */
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import { event } from "../event/event.sql.ts";
import { moment } from "./evidence.sql.ts";

export { endings } from "./endings.ts";
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

/** A picture that was announced and has not been uploaded and sealed. */
export type Awaited = {
  id: string;
  eventId: string;
  deviceId: string;
  zone: string | null;
  capturedAt: Date;
};

/** What a session still waits for, in the order of time. */
export async function listAwaited(tx: Tx, sessionId: string): Promise<Awaited[]> {
  return tx
    .select({
      id: moment.id,
      eventId: event.id,
      deviceId: event.deviceId,
      zone: event.zone,
      capturedAt: moment.capturedAt,
    })
    .from(moment)
    .innerJoin(event, eq(event.id, moment.eventId))
    .where(and(eq(event.sessionId, sessionId), eq(moment.state, "announced")))
    .orderBy(asc(moment.capturedAt), asc(moment.id));
}
