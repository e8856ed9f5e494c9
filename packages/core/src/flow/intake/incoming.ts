/** An event as it comes in, before anything is known of its site. */
import { createHash } from "node:crypto";
import * as Event from "../../event/index.ts";
import type { EventInput } from "../../event/wire.ts";
import * as Id from "../../id.ts";
import { currentTraceparent } from "../../platform/trace.ts";
import type { Image } from "./store-images.ts";

/** What came in, as far as it does not depend on what is known of the site. */
export type Incoming = {
  id: string;
  key: string;
  input: EventInput;
  moments: readonly Event.NewMoment[];
  fingerprint: Uint8Array;
  reportedAt: Date;
  receivedAt: Date;
  traceparent: string | null;
};

/** What tells one piece of evidence from another. */
export type Piece = Pick<Event.NewMoment, "name" | "sha256" | "bytes">;

/** @param images the evidence itself, when it came with the event */
export function incomingOf(
  { key, input, images }: { key: string; input: EventInput; images?: readonly Image[] | undefined },
  receivedAt: Date,
): Incoming {
  const reportedAt = Event.toOurTime(input.occurredAt);
  const moments = momentsOf(input, images, reportedAt);
  // Which pieces will have come by the end is not known yet, and other requests may tell of more at once.
  const fingerprint = fingerprintOf(input, input.moreEvidence ? [] : moments);
  const traceparent = currentTraceparent();
  return { id: Id.create("event"), key, input, moments, fingerprint, reportedAt, receivedAt, traceparent };
}

/** What tells an event from another of the same id. */
export function fingerprintOf(input: EventInput, pieces: readonly Piece[]): Uint8Array {
  return createHash("sha256").update(whatIsTold(input, pieces)).digest();
}

function momentsOf(
  input: EventInput,
  images: readonly Image[] | undefined,
  reportedAt: Date,
): Event.NewMoment[] {
  const announced = new Map((input.evidence ?? []).map((piece) => [piece.name, piece]));
  const pieces = images
    ? images.map((image) => ({ ...image, bytes: image.bytes.byteLength }))
    : (input.evidence ?? []);
  return pieces.map((piece) => ({
    id: Id.create("moment"),
    name: piece.name,
    contentType: piece.contentType,
    bytes: piece.bytes,
    sha256: piece.sha256,
    capturedAt: new Date(announced.get(piece.name)?.capturedAt ?? reportedAt),
    state: "announced",
  }));
}

/** What must be the same when a device sends an event again. Hashes of this text are stored: it may not change. */
function whatIsTold(input: EventInput, told: readonly Piece[]): string {
  const { evidence: _announced, moreEvidence: _more, ...rest } = input;
  const pieces = told
    .map(({ name, sha256, bytes }) => ({ name, sha256, bytes }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const facts = Object.entries(rest).filter(([, value]) => value !== undefined);
  return JSON.stringify([facts.toSorted(([a], [b]) => (a < b ? -1 : 1)), pieces]);
}
