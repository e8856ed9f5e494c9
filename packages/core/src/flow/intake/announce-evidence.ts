/**
 * Evidence that is announced one by one, while an event is under way: what carries a large event does not know all of its
 * pictures before the last has come. It ends when the event is sealed, or when nobody has announced anything for a while.
 */
import { inAccount, type Tx } from "../../db/index.ts";
import * as Event from "../../event/index.ts";
import type { AnnouncedEvidence, EvidenceAccepted } from "../../event/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import * as Id from "../../id.ts";
import { evidence as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import type { Piece } from "./incoming.ts";
import { uploadsOf } from "./uploads.ts";

/** What is announced, with when it was taken as its device says it. */
export type NewPiece = Pick<Event.NewMoment, "name" | "contentType" | "bytes" | "sha256" | "capturedAt">;

/** Until when more of an event's evidence may be announced, if a piece of it was at `at`. */
export function announcingUntil(at: Date): Date {
  return new Date(at.getTime() + limits.announcingMsMax);
}

/**
 * One more piece of an event. The same piece again is answered the same, with a fresh URL.
 * @throws `not-found`, `event-id-reused` for another piece of that name, `event-sealed`, `evidence-too-large`, and
 *   `unavailable` when the store signs no URL: the piece is announced by then
 */
export async function announceEvidence(
  services: Services,
  { accountId, deviceId, eventId }: { accountId: string; deviceId: string; eventId: string },
  piece: AnnouncedEvidence,
): Promise<EvidenceAccepted> {
  const moment = await inAccount(services.database, accountId, async (tx) => {
    const event = await Event.lock(tx, eventId);
    if (event.deviceId !== deviceId) throw problem("not-found", `no event ${eventId} of this device`);
    const capturedAt = piece.capturedAt === undefined ? event.reportedAt : new Date(piece.capturedAt);
    const now = services.clock.now();
    const moments = await addEvidence(tx, event, [{ ...piece, capturedAt }], now);
    const found = moments.find(({ name }) => name === piece.name);
    if (!found) throw new Error(`expected the piece ${piece.name} among the event's`);
    return found;
  });
  const [upload = null] = await uploadsOf(services, accountId, eventId, [moment]);
  return { momentId: moment.id, name: moment.name, state: moment.state, upload };
}

/**
 * Adds what is not there yet.
 * @param event held by the caller (`Event.lock`)
 * @returns all of the event's evidence
 * @throws `event-id-reused`, `event-sealed`, `evidence-too-large`; nothing is added then
 */
export async function addEvidence(
  tx: Tx,
  event: Event.Event,
  pieces: readonly NewPiece[],
  now: Date,
): Promise<Evidence.Moment[]> {
  const there = await Evidence.listOfEvent(tx, event.id);
  const byName = new Map(there.map((moment) => [moment.name, moment]));
  const fresh = pieces.filter(({ name }) => !byName.has(name));
  for (const piece of pieces) {
    const known = byName.get(piece.name);
    if (known && !isSamePiece(Evidence.asAnnounced(known), piece)) {
      throw problem(
        "event-id-reused",
        `the event ${event.clientId} has another picture named ${piece.name}: ${known.bytes} bytes, sha256 ${known.sha256}`,
      );
    }
  }
  if (fresh.length === 0) return there;
  if (event.announcingUntil === null || event.announcingUntil <= now) {
    throw problem(
      "event-sealed",
      `the event ${event.clientId} has its ${there.length} pictures and takes no more; send what is new as another event`,
    );
  }
  if (there.length + fresh.length > limits.perEventMax) {
    throw problem(
      "evidence-too-large",
      `expected at most ${limits.perEventMax} images of an event, got ${there.length + fresh.length}`,
    );
  }
  const shiftMs = event.occurredAt.getTime() - event.reportedAt.getTime();
  const added = await Evidence.announce(
    tx,
    fresh.map(({ name, contentType, bytes, sha256, capturedAt }) => ({
      id: Id.create("moment"),
      accountId: event.accountId,
      eventId: event.id,
      name,
      contentType,
      bytes,
      sha256,
      capturedAt: new Date(capturedAt.getTime() + shiftMs),
      state: "announced" as const,
    })),
  );
  await Event.announceUntil(tx, event.id, announcingUntil(now));
  return [...there, ...added];
}

export function isSamePiece(one: Piece, other: Piece): boolean {
  return one.name === other.name && one.sha256 === other.sha256 && one.bytes === other.bytes;
}
