/** Evidence: the bytes that an event brings, as moments, and what they really are. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { event } from "../event/event.sql.ts";
import type { ContentType } from "../event/wire.ts";
import { replay } from "../limits.ts";
import { moment } from "./evidence.sql.ts";
import { sha256 } from "./inspect.ts";

export { endings } from "./endings.ts";
export { inspect, sha256 } from "./inspect.ts";
export { keyOf, uploadKeyOf } from "./key.ts";
export { type HeadFault, type PictureHead, readHead, sniff } from "./read-head.ts";
export { readTraits } from "./read-traits.ts";

export type Moment = typeof moment.$inferSelect;

export async function listOfEvent(tx: Tx, eventId: string): Promise<Moment[]> {
  return tx.select().from(moment).where(eq(moment.eventId, eventId));
}

/** More evidence of an event. The caller holds the event, and has counted. */
export async function announce(tx: Tx, pieces: readonly (typeof moment.$inferInsert)[]): Promise<Moment[]> {
  return pieces.length === 0
    ? []
    : tx
        .insert(moment)
        .values([...pieces])
        .returning();
}

/** Points as fractions (0..1) of the picture as it is shown. */
export type Mask = readonly (readonly [x: number, y: number])[];

/**
 * A picture with what lies under masks blackened, and nothing else in its file. The same picture and masks give the same bytes.
 * What it needs is loaded with the first picture that has masks: most intake never does.
 * @throws `evidence-not-an-image` when it cannot be decoded: what cannot be masked is not kept
 */
export async function maskPicture(
  picture: { name: string; bytes: Uint8Array; contentType: ContentType },
  masks: readonly Mask[],
): Promise<{ bytes: Uint8Array; sha256: string }> {
  const { blacken } = await import("./mask-picture.ts");
  const bytes = await blacken(picture, masks);
  return { bytes, sha256: sha256(bytes) };
}

/** Their bytes are there and are what was announced. */
export async function markReady(tx: Tx, momentIds: readonly string[]): Promise<void> {
  await tx
    .update(moment)
    .set({ state: "ready" })
    .where(and(inArray(moment.id, [...momentIds]), eq(moment.state, "announced")));
}

/** What is kept of one is another picture than was announced: masks lie on it. */
export async function markMasked(
  tx: Tx,
  momentId: string,
  kept: { bytes: number; sha256: string },
): Promise<void> {
  await tx
    .update(moment)
    .set({
      ...kept,
      state: "ready",
      announcedBytes: sql`${moment.bytes}`,
      announcedSha256: sql`${moment.sha256}`,
    })
    .where(and(eq(moment.id, momentId), eq(moment.state, "announced")));
}

/** As its device knows it, whatever masks have made of it. */
export function asAnnounced<
  Piece extends Pick<Moment, "bytes" | "sha256" | "announcedBytes" | "announcedSha256">,
>(piece: Piece): Piece {
  const { announcedBytes, announcedSha256 } = piece;
  return { ...piece, bytes: announcedBytes ?? piece.bytes, sha256: announcedSha256 ?? piece.sha256 };
}

/** Their bytes are gone for good. @returns how many of them were there until now */
export async function markErased(tx: Tx, momentIds: readonly string[], at: Date): Promise<number> {
  const erased = await tx
    .update(moment)
    .set({ state: "erased", erasedAt: at })
    .where(and(inArray(moment.id, [...momentIds]), eq(moment.state, "ready")))
    .returning({ id: moment.id });
  return erased.length;
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

/** A picture whose very bytes came before, as taken at another time. */
export type EarlierCopy = { id: string; eventId: string; capturedAt: Date };

/**
 * Of each of these moments: the nearest before it with the same bytes, of any device of the account, where there is one. Those
 * that were taken within a minute of each other are one picture that two events tell of.
 */
export async function findEarlierCopies(
  queryable: Queryable,
  momentIds: readonly string[],
): Promise<Map<string, EarlierCopy>> {
  if (momentIds.length === 0) return new Map();
  const { apartMsMin, agoMsMax } = replay;
  const rows = await queryable<(EarlierCopy & { of: string })[]>`
    select m.id as of, c.id, c.event_id as "eventId", c.captured_at as "capturedAt"
    from moment m cross join lateral (
      select o.id, o.event_id, o.captured_at from moment o
      where o.account_id = m.account_id and o.sha256 = m.sha256 and o.state <> 'announced'
        and o.captured_at <= m.captured_at - ${apartMsMin} * interval '1 millisecond'
        and o.captured_at >= m.captured_at - ${agoMsMax} * interval '1 millisecond'
      order by o.captured_at desc limit 1
    ) c where m.id = any(${momentIds}::text[])`;
  return new Map(rows.map(({ of, ...copy }) => [of, copy]));
}
