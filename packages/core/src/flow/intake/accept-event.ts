/**
 * An event comes in: it is judged, recorded once, put into its session, and its evidence is stored or awaited.
 * Two database round trips: one reads the context (and the key with it), one records.
 */
import { createHash } from "node:crypto";
import * as Assessment from "../../assessment/index.ts";
import * as Device from "../../device/index.ts";
import * as Event from "../../event/index.ts";
import {
  type AnnouncedEvidence,
  type EventAccepted,
  type EventInput,
  isLifeSafety,
  type Upload,
} from "../../event/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import * as Id from "../../id.ts";
import { session as sessionLimits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import * as Session from "../../session/index.ts";
import { evidenceReady } from "../review/evidence-ready.ts";
import { regroupAround } from "../review/regroup-sessions.ts";
import type { Services } from "../services.ts";
import { type DeviceContext, deviceContext } from "./device-context.ts";
import { noteClock, redateEvents } from "./redate-events.ts";
import { uploadsOf } from "./uploads.ts";

/** One image of a multipart event, already inspected. */
export type Image = {
  name: string;
  bytes: Uint8Array;
  contentType: AnnouncedEvidence["contentType"];
  sha256: string;
};

/** Concurrent events of one site may race for its session; each round at least one of them wins. */
const attemptsMax = 25;

/**
 * @param key the device's key
 * @param images the evidence itself, when it came with the event; otherwise the answer says where to upload it
 * @throws `unauthenticated`, `event-too-old`, `event-in-future`, `event-id-reused`
 */
export async function acceptEvent(
  services: Services,
  { key, input, images }: { key: string; input: EventInput; images?: readonly Image[] },
): Promise<EventAccepted> {
  const receivedAt = services.clock.now();
  const reportedAt = Event.toOurTime(input.occurredAt);
  const id = Id.create("event");
  const moments = momentsOf(input, images, reportedAt);
  const fingerprint = createHash("sha256").update(canonical(input, moments)).digest();
  let stored = false;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const context = await deviceContext(services.database, key, {
      clientId: input.id,
      zone: input.zone ?? null,
      reportedAt,
      now: receivedAt,
    });
    if (context.known) return alreadyKnown(services, context, fingerprint, input.id);
    const timed = await timeEvent(services, context, { id, input, reportedAt, receivedAt });
    if (images && !stored) {
      await storeImages(services, context.accountId, id, images, moments);
      stored = true;
    }
    const described = describeEvent(context, { id, input, moments, fingerprint, timed });
    const place = placeOf(context, described, services.policy.sessionGapSeconds * 1000);
    const event = { ...described, toFollowUp: asksAtOnce(described, place) };
    if (!(await Event.record(services.database, event, place))) continue;
    const sessionId = await settle(services, event, place, Device.misdated(timed.clockBefore, timed.clock));
    await followUp(services, event, place);
    return {
      id,
      sessionId,
      status: "accepted",
      assessment: event.assessment,
      uploads: await uploadsOf(services, event.accountId, id, moments),
    };
  }
  throw problem(
    "overloaded",
    `the site is too busy: the event was not recorded in ${attemptsMax} tries; send it again`,
    {
      retryAfterSeconds: 1,
    },
  );
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
    state: images ? "ready" : "announced",
  }));
}

/** What must be the same when a device sends an event again. */
function canonical(input: EventInput, moments: readonly Event.NewMoment[]): string {
  const { evidence: _announced, ...rest } = input;
  const pieces = moments
    .map(({ name, sha256, bytes }) => ({ name, sha256, bytes }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const told = Object.entries(rest).filter(([, value]) => value !== undefined);
  return JSON.stringify([told.toSorted(([a], [b]) => (a < b ? -1 : 1)), pieces]);
}

async function alreadyKnown(
  services: Services,
  context: DeviceContext,
  fingerprint: Uint8Array,
  clientId: string,
): Promise<EventAccepted> {
  const { known, accountId } = context;
  if (!known) throw new Error("expected a known event");
  if (known.fingerprint !== Buffer.from(fingerprint).toString("hex")) {
    throw problem(
      "event-id-reused",
      `this device already sent another event with the id ${clientId}; expected a new id`,
    );
  }
  const uploads: Upload[] = known.sealed ? [] : await uploadsOf(services, accountId, known.id);
  return {
    id: known.id,
    sessionId: known.sessionId,
    status: "duplicate",
    assessment: known.assessment,
    uploads,
  };
}

async function storeImages(
  services: Services,
  accountId: string,
  eventId: string,
  images: readonly Image[],
  moments: readonly Event.NewMoment[],
): Promise<void> {
  const ids = new Map(moments.map((moment) => [moment.name, moment.id]));
  await Promise.all(
    images.map(({ name, bytes, contentType, sha256 }) =>
      services.blobs.put({
        key: Evidence.keyOf(accountId, eventId, ids.get(name) ?? name),
        body: bytes,
        contentType,
        sha256,
      }),
    ),
  );
}

type Timed = Event.When & {
  reportedAt: Date;
  receivedAt: Date;
  /** What is known of the device's clock, without this event and with it. */
  clockBefore: Device.Clock;
  clock: Device.Clock;
};

/** @throws `event-in-future`, `event-too-old`; what its clock said is remembered all the same */
async function timeEvent(
  services: Services,
  context: DeviceContext,
  given: { id: string; input: EventInput; reportedAt: Date; receivedAt: Date },
): Promise<Timed> {
  const { id, input, reportedAt, receivedAt } = given;
  const clockBefore = context.clock ?? Device.unknownClock;
  const sample = { occurredAt: reportedAt, receivedAt };
  const clock = Device.observeClock(clockBefore, { ...sample, eventId: id });
  try {
    const when = Event.timeOf({
      reportedAt,
      receivedAt,
      correctedAt: Device.correctClock(reportedAt, receivedAt, clock),
      skewMs: clock.skewMs,
      lifeSafety: isLifeSafety(input),
    });
    return { ...when, reportedAt, receivedAt, clockBefore, clock };
  } catch (refused) {
    await noteClock(services, context, Device.observeClock(clockBefore, { ...sample, eventId: null }));
    throw refused;
  }
}

function describeEvent(
  context: DeviceContext,
  given: {
    id: string;
    input: EventInput;
    moments: Event.NewMoment[];
    fingerprint: Uint8Array;
    timed: Timed;
  },
): Omit<Event.NewEvent, "toFollowUp"> & { clock: Device.Clock } {
  const { id, input, moments, fingerprint, timed } = given;
  const { reportedAt, occurredAt, receivedAt, believed, clock } = timed;
  const shiftMs = occurredAt.getTime() - reportedAt.getTime();
  const seen = {
    eventId: id,
    deviceId: context.deviceId,
    type: input.type,
    occurredAt,
    zone: input.zone ?? context.deviceZone,
    confidence: input.confidence === undefined ? null : storable(input.confidence),
    mode: input.mode ?? null,
    attributes: input.attributes ?? {},
  };
  const near = (other: Assessment.Observation) =>
    Math.abs(other.occurredAt.getTime() - occurredAt.getTime()) <= sessionLimits.contextMs;
  const assessment = Assessment.assess(seen, {
    timeZone: context.timeZone,
    recent: context.recent.filter(near),
    history: { zoneEventsPerDay: context.zoneEventsPerDay },
    dismissals: context.dismissals,
  });
  return {
    ...seen,
    id,
    accountId: context.accountId,
    siteId: context.siteId,
    clientId: input.id,
    fingerprint,
    reportedAt,
    receivedAt,
    sealed: moments.every((moment) => moment.state === "ready"),
    assessment: Assessment.tellReceipt(assessment, {
      eventId: id,
      reportedAt,
      occurredAt,
      receivedAt,
      believed,
    }),
    moments: moments.map((moment) => ({
      ...moment,
      capturedAt: new Date(moment.capturedAt.getTime() + shiftMs),
    })),
    clock,
  };
}

/** The column has single precision, and refuses a number that is too small for it. */
function storable(confidence: number): number {
  return Math.fround(confidence) === 0 ? 0 : confidence;
}

function placeOf(
  context: DeviceContext,
  event: Pick<Event.NewEvent, "occurredAt" | "receivedAt">,
  gapMs: number,
): Event.Place {
  const bounds = { gapMs, lengthMsMax: sessionLimits.lengthMsMax };
  const decision = Session.join(context.sessions, event.occurredAt, bounds);
  const joined =
    decision.kind === "join" && context.sessions.find((session) => session.id === decision.sessionId);
  const closesAt = Session.closeAt({
    openedAt: joined ? joined.openedAt : event.receivedAt,
    lastReceivedAt: event.receivedAt,
    ...bounds,
  });
  if (joined) {
    const { id: sessionId, state } = joined;
    const { bridges } = decision;
    return { kind: "join", sessionId, state, bridges, closesAt, lengthMsMax: bounds.lengthMsMax };
  }
  return { kind: "open", sessionId: Id.create("session"), sessionsOpened: context.sessionsOpened, closesAt };
}

/**
 * After the commit, where the event changes what was known before it: a clock has turned out to be wrong, so the events
 * before this one move to the time at which they happened; or sessions have come close enough to be one. A crash before
 * or in here leaves them apart until the next of them closes.
 * @returns the session that the event is in now
 */
async function settle(
  services: Services,
  event: Event.NewEvent & { clock: Device.Clock },
  place: Event.Place,
  misdated: readonly string[],
): Promise<string> {
  if (misdated.length > 0) await redateEvents(services, event, misdated);
  else if (place.kind === "open" || !place.bridges) return place.sessionId;
  return regroupAround(services, event);
}

/** Urgent: somebody is told. Late for a session that has closed: its evidence does not wait for one to close. */
function asksAtOnce(event: Omit<Event.NewEvent, "toFollowUp">, place: Event.Place): boolean {
  if (isLifeSafety(event)) return true;
  const isLate = place.kind === "join" && place.state === "closed";
  return isLate && event.moments.some((moment) => moment.state === "ready");
}

/**
 * After the commit. A crash before or in here loses nothing: the sweep closes sessions whose message was never sent, and
 * follows up the evidence that this process did not.
 */
async function followUp(services: Services, event: Event.NewEvent, place: Event.Place): Promise<void> {
  if (place.kind === "open") await announceClosing(services, event, place);
  if (event.toFollowUp) await evidenceReady(services, event.accountId, event.id);
}

/** A queue that is down is no reason to refuse an event that is recorded. */
async function announceClosing(services: Services, event: Event.NewEvent, place: Event.Place): Promise<void> {
  const delaySeconds = Math.ceil((place.closesAt.getTime() - event.receivedAt.getTime()) / 1000);
  try {
    await services.sessionsDue.send(JSON.stringify({ v: 1, sessionId: place.sessionId }), { delaySeconds });
  } catch (error) {
    services.log.warn(
      { err: error, sessionId: place.sessionId },
      "a session's closing could not be announced; the sweep will close it",
    );
  }
}
